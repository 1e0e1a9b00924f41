// A model is plain data: a config, a vocabulary, named weights; a tagger has its tags, too. Nothing hangs on it: no hooks, no
// state.

import type { Vocabulary } from '../data/vocabulary.ts'
import type { ModelConfig } from './config.ts'
import type { Weights } from './weights.ts'

export interface Model {
  readonly config: ModelConfig
  readonly vocabulary: Vocabulary
  /** what a tagger says, in the order of its decoder's rows: as many as `config.tags` */
  readonly tags?: readonly string[]
  readonly weights: Weights
}
