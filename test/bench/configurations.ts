// What the benchmark runs: the shapes that experiments train, from a ten-unit counter to a language model of English, and
// how much faster than PyTorch a training step of each is meant to be.

import { Random } from '../../src/core/random.ts'
import { DEFAULT_INITIALIZATION, GATES, inputWidth, type Cell, type ModelConfig } from '../../src/model/config.ts'

export interface Configuration {
  /** kebab-case; `--only` picks by it */
  readonly name: string
  readonly cell: Cell
  readonly layers: number
  readonly units: number
  readonly embedding: number
  readonly vocabulary: number
  readonly batch: number
  readonly steps: number
  /** PyTorch's time over ours, at least */
  readonly target: number
  /** [updates][rows]: n of every word aⁿbⁿ that a counter is trained on */
  readonly words?: readonly (readonly number[])[]
}

const COUNTER = { layers: 1, units: 10, embedding: 3, vocabulary: 4, batch: 16, steps: 200, target: 20 }
const CHARACTERS = { layers: 1, units: 128, embedding: 64, vocabulary: 96, batch: 32, steps: 64, target: 2 }

export const CONFIGURATIONS: readonly Configuration[] = [
  { name: 'lstm-1x10', cell: 'lstm', ...COUNTER },
  { name: 'gru-1x10', cell: 'gru', ...COUNTER },
  { name: 'lstm-1x128', cell: 'lstm', ...CHARACTERS },
  { name: 'gru-1x128', cell: 'gru', ...CHARACTERS },
  { name: 'lstm-1x256', cell: 'lstm', ...CHARACTERS, units: 256, target: 1.7 },
  { name: 'lstm-2x512', cell: 'lstm', ...CHARACTERS, layers: 2, units: 512, batch: 50, steps: 50, target: 1.2 },
  {
    name: 'lstm-2x200-words', cell: 'lstm', layers: 2, units: 200, embedding: 200, vocabulary: 10_000, batch: 20, steps: 35,
    target: 1.5,
  },
]

const LONGEST = 100
const draws = new Random('bench').fork('words')
const words = Array.from({ length: 20 }, () => Array.from({ length: 10 }, () => 1 + draws.integer(LONGEST)))
const WORDS = { ...COUNTER, vocabulary: 3, batch: 10, steps: 2 * LONGEST + 1, words }

/** Trained on drawn words, as in experiments/counting.yaml. */
export const COUNTING: readonly Configuration[] = [
  { name: 'lstm-counting', cell: 'lstm', ...WORDS },
  { name: 'gru-counting', cell: 'gru', ...WORDS },
  { name: 'rnn-counting', cell: 'rnn', ...WORDS },
]

/** The model of a configuration. A GRU resets after the recurrent product, as PyTorch's does. */
export function modelConfig(configuration: Configuration): ModelConfig {
  const { layers, units, embedding, vocabulary } = configuration
  const common = {
    layers, units, embedding, vocabulary,
    tied: false, dropout: 0, initialState: 'zeros', initialization: DEFAULT_INITIALIZATION,
  } as const
  switch (configuration.cell) {
    case 'lstm': return { cell: 'lstm', forgetBias: 1, ...common }
    case 'gru': return { cell: 'gru', reset: 'after', ...common }
    case 'rnn': return { cell: 'rnn', activation: 'tanh', ...common }
  }
}

/** Floating-point operations in the matrix products of one training step: the forward pass, and twice that backward. */
export function trainingOperations(configuration: Configuration): number {
  const config = modelConfig(configuration)
  const columns = GATES[config.cell].length * config.units
  let products = config.units * config.vocabulary
  for (let layer = 0; layer < config.layers; layer++) {
    products += (inputWidth(config, layer) + config.units) * columns
  }
  return 3 * 2 * configuration.batch * configuration.steps * products
}

/** As in `LSTM 1×128, embedding 64, vocabulary 96, batch 32, 64 steps`. */
export function describe(configuration: Configuration): string {
  const { cell, layers, units, embedding, vocabulary, batch, steps } = configuration
  const tokens = vocabulary.toLocaleString('en-US')
  const read = configuration.words ? `${batch} words aⁿbⁿ, n from 1 to ${LONGEST}` : `batch ${batch}, ${steps} steps`
  return `${cell.toUpperCase()} ${layers}×${units}, embedding ${embedding}, vocabulary ${tokens}, ${read}`
}
