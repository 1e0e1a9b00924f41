// Does the subject's number stay where it was written, through a noun of the other number?

import type { GeneralizationResult, GeneralizationRow } from '../../analysis/results.ts'
import { groupBy, type Row } from '../../core/rows.ts'
import { courseChart, matrixChart } from '../charts/generalization.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { countRanges, judgeDecoders, judgeRanges } from '../verdicts/generalization.ts'
import { bySubject, drawnSubjects, kebab, mostTelling, resultsOf, subjectName, subjectTitle } from './select.ts'

export const generalization: SectionBuilder = {
  name: 'generalization',
  build(input) {
    const results = resultsOf(input, 'generalization').filter((result) => result.units.length > 0)
    if (results.length === 0) return null
    const models = input.models.length
    const [answer, ...remarks] = results.flatMap((result) => [
      ...judgeRanges(result, models), ...countRanges(result), ...judgeDecoders(result, models),
    ])
    return {
      name: 'generalization',
      title: 'Across time',
      question: 'Does the subject’s number stay where it was written, through a noun of the other number?',
      answer,
      remarks,
      blocks: [
        ...results.flatMap((result) => [
          ...drawnSubjects(result.rows).map((rows) => courses(result, rows)), ...matrices(result),
        ]),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: mostTelling(table, weightOf) } as const)),
      ],
      method:
        'A linear decoder (ridge regression on standardised values) of the subject’s number is trained at one word, ' +
        'on incongruent items of one half of the lexicon, and tested at every word on those of the other half, with ' +
        'its 95 % interval over subjects or last nouns, whichever is wider; 0.5 is chance, and near 0 it names the ' +
        'number of the last noun. A unit is long-range with an AUC of at least 0.9 from the subject to the verb, and ' +
        'short-range with 0.9 at the subject and 0.1 at the last noun (Lakretz et al. 2019), where it also beats ' +
        'what the best of all units reaches in 95 % of shufflings of the labels.',
    }
  },
}

/** Units by what they keep; decoders by their AUC. */
function weightOf({ kept, auc }: Row): number {
  return Number(kept ?? auc)
}

function courses(result: GeneralizationResult, rows: readonly GeneralizationRow[]): Block {
  const atSubject = rows.filter(({ trained }) => trained === result.subject)
  return {
    kind: 'charts',
    caption:
      `Decoders trained at the subject of ${result.task} items and tested at every word (${subjectTitle(rows[0])}). ` +
      'The bands are 95 % intervals, the line at 0.5 is chance; below it the decoder names the other noun’s number.',
    charts: [...groupBy(atSubject, ({ site }) => site)].map(([site, own]) =>
      courseChart(own, kebab(`${result.task}-${subjectName(rows[0])}-${site}`)),
    ),
  }
}

/** Of the first seed of each model: the table holds all. */
function matrices({ task, rows }: GeneralizationResult): Block[] {
  return [...groupBy(rows, ({ model }) => model).values()].map((ofModel) => {
    const [first] = bySubject(ofModel)
    const groups = groupBy(
      first.filter(({ decoder }) => decoder === 'number units' || decoder === 'other units'),
      ({ site, decoder }) => `${site} ${decoder}`,
    )
    return {
      kind: 'charts',
      caption:
        `Trained at one word, tested at another (${subjectTitle(first[0])}; the table has every seed). Blue is the ` +
        'subject’s number, white chance, red the other number.',
      charts: [...groups].map(([group, own]) =>
        matrixChart(own, kebab(`matrix-${task}-${subjectName(first[0])}-${group}`)),
      ),
    }
  })
}
