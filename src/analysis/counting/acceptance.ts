// The rule of Weiss, Goldberg & Yahav (2018): a word is accepted if each of its symbols, and its end, is above a
// threshold. Beside it stand the words that should be refused: a network that is always unsure accepts everything.

import type { WordScores } from '../../tasks/counting/score-words.ts'
import type { AcceptanceRow, HorizonRow, RuleRow } from '../results.ts'

/** A network's words, and which network it is. */
export interface ScoredNetwork {
  readonly row: HorizonRow
  readonly scores: WordScores
}

/** One network at one threshold. Every n counts alike. */
export function ruleRow({ row, scores }: ScoredNetwork, threshold: number): RuleRow {
  const { model, seed, language, cell, trainedTo } = row
  const { longest, smallest, offBy } = scores
  const refused = smallest.findIndex((probability) => !(probability > threshold))
  const wrong = [...offBy.values()]
  return {
    model, seed, language, cell, trainedTo, threshold,
    acceptedTo: refused === -1 ? longest : refused,
    accepted: shareAbove([smallest], threshold, 1, trainedTo),
    falselyAccepted: shareAbove(wrong, threshold, 1, trainedTo),
    acceptedBeyond: shareAbove([smallest], threshold, trainedTo + 1, longest),
    falselyAcceptedBeyond: shareAbove(wrong, threshold, trainedTo + 1, longest),
  }
}

/** What the seeds of one model accept at one threshold, offset by offset, 0 being the words of the language. */
export function acceptanceRows(networks: readonly ScoredNetwork[], threshold: number): AcceptanceRow[] {
  const [{ row: { model, language, cell, trainedTo }, scores: { longest, offBy } }] = networks
  const offsets = [0, ...offBy.keys()].sort((a, b) => a - b)
  return offsets.flatMap((offset) => {
    const words = networks.map(({ scores }) => (offset === 0 ? scores.smallest : scores.offBy.get(offset)!))
    const shares = stretches(Math.max(1, 1 - offset), trainedTo, longest).map(({ from, to }) => (
      { from, to, share: shareAbove(words, threshold, from, to) }
    ))
    return joined(shares).map((stretch) => (
      { model, language, cell, trainedTo, threshold, offset, ...stretch, seeds: networks.length }
    ))
  })
}

/** Of the words n from `from` to `to` of all lists; 0 where there is none. */
function shareAbove(lists: readonly Float32Array[], threshold: number, from: number, to: number): number {
  let [above, words] = [0, 0]
  for (const list of lists) {
    for (let n = from; n <= to; n++) {
      if (Number.isNaN(list[n - 1])) continue
      words++
      if (list[n - 1] > threshold) above++
    }
  }
  return words === 0 ? 0 : above / words
}

interface Stretch {
  readonly from: number
  readonly to: number
}
type SharedStretch = Stretch & Pick<AcceptanceRow, 'share'>

/** Each next one begins a quarter farther out; the end of the training range is one of its own. */
function stretches(first: number, trainedTo: number, longest: number): Stretch[] {
  const found: Stretch[] = []
  for (let from = first; from <= longest; ) {
    const next = Math.max(from + 1, Math.ceil(from * 1.25))
    const most = from < trainedTo ? trainedTo - 1 : from === trainedTo ? trainedTo : longest
    const to = Math.min(next - 1, most)
    found.push({ from, to })
    from = to + 1
  }
  return found
}

/** Neighbours of one share as one. */
function joined(stretches: readonly SharedStretch[]): SharedStretch[] {
  const found: SharedStretch[] = []
  for (const stretch of stretches) {
    const last = found[found.length - 1]
    if (last?.share === stretch.share) found[found.length - 1] = { ...last, to: stretch.to }
    else found.push(stretch)
  }
  return found
}
