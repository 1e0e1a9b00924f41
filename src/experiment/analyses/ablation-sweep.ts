// Every unit of a site removed in turn; the units on top are what `top N` means further down.

import { ablationSweep } from '../../analysis/ablation-sweep.ts'
import type { ChosenUnit } from '../../analysis/chosen-unit.ts'
import { chooseUnits } from '../../analysis/choose-units.ts'
import type { AblationResult, AblationRow } from '../../analysis/results.ts'
import { matchSites, siteName } from '../../model/sites.ts'
import { freeze, subjectKey, type AnalysisRunner } from './context.ts'
import { sentencesOf } from './material.ts'

/** Ordinary text that means, activities and changes in loss are measured on. */
const TEXT_TOKENS = 10_000

export const runAblationSweep: AnalysisRunner<'ablation-sweep'> = async (section, context) => {
  const { engine, material, log, signal } = context
  const { items } = material.items(section.items, section.itemsPerCondition)
  const { training, test, validation } = material.dataset
  const options = {
    set: section.set,
    trainingText: sentencesOf(training, TEXT_TOKENS),
    heldOutText: sentencesOf(test.tokens.length > 0 ? test : validation, TEXT_TOKENS),
    top: section.top,
    initial: section.initial,
    resamples: section.resamples,
    log,
    signal,
  }
  const bySite = new Map<string, { rows: AblationRow[]; confirmed: AblationRow[] }>()
  for (const subject of context.subjects) {
    const discovery: AblationRow[] = []
    for (const site of matchSites(section.site, subject.model.config).map(siteName)) {
      const onChosen = (units: readonly ChosenUnit[]) => freeze(context, section, subject, units)
      const sweep = await ablationSweep(engine, subject, items, { ...options, site, onChosen })
      const result = bySite.get(site) ?? { rows: [], confirmed: [] }
      result.rows.push(...sweep.rows)
      result.confirmed.push(...sweep.confirmed)
      bySite.set(site, result)
      discovery.push(...sweep.rows.filter((row) => row.set === section.set[0]))
    }
    context.topUnits.set(subjectKey(subject), chooseUnits(discovery, section.top))
  }
  return [...bySite].map(([site, rows]): AblationResult => ({ analysis: 'ablation-sweep', site, ...rows }))
}
