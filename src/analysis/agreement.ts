// How often the model prefers the right form, by task and condition, beside four baselines that need no model.

import type { Engine } from '../engine/engine.ts'
import type { CountModel } from '../model/ngram.ts'
import type { Item } from '../tasks/items.ts'
import type { ScoreOptions } from '../tasks/score-items.ts'
import type { AgreementRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface AgreementOptions extends ScoreOptions {
  /** trained on the training part */
  readonly unigram: CountModel
  /** trained on the training part */
  readonly ngram: CountModel
  /** resamples of the lemmas; 1000 by default */
  readonly resamples?: number
  /** of the bootstrap; 1 by default */
  readonly randomSeed?: number
}

/** One row a task and condition, in the order of the items. */
export async function agreement(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: AgreementOptions,
): Promise<AgreementRow[]> {
  throw new Error('not written yet')
}
