// Every unit of a site removed in turn; the units on top are what `top N` means further down.

import { ablationSweep } from '../../analysis/ablation-sweep.ts'
import type { AblationResult, AblationRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { matchSites, siteName } from '../../model/sites.ts'
import { defineAnalysis } from './context.ts'
import { sentencesOf } from './material.ts'

/** Ordinary text that means, activities and changes in loss are measured on. */
const TEXT_TOKENS = 10_000

export const ablationSweepAnalysis = defineAnalysis({
  name: 'ablation-sweep',
  prepare({ items, itemsPerCondition }, material) {
    const { training, test, validation } = material.dataset
    return {
      items: material.items(items, itemsPerCondition).items,
      trainingText: sentencesOf(training, TEXT_TOKENS),
      heldOutText: sentencesOf(test.tokens.length > 0 ? test : validation, TEXT_TOKENS),
    }
  },
  async ask(subject, { items, ...texts }, { section, engine, chosen, freeze, log, signal }) {
    const { set, top, initial, resamples } = section
    const options = { ...texts, set, top, initial, resamples, log, signal, onChosen: freeze }
    const sites = matchSites(section.site, subject.model.config).map(siteName)
    const swept = await ablationSweep(engine, subject, items, { ...options, sites })
    chosen.topUnits = swept.top.slice(0, top)
    const rowsOf = (rows: readonly AblationRow[], site: string) => rows.filter(({ unit }) => unit.startsWith(`${site}.`))
    return sites.map((site) => ({ site, rows: rowsOf(swept.rows, site), confirmed: rowsOf(swept.confirmed, site) }))
  },
  combine(answers) {
    return [...groupBy(answers.flat(), ({ site }) => site)].map(([site, sweeps]): AblationResult => ({
      analysis: 'ablation-sweep',
      site,
      rows: sweeps.flatMap(({ rows }) => rows),
      confirmed: sweeps.flatMap(({ confirmed }) => confirmed),
    }))
  },
})
