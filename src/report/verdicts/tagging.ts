// Is a tagger better than the most frequent tag of each word, and is one that reads from both ends better than one that
// reads from left to right? Both on tokens of ambiguous words, where there is something to decide; documents are resampled.

import type { RightContextRow, TaggingRow } from '../../analysis/results.ts'
import type { Judgement, Verdict } from '../document.ts'
import { count, fixed, percent, percentInterval, plural } from '../format.ts'
import { judgeByModel } from './rules.ts'

/** Documents are the clusters of the intervals. */
const FEWEST_DOCUMENTS = 10

/** What the right context is worth: one verdict for each pair of taggers. */
export function judgeRightContext(rows: readonly RightContextRow[], accuracies: readonly TaggingRow[], models: number): Verdict[] {
  const againsts = [...new Set(rows.map(({ against }) => against))]
  return againsts.flatMap((against) => judgeByModel(rows.filter((row) => row.against === against), models, (own, where) => {
    const row = own.find(({ group }) => group === 'ambiguous')
    if (row === undefined) {
      const why = 'no word of the training text has several tags, so that there is nothing for a context to decide'
      return { judgement: 'cannot tell', sentence: `${where} it cannot be told whether what stands to the right of a word helps to tag it: ${why}.` }
    }
    const beside = accuracies.find(({ model, seed, group }) => model === row.model && seed === row.seed && group === row.group)!
    const numbers =
      `${percent(row.right)} of the tokens of ambiguous words are tagged right, ${percent(row.rightAgainst)} by ${against}, ` +
      `which reads from left to right, and ${percent(beside.baseline)} by the most frequent tag of each word: a gain of ` +
      `${fixed(row.gain * 100, 1)} points ${percentInterval(row.gainLow, row.gainHigh)}; ${plural(row.helped, 'token')} ` +
      `${row.helped === 1 ? 'is' : 'are'} right only with both directions, ${count(row.hurt)} only without ` +
      `(n = ${count(row.n)}, ${basisOf(beside)}).`
    return judged(beside.documents, row, {
      better: `${where} what stands to the right of a word helps to tag it: ${numbers}`,
      worse: `${where} reading from both ends helps nothing: ${numbers}`,
      undecided: `${where} it cannot be told whether what stands to the right of a word helps to tag it: ${numbers}`,
    })
  }))
}

/** Every tagger beside the one that only counts. */
export function judgeTagging(rows: readonly TaggingRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, (own, where) => {
    const row = ambiguousOf(own)
    const all = own.find(({ group }) => group === 'all')!
    const numbers =
      `${percent(row.right)} ${percentInterval(row.low, row.high)} of ${TOKENS[row.group]} are tagged right, ` +
      `${fixed(row.gain * 100, 1)} points ${percentInterval(row.gainLow, row.gainHigh)} beyond the most frequent tag of each ` +
      `word; of all tokens ${percent(all.right)} beside ${percent(all.baseline)} (n = ${count(row.n)} and ${count(all.n)}, ` +
      `${basisOf(row)}).`
    return judged(row.documents, row, {
      better: `${where} the context of a word says more than the word alone: ${numbers}`,
      worse: `${where} the context of a word says no more than counting does: ${numbers}`,
      undecided: `${where} it cannot be told whether the context of a word says more than the word alone: ${numbers}`,
    })
  })
}

function basisOf({ documents, seed }: TaggingRow): string {
  return `95 % interval by bootstrap over ${plural(documents, 'document')}, seed ${seed}`
}

const TOKENS: Readonly<Record<TaggingRow['group'], string>> = {
  all: 'all tokens (no word is ambiguous)',
  ambiguous: 'the tokens of ambiguous words',
  unambiguous: 'the tokens of words of one tag',
  unknown: 'the tokens of unknown words',
}

/** Where no word is ambiguous, all tokens. */
function ambiguousOf<R extends { readonly group: TaggingRow['group'] }>(rows: readonly R[]): R {
  return rows.find(({ group }) => group === 'ambiguous') ?? rows[0]
}

function judged(
  documents: number,
  { gainLow, gainHigh }: Pick<TaggingRow, 'gainLow' | 'gainHigh'>,
  sentences: { readonly better: string; readonly worse: string; readonly undecided: string },
): Verdict {
  const say = (judgement: Judgement, sentence: string): Verdict => ({ judgement, sentence })
  if (documents < FEWEST_DOCUMENTS || gainLow === null || gainHigh === null) return say('cannot tell', sentences.undecided)
  if (gainLow > 0) return say('found', sentences.better)
  return gainHigh <= 0 ? say('not found', sentences.worse) : say('cannot tell', sentences.undecided)
}
