// Does what a unit costs depend on how it is removed, and for whom? And the chosen units together.

import { isPair } from '../../analysis/choose-units.ts'
import type { AblationKindRow, UnitGroupRow } from '../../analysis/results.ts'
import { groupBy, type Row } from '../../core/rows.ts'
import { doseChart, groupsChart, waysChart } from '../charts/ablation-kinds.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { describeOverSeeds, judgedCondition, judgeGroups, judgeSensitivity, judgeWays } from '../verdicts/ablation-kinds.ts'
import { drawnSubjects, kebab, mostTelling, resultsOf, subjectName, subjectTitle } from './select.ts'

export const ablationKinds: SectionBuilder = {
  name: 'ablation-kinds',
  build(input) {
    const results = resultsOf(input, 'ablation-kinds').filter(({ kind, rows }) => kind === 'number' && rows.length > 0)
    if (results.length === 0) return null
    const rows = results.flatMap((result) => result.rows)
    const groups = results.flatMap((result) => result.groups).filter(({ size }) => size > 1)
    const overSeeds = results.flatMap((result) => result.overSeeds)
    const [answer, ...remarks] = [
      ...judgeWays(rows, input.models.length), ...judgeGroups(groups, input.models.length), ...judgeSensitivity(results.flatMap((result) => result.sensitivity), input.models.length),
      ...describeOverSeeds(overSeeds),
    ]
    return {
      name: 'ablation-kinds',
      title: 'Ways of removing',
      question: 'Does what a unit costs depend on how it is removed, and who sees it?',
      answer,
      remarks,
      blocks: [
        ...drawnSubjects(rows).flatMap((own) => unitBlocks(own)),
        ...drawnSubjects(groups).map((own): Block => groupBlock(own)),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: mostTelling(table, byCost) } as const)),
      ],
      method:
        'All on the half of the lexicon that did not choose the units; of tasks without halves, on all items. A unit is set to its mean over training text, to zero, or, word by word, ' +
        'to the values that it has in another item of the task; for one reader alone, the others see the unit as it is. The ' +
        'margin of a pair is the sum of the margins of two items that differ in the subject alone. Groups like the chosen one ' +
        'have each unit replaced by one of the 20 most like it in activity, spread and outgoing norm.',
    }
  },
}

function byCost({ marginDrop }: Row): number {
  return Number(marginDrop)
}

/** Of the strongest chosen unit the ways and the dose. */
function unitBlocks(rows: readonly AblationKindRow[]): Block[] {
  const own = rows.filter(({ unit }) => unit === rows[0].unit)
  const { task } = judgedCondition(own)[0]
  const ofTask = own.filter((row) => row.task === task)
  const pairs = ofTask.filter(({ condition }) => isPair(condition))
  const name = kebab(`${subjectName(rows[0])}-${rows[0].unit}`)
  return [{
    kind: 'charts',
    caption:
      `The chosen unit on top, ${rows[0].unit}, on ${task} items (${subjectTitle(rows[0])}). Left: what each way of removing it ` +
      'costs, with 95 % intervals; grey is the range of the units like it, changed the same way. Right: the unit multiplied by ' +
      'a factor; at 1 nothing is changed.',
    charts: [
      waysChart(pairs.length > 0 ? pairs : ofTask, `${name}-ways`),
      doseChart(ofTask.filter(({ condition }) => !isPair(condition)), `${name}-dose`),
    ],
  }]
}

function groupBlock(rows: readonly UnitGroupRow[]): Block {
  const whats = [...groupBy(rows, ({ what }) => what)]
  return {
    kind: 'charts',
    caption:
      `${rows[0].group} (${subjectTitle(rows[0])}): blue, with 95 % intervals; the grey tick is the intact model, the grey band ` +
      'goes from the median of groups like it to the most telling 5 %.',
    charts: whats.map(([what, own]) => groupsChart(own, `${subjectName(rows[0])}-${what}`)),
  }
}
