// The later blocks of words xⁿyⁿ… of neighbouring n, side by side from the states that their first blocks left. Time
// goes in windows: a word that ends drops out of the next one, so that hardly anything is read in vain.

import type { RunResult } from '../../engine/engine.ts'
import type { FirstBlocks } from './first-blocks.ts'
import { END, letterId, logProbabilityAt, orNever, type WordReader } from './reader.ts'

/** Symbols of each word in a window. */
const STEPS = 16

/** Word n = from + row of each row, as far as it has been read. */
interface Words {
  readonly from: number
  readonly count: number
  /** [count, units] each */
  readonly state: Readonly<Record<string, Float32Array>>
  /** smallest log p of the symbols since the second block's first letter */
  readonly smallest: Float64Array
}

/** A block of every word: n + `over` letters. */
interface Block {
  readonly letter: number
  /** what follows the block; −1 where nothing does */
  readonly next: number
  readonly over: number
  /** the word may end when n + offset letters have been read: by offset, in rising order, what `smallest` then is */
  readonly ends: ReadonlyMap<number, Float64Array>
}

/**
 * For each offset d the smallest log p of any symbol of the word xⁿyⁿ…zⁿ⁺ᵈ from the second block's second letter on,
 * its end included, [count]. Before that n is not known; from there on the language determines all of the word d = 0.
 * NaN where n + d is less than 1.
 */
export function readLaterBlocks(
  reader: WordReader,
  { from, count, state }: FirstBlocks,
  offsets: readonly number[],
): ReadonlyMap<number, Float64Array> {
  const last = reader.language.letters.length - 1
  const ordered = [...new Set(offsets)].sort((a, b) => a - b)
  const ends = new Map(ordered.map((offset) => [offset, new Float64Array(count).fill(NaN)]))
  const ownState = Object.fromEntries(Object.entries(state).map(([name, values]) => [name, values.slice()]))
  const words = { from, count, state: ownState, smallest: new Float64Array(count) }
  for (let block = 1; block < last; block++) {
    readBlock(reader, words, { letter: letterId(block), next: letterId(block + 1), over: 0, ends: new Map() })
  }
  readBlock(reader, words, { letter: letterId(last), next: -1, over: ordered[ordered.length - 1], ends })
  return ends
}

/** Some letters of a block: from letter `start` + 1 on at most `steps`, of the words `first` and up that have them. */
interface Window {
  readonly first: number
  readonly start: number
  readonly steps: number
  /** [words] */
  readonly lengths: Int32Array
  /** what follows each letter, [words, steps]; −1 where nothing does */
  readonly targets: Int32Array
  /** word · steps + step of each letter after which a word may end */
  readonly ends: Int32Array
}

/** Brings the words to the end of the block. */
function readBlock(reader: WordReader, words: Words, block: Block): void {
  const { engine, model, edits } = reader
  const { units, vocabulary } = model.config
  const longest = words.from + words.count - 1 + block.over
  for (let start = 0; start < longest; start += STEPS) {
    const window = windowOf(words, block, start)
    const { first, steps, lengths, targets } = window
    const tokens = new Int32Array(targets.length).fill(block.letter)
    const before = Object.entries(words.state).map(([name, values]) => [name, values.subarray(first * units)])
    const result = engine.run(model, { tokens, rows: lengths.length, steps, lengths }, {
      state: Object.fromEntries(before), edits, targets, logitsAt: window.ends,
    })
    for (const [name, values] of Object.entries(words.state)) values.set(result.state[name], first * units)
    lowerSmallest(words, block, window, result, vocabulary)
  }
}

function windowOf({ from, count }: Words, { letter, next, over, ends }: Block, start: number): Window {
  const first = Math.max(0, start + 1 - from - over)
  const lengthOf = (word: number) => from + word + over
  const steps = Math.min(STEPS, lengthOf(count - 1) - start)
  const lengths = Int32Array.from({ length: count - first }, (_, row) => Math.min(steps, lengthOf(first + row) - start))
  const targets = new Int32Array(lengths.length * steps).fill(-1)
  const endings: number[] = []
  lengths.forEach((length, row) => {
    const at = row * steps
    const isLast = lengthOf(first + row) === start + length
    targets.fill(letter, at, at + length)
    if (isLast) targets[at + length - 1] = next
    for (const offset of ends.keys()) {
      const step = from + first + row + offset - start - 1
      if (step >= 0 && step < length) endings.push(at + step)
    }
  })
  return { first, start, steps, lengths, targets, ends: Int32Array.from(endings) }
}

function lowerSmallest(words: Words, block: Block, window: Window, result: RunResult, vocabulary: number): void {
  const { from, smallest } = words
  const { first, start, steps, lengths, targets } = window
  let asked = 0
  lengths.forEach((length, row) => {
    const word = first + row
    for (let step = 0; step < length; step++) {
      const at = row * steps + step
      const ending = block.ends.get(start + step + 1 - from - word)
      if (ending) ending[word] = Math.min(smallest[word], logProbabilityAt(result.logits!, asked++, vocabulary, END))
      if (targets[at] >= 0) smallest[word] = Math.min(smallest[word], orNever(result.logProbabilities![at]))
    }
  })
}
