// Which units tell the subject's number, and are they the ones that the model uses?

import type { AblationResult, RankingResult, RankingRow } from '../../analysis/results.ts'
import { groupBy, type Row } from '../../core/rows.ts'
import { everyAucChart, useChart } from '../charts/ranking.ts'
import { shortCondition } from '../conditions.ts'
import type { Block, Chart, SectionBuilder } from '../document.ts'
import { isOf, keptStrength, withoutQuantity } from '../evidence.ts'
import { tablesOf } from '../tables.ts'
import { headlineUnit } from '../verdicts/carrier.ts'
import { describeUse, judgeRanking } from '../verdicts/ranking.ts'
import { drawnSubjects, kebab, mostTelling, resultsOf, subjectName, subjectTitle } from './select.ts'

export const ranking: SectionBuilder = {
  name: 'ranking',
  build(input) {
    const results = resultsOf(input, 'unit-ranking').filter((result) => result.rows.length > 0)
    if (results.length === 0) return null
    const ablations = resultsOf(input, 'ablation-sweep')
    const models = input.models.length
    const best = results.flatMap((result) => judgeRanking(result, models))
    const use = results.flatMap((result) => ablations.flatMap((ablation) => describeUse(result, ablation, models)))
    const [answer, ...remarks] = [...best, ...use]
    return {
      name: 'ranking',
      title: 'Decoding units',
      question: 'Which units tell the subject’s number before the verb, and does the model use them?',
      answer,
      remarks,
      blocks: [
        ...results.flatMap((result) => drawnSubjects(result.rows).flatMap((rows) => blocksOf(result, rows, ablations))),
        ...tablesOf(results).map((table) => (
          { kind: 'table', table, shown: mostTelling(table, strengthOf) } as const
        )),
      ],
      method:
        'The AUC of a unit is the chance that its value is higher after a plural than after a singular subject, just ' +
        'before the verb, on items whose nouns disagree; 0.5 is guessing and below 0.5 the unit is higher for the ' +
        'singular. The grey band is what the best of all units reaches in 95 % of shufflings of the labels.',
    }
  },
}

/** The order of the analysis. */
function strengthOf({ auc, aucAtSubject }: Row): number {
  return keptStrength({ auc: Number(auc), aucAtSubject: Number(aucAtSubject) })
}

function blocksOf(result: RankingResult, rows: readonly RankingRow[], ablations: readonly AblationResult[]): Block[] {
  const sites = [...groupBy(rows, (row) => row.site)]
  const name = (site: string) => `${kebab(result.probe)}-${subjectName(rows[0])}-${kebab(site)}`
  const auc: Block = {
    kind: 'charts',
    caption:
      `The AUC of every unit with its 95 % interval (${subjectTitle(rows[0])}). The grey band is as far as the best ` +
      'unit gets by chance. Units stand by how far they are from 0.5 on the side that they had at the subject; one that ' +
      'follows the last noun is on the other side.',
    charts: sites.map(([site, ofSite]) => everyAucChart(ofSite, name(site))),
  }
  const use = ablations.flatMap((ablation) => useCharts(ablation, result, sites, rows, name))
  if (use.length === 0) return [auc]
  const caption =
    'Decoding (across) against use (up). A unit that decodes is not always used, and the other way round; the grey ' +
    'band is chance.'
  return [auc, { kind: 'charts', caption, charts: use }]
}

function useCharts(
  ablation: AblationResult,
  ranking: RankingResult,
  sites: readonly (readonly [string, readonly RankingRow[]])[],
  rows: readonly RankingRow[],
  name: (site: string) => string,
): Chart[] {
  const evidence = headlineUnit(ablation, [ranking], rows[0])
  if (!evidence) return []
  const { task, condition } = evidence.chosen
  const headline = shortCondition(task, condition)
  const removed = ablation.rows.filter(
    (row) => isOf(row, rows[0]) && row.set === 'mean' && shortCondition(row.task, row.condition) === headline,
  )
  const units = new Set(removed.map(({ unit }) => withoutQuantity(unit)))
  return sites // of the layer whose units were removed
    .filter(([, ofSite]) => ofSite.some(({ unit }) => units.has(withoutQuantity(unit))))
    .map(([site, ofSite]) => useChart(ofSite, removed, `${name(site)}-against-${kebab(ablation.site)}`))
}
