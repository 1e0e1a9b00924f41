// How a counting network is built, whatever its cell: its units, what the decoder reads from them, and its weights.

import type { ModelConfig } from '../config.ts'
import type { Setter } from './setter.ts'

export interface Design {
  readonly config: ModelConfig
  /** of the counters */
  readonly site: string
  readonly counters: readonly number[]
  readonly readout: Readout
  readonly set: (place: Setter) => void
}

/** Which units say what: one unit a letter or, where two blocks are compared, one for each letter but the last. */
export interface Readout {
  /** 0, or tanh 1 after the letter */
  readonly letters: readonly number[]
  /** while the second of two blocks is read: from tanh 1 to 1 if more of it must come, 0 or less if not; 0 elsewhere */
  readonly unfinished: readonly number[]
}

/** What the two configs share. @param units of the layer */
export function commonConfig(blocks: number, units: number): Omit<ModelConfig, 'cell'> {
  return {
    layers: 1, units, embedding: blocks + 1, vocabulary: blocks + 1, tied: false, dropout: 0, initialState: 'zeros',
    initialization: { embedding: 'zeros', kernel: 'zeros', recurrentKernel: 'zeros', decoder: 'zeros' },
  }
}
