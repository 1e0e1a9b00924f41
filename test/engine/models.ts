// Small models and batches with random weights, biases and initial states included, for the tests of the engines.

import { Random } from '../../src/core/random.ts'
import type { Batch, Sentences } from '../../src/engine/engine.ts'
import { DEFAULT_INITIALIZATION, outputsOf, type ModelConfig } from '../../src/model/config.ts'
import { viewWeights, type Weights } from '../../src/model/weights.ts'

export type Cell = 'lstm' | 'gru before' | 'gru after' | 'rnn tanh' | 'rnn relu'
export const CELLS: readonly Cell[] = ['lstm', 'gru before', 'gru after', 'rnn tanh', 'rnn relu']

export interface Size {
  readonly layers: number
  readonly units: number
  readonly embedding: number
  readonly vocabulary: number
  readonly tied?: boolean
  readonly trained?: boolean
  readonly dropout?: number
  readonly bidirectional?: true
  readonly skip?: true
  readonly tags?: number
}

/** Two layers of an odd width, which no vector divides. */
export const SMALL: Size = { layers: 2, units: 7, embedding: 8, vocabulary: 5 }

/** A tagger of two layers that read from both ends. */
export const BOTH: Size = { layers: 2, units: 5, embedding: 4, vocabulary: 6, tags: 4, bidirectional: true }

export interface SmallModel {
  readonly config: ModelConfig
  readonly weights: Weights
}

export function smallConfig(cell: Cell, { tied = false, trained = false, dropout = 0, ...size }: Size): ModelConfig {
  const common = {
    ...size,
    tied,
    dropout,
    initialState: trained ? ('trained' as const) : ('zeros' as const),
    initialization: DEFAULT_INITIALIZATION,
  }
  switch (cell) {
    case 'lstm':
      return { ...common, cell: 'lstm', forgetBias: 1 }
    case 'gru before':
      return { ...common, cell: 'gru', reset: 'before' }
    case 'gru after':
      return { ...common, cell: 'gru', reset: 'after' }
    case 'rnn tanh':
      return { ...common, cell: 'rnn', activation: 'tanh' }
    case 'rnn relu':
      return { ...common, cell: 'rnn', activation: 'relu' }
  }
}

/** Every weight U(±1.5/√units): so large that gates leave their linear range, so small that relu stays small. */
export function smallModel(cell: Cell, size: Size, seed = 1): SmallModel {
  const config = smallConfig(cell, size)
  const weights = viewWeights(config)
  const bound = 1.5 / Math.sqrt(Math.max(2, config.units))
  for (const [name, values] of Object.entries(weights)) {
    const random = new Random(seed).fork(name)
    for (let index = 0; index < values.length; index++) values[index] = random.uniform(-bound, bound)
  }
  return { config, weights }
}

/** Random tokens and targets, about one target in five left out. `ragged` gives every row its own length, in which they
 *  fall where a batch is to be trained on. */
export function smallBatch(
  { config }: SmallModel,
  rows: number,
  steps: number,
  { ragged = false, seed = 1 }: { readonly ragged?: boolean | 'falling'; readonly seed?: number } = {},
): Batch & { readonly targets: Int32Array } {
  const random = new Random(`batch ${seed}`)
  const tokens = Int32Array.from({ length: rows * steps }, () => random.integer(config.vocabulary))
  const lengthOf = (row: number): number => (row === 0 ? steps : 1 + random.integer(steps))
  const lengths = ragged ? Int32Array.from({ length: rows }, (_, row) => lengthOf(row)) : undefined
  if (ragged === 'falling') lengths!.sort().reverse()
  const targets = Int32Array.from({ length: rows * steps }, (_, position) => {
    const ended = lengths !== undefined && position % steps >= lengths[Math.floor(position / steps)]
    return ended || random.uniform() < 0.2 ? -1 : random.integer(outputsOf(config))
  })
  return { tokens, rows, steps, lengths, targets }
}

/** Random sentences of one to `longest` tokens, and draws of `updates` updates on `rows` of them each. */
export function smallSentences({ config }: SmallModel, rows: number, updates: number, longest = 6) {
  const random = new Random('sentences')
  const lengths = Array.from({ length: 7 }, () => 1 + random.integer(longest))
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
  const starts = Int32Array.from(lengths, (_, index) => sum(lengths.slice(0, index)))
  const ids = (below: number) => Int32Array.from({ length: sum(lengths) }, () => random.integer(below))
  const tokens = ids(config.vocabulary)
  const sentences: Sentences = { tokens, starts, ...(config.tags ? { tags: ids(config.tags) } : { context: 2 }) }
  const draws = Int32Array.from({ length: updates * rows }, () => random.integer(lengths.length))
  return { sentences, draws }
}

/** The drawn sentences of one update side by side in the given order, padded; by the definition, token by token. */
export function paddedBatch({ tokens, starts, context, tags }: Sentences, numbers: readonly number[]) {
  const endOf = (number: number): number => starts[number + 1] ?? tokens.length
  const rows = numbers.length
  const lengths = Int32Array.from(numbers, (number) => endOf(number) - starts[number])
  const steps = Math.max(...lengths)
  const read = new Int32Array(rows * steps).fill(context ?? 1)
  const targets = new Int32Array(rows * steps).fill(-1)
  numbers.forEach((number, row) => {
    for (let place = starts[number]; place < endOf(number); place++) {
      const position = row * steps + place - starts[number]
      if (tags) read[position] = tokens[place]
      else read[position] = place === starts[number] ? context : tokens[place - 1]
      targets[position] = tags ? tags[place] : tokens[place]
    }
  })
  return { tokens: read, targets, rows, steps, lengths, carry: false }
}

/** Longest sentences first, equally long ones in the order in which they were drawn: the order of an update's sums. */
export function longestFirst({ tokens, starts }: Sentences, numbers: Int32Array): number[] {
  const lengthOf = (number: number): number => (starts[number + 1] ?? tokens.length) - starts[number]
  return [...numbers].sort((one, other) => lengthOf(other) - lengthOf(one))
}
