// Which units does the model need? Every unit is removed in turn; the strongest is looked at in every condition.

import type { AblationResult, AblationRow, RankingResult } from '../../analysis/results.ts'
import { everyConditionChart, everyUnitChart, oneUnitChart } from '../charts/ablation.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { isOf } from '../evidence.ts'
import { tablesOf } from '../tables.ts'
import { headlineUnit, judgeCarrier } from '../verdicts/carrier.ts'
import { drawnSubjects, kebab, mostTelling, resultsOf, subjectName, subjectTitle } from './select.ts'

export const ablation: SectionBuilder = {
  name: 'ablation',
  build(input) {
    const results = resultsOf(input, 'ablation-sweep').filter((result) => result.rows.length > 0)
    if (results.length === 0) return null
    const rankings = resultsOf(input, 'unit-ranking')
    const [answer, ...remarks] = results.flatMap((result) => judgeCarrier(result, rankings, input.models.length))
    return {
      name: 'ablation',
      title: 'Removing units',
      question: 'Which units does the model need, one at a time?',
      answer,
      remarks,
      blocks: [
        ...results.flatMap((result) => drawnSubjects(result.rows).flatMap((rows) => blocksOf(result, rankings, rows))),
        ...tablesOf(results).map((table) => (
          { kind: 'table', table, shown: mostTelling(table, (row) => Number(row.drop)) } as const
        )),
      ],
      method:
        'Each unit is set, at every word, to its mean over training text and, in a second run, to zero; a drop is ' +
        'the accuracy of the intact model minus that without the unit on the same items. The band is the range of ' +
        'drops of the units most like it in activity, spread and outgoing norm, removed the same way. p is that of a drop ' +
        'among those of all units of the network in all conditions, on one half of the lexicon and with one value (of confirmed units, ' +
        'among those of all confirmed ones): signs of whole lemmas are flipped 2,000 times, and it is compared with ' +
        'the largest drop that this gives (the step-down of Westfall and Young 1993; of subjects and verbs as lemmas, the ' +
        'larger p). “SP and PP” are ' +
        'pairs of items that differ in the number of the subject alone, right where both margins together are: a ' +
        'change that moves every choice towards one number cancels there.',
    }
  },
}

function blocksOf(
  result: AblationResult,
  rankings: readonly RankingResult[],
  rows: readonly AblationRow[],
): Block[] {
  const evidence = headlineUnit(result, rankings, rows[0])
  const prefix = `${kebab(result.site)}-${subjectName(rows[0])}`
  const { task, condition } = evidence?.chosen ?? rows[0]
  const headline = rows.filter((row) => row.task === task && row.condition === condition)
  const sweep: Block[] = [
    {
      kind: 'charts',
      caption:
        `Each dot is one unit of ${result.site} removed (${subjectTitle(rows[0])}); grey is the range of the units ` +
        'most like it. A unit matters where its dot leaves the grey. Vertical lines are 95 % intervals of the ' +
        'largest drops.',
      charts: [everyUnitChart(headline, `${prefix}-every-unit`)],
    },
    {
      kind: 'charts',
      caption: 'The same units in every condition. A coloured tick is a unit outside the band of its comparable units.',
      charts: [everyConditionChart(rows, `${prefix}-every-condition`)],
    },
  ]
  if (!evidence) return sweep
  const confirmed = result.confirmed.filter((row) => row.unit === evidence.unit && isOf(row, rows[0]))
  const shown = confirmed.length > 0 ? confirmed : rows.filter((row) => row.unit === evidence.unit)
  const items = confirmed.length > 0 ? 'items that did not choose it' : 'the items that chose it, which flatters it'
  return [
    ...sweep,
    {
      kind: 'charts',
      caption: `Unit ${evidence.unit} on ${items}, with 95 % intervals; grey is the range of its comparable units.`,
      charts: [oneUnitChart(shown, `${prefix}-strongest`)],
    },
  ]
}
