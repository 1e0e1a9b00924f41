// Does the decoder read the chosen units as number?

import { unitEffectsChart, verbFormsChart } from '../charts/verb-weights.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { isOf } from '../evidence.ts'
import { tablesOf } from '../tables.ts'
import { judgeVerbWeights } from '../verdicts/verb-weights.ts'
import { drawnSubjects, mostTelling, resultsOf, subjectName, subjectTitle } from './select.ts'

export const verbWeights: SectionBuilder = {
  name: 'verb-weights',
  build(input) {
    const results = resultsOf(input, 'verb-weights').filter(({ rows }) => rows.length > 0)
    if (results.length === 0) return null
    const rows = results.flatMap((result) => result.rows)
    const forms = results.flatMap((result) => result.forms)
    const [answer, ...remarks] = judgeVerbWeights(rows, input.models.length)
    return {
      name: 'verb-weights',
      title: 'Weights to verbs',
      question: 'Does the decoder read the units that the model needs as number?',
      answer,
      remarks,
      blocks: [
        ...drawnSubjects(rows).map((own): Block => {
          const ofChosen = forms.filter((row) => isOf(row, own[0]))
          return {
            kind: 'charts',
            caption:
              `Left: nats by which one standard deviation of each unit of the top layer moves the choice to the plural form, ` +
              `chosen units blue (${subjectTitle(own[0])}). Right: the decoder’s weights from the chosen units, a mark a form.`,
            charts: [
              unitEffectsChart(own, `${subjectName(own[0])}-effects`),
              ...(ofChosen.length > 0 ? [verbFormsChart(ofChosen, `${subjectName(own[0])}-forms`)] : []),
            ],
          }
        }),
        ...tablesOf(results).map((table) => (
          { kind: 'table', table, shown: mostTelling(table, ({ chosen, rank, weight }) => (
            chosen === undefined ? Math.abs(Number(weight)) : Number(chosen) * 10_000 - Number(rank)
          )) } as const
        )),
      ],
      method:
        'Verbs are those of items that did not choose the units. The forms of a verb are compared with each other; intervals ' +
        'resample verbs, and chance is what the best of all units reaches when the two forms of verbs are swapped at random. ' +
        'The decoder reads the top layer alone; weights are multiplied by the spread of the unit over ordinary text, because a ' +
        'large weight of a unit that hardly moves does nothing.',
    }
  },
}
