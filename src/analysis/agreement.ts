// How often the model prefers the right form, by task and condition, beside four baselines that need no model.

import type { Engine } from '../engine/engine.ts'
import type { Item } from '../tasks/items.ts'
import type { ScoreOptions } from '../tasks/score-items.ts'
import type { AgreementRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface AgreementOptions extends ScoreOptions {
  /** occurrences of each token id in the training text */
  readonly counts: ArrayLike<number>
  /** log p(word | the words before it) of the n-gram model; all are token ids */
  readonly ngram: (context: readonly number[], word: number) => number
  /** resamples of the lemmas; 1000 by default */
  readonly resamples?: number
  /** of the bootstrap; 1 by default */
  readonly randomSeed?: number
}

/** One row a task and condition, in the order of the items. */
export function agreement(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: AgreementOptions,
): AgreementRow[] {
  throw new Error('not written yet')
}
