// A model is plain data: a config, a vocabulary, named weights. Nothing hangs on it: no hooks, no state.

import type { Vocabulary } from '../data/vocabulary.ts'
import type { ModelConfig } from './config.ts'
import type { Weights } from './weights.ts'

export interface Model {
  readonly config: ModelConfig
  readonly vocabulary: Vocabulary
  readonly weights: Weights
}
