// What the margin loses without a word, and without the state before the first word: what stands for none is read instead.
// Occlusion removes one part from the whole; Shapley values (Shapley 1953) average over every set of the others that may
// be there or not, and so add up. What is left without any is that of the biases.

import { setImmediate } from 'node:timers/promises'
import { concatenateStates, gatherState } from '../../engine/state.ts'
import type { EncodedChoice } from '../../tasks/items.ts'
import { padChoices } from '../../tasks/padded-choices.ts'
import { decoderBiasOf, type Contributions, type Reading } from './reading.ts'

/** More words than these have too many subsets. */
export const MOST_SHAPLEY_WORDS = 8

/** Rows of one run. */
const ROWS = 4096

/** Whether a part is there: a word by its place, the state before the first word by the number of words. */
type Parts = (part: number) => boolean

/** Of each choice. */
export async function occlusion(reading: Reading, signal?: AbortSignal): Promise<Contributions[]> {
  const sets = reading.choices.map(({ prefix }): Parts[] => [
    () => false,
    () => true,
    ...Array.from({ length: prefix.length + 1 }, (_, left): Parts => (part) => part !== left),
  ])
  const margins = await marginsOfParts(reading, sets, signal)
  return reading.choices.map((choice, item) => {
    const [none, all, ...without] = margins[item]
    return contributions(reading, choice, none, without.map((margin) => all - margin))
  })
}

/** Of each choice; null for those of more than 8 words. */
export async function shapleyValues(reading: Reading, signal?: AbortSignal): Promise<(Contributions | null)[]> {
  const sets = reading.choices.map(({ prefix }) =>
    prefix.length > MOST_SHAPLEY_WORDS
      ? []
      : Array.from({ length: 2 ** (prefix.length + 1) }, (_, bits): Parts => (part) => (bits & (1 << part)) !== 0),
  )
  const margins = await marginsOfParts(reading, sets, signal)
  return reading.choices.map((choice, item) =>
    margins[item].length === 0 ? null : contributions(reading, choice, margins[item][0], shapley(margins[item])),
  )
}

/**
 * Σ over the sets S without part i of |S|! (m − |S| − 1)! / m! · (v(S ∪ i) − v(S)), for each of m parts.
 * @param worth v of every set; bit i of its place says whether part i is in it
 */
export function shapley(worth: ArrayLike<number>): number[] {
  const parts = 31 - Math.clz32(worth.length)
  return Array.from({ length: parts }, (_, part) => {
    let sum = 0
    for (let bits = 0; bits < worth.length; bits++) {
      if (bits & (1 << part)) continue
      sum += (worth[bits | (1 << part)] - worth[bits]) / (parts * choose(parts - 1, countOnes(bits)))
    }
    return sum
  })
}

function contributions(reading: Reading, choice: EncodedChoice, none: number, parts: readonly number[]): Contributions {
  const words = choice.prefix.length
  return {
    words: Float64Array.from(parts.slice(0, words)),
    start: parts[words],
    biases: none - decoderBiasOf(reading, choice),
  }
}

/** Margins [sets] of each choice with only these parts. */
async function marginsOfParts(
  { engine, model, choices, start, absent, absentStart }: Reading,
  sets: readonly (readonly Parts[])[],
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const { units } = model.config
  const rows = sets.flatMap((own, item) => own.map((isThere, place) => ({ item, place, isThere })))
  const margins = sets.map((own) => new Float32Array(own.length))
  const states = concatenateStates([absentStart, start])
  for (let first = 0; first < rows.length; first += ROWS) {
    signal?.throwIfAborted()
    const some = rows.slice(first, first + ROWS)
    const batch = padChoices(some.map(({ item, isThere }) => {
      const { prefix, right, wrong } = choices[item]
      return { prefix: prefix.map((token, word) => (isThere(word) ? token : absent[word])), right, wrong }
    }))
    const started = some.map(({ item, isThere }) => Number(isThere(choices[item].prefix.length)))
    const { candidateLogits } = engine.run(model, batch, {
      state: gatherState(states, units, started),
      candidates: { positions: batch.ends, tokens: interleaved(batch.right, batch.wrong), width: 2 },
    })
    some.forEach(({ item, place }, row) => {
      margins[item][place] = candidateLogits![2 * row] - candidateLogits![2 * row + 1]
    })
    await setImmediate()
  }
  return margins
}

function interleaved(right: Int32Array, wrong: Int32Array): Int32Array {
  return Int32Array.from({ length: 2 * right.length }, (_, place) => (place % 2 === 0 ? right : wrong)[place >> 1])
}

function countOnes(bits: number): number {
  let count = 0
  for (let rest = bits; rest > 0; rest &= rest - 1) count++
  return count
}

function choose(from: number, count: number): number {
  let ways = 1
  for (let taken = 0; taken < count; taken++) ways = (ways * (from - taken)) / (taken + 1)
  return ways
}
