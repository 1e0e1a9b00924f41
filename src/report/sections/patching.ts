// Do the values of the chosen units carry number from one sentence to another?

import type { PatchingResult, PatchRow } from '../../analysis/results.ts'
import { groupBy, type Row } from '../../core/rows.ts'
import { patchChart } from '../charts/patching.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { describePatchesOverSeeds, judgePatching, judgeRepairs, judgeWriting } from '../verdicts/patching.ts'
import type { OfSubject } from '../verdicts/rules.ts'
import { drawnSubjects, kebab, mostTelling, resultsOf, subjectName, subjectTitle } from './select.ts'

export const patching: SectionBuilder = {
  name: 'patching',
  build(input) {
    const results = resultsOf(input, 'patching').filter(({ pairs }) => pairs.length > 0)
    if (results.length === 0) return null
    const models = input.models.length
    const [answer, ...remarks] = results.flatMap((result) => [
      ...judgePatching(result, models), ...judgeRepairs(result.repairs, models), ...judgeWriting(result, models), ...describePatchesOverSeeds(result.overSeeds),
    ])
    return {
      name: 'patching',
      title: 'Patching',
      question: 'Do the values of a few units carry number from one sentence to another?',
      answer,
      remarks,
      blocks: [
        ...results.flatMap((result) => drawnSubjects(result.rows).map((rows) => patches(result, rows))),
        ...tablesOf(results).map((table): Block => (
          table.name.startsWith('patched-texts')
            ? { kind: 'table', table, shown: drawnSubjects(table.rows as readonly OfSubjectRow[]).flat(), open: true }
            : { kind: 'table', table, shown: mostTelling(table, weightOf) }
        )),
      ],
      method:
        'At one word a unit takes the value that it has at that word of the sentence that differs in the number of the subject ' +
        'alone: in an LSTM its cell, in other networks its hidden state. Only pairs count of which both sentences are right ' +
        'without a patch, and items that did not choose the units. Held units take, from the subject on, what they are on ' +
        'average, word by word, in sentences of the other half of the lexicon that the model gets right. Texts are drawn at temperature ' +
        '0.5, those of one sentence with the same draws, units patched from the subject on; the number of a text is that of its ' +
        'first verb, and intervals resample subjects and last nouns.',
    }
  },
}

type OfSubjectRow = Row & OfSubject

/** Patches and texts by how often they turn; held units by how many errors there are; pairs by how many are wrong. */
function weightOf({ flips, turned, errors, right }: Row): number {
  return Number(flips ?? (turned === null ? -1 : turned) ?? errors ?? 0 - Number(right))
}

function patches({ task }: PatchingResult, rows: readonly PatchRow[]): Block {
  return {
    kind: 'charts',
    caption:
      `Share of ${task} items whose choice turns to the other number when values are copied at one word ` +
      `(${subjectTitle(rows[0])}); letters give the numbers of the nouns, subject first. Vertical lines are 95 % intervals; grey is the range of groups like the chosen units.`,
    charts: [...groupBy(rows, ({ condition }) => condition)].map(([condition, own]) =>
      patchChart(own, kebab(`${task}-${subjectName(rows[0])}-${condition}`)),
    ),
  }
}
