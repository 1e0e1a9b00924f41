// The loss of a model on a running text: every token but the first is predicted exactly once.

import type { Engine } from '../engine/engine.ts'
import type { Model } from '../model/model.ts'

export interface EvaluationOptions {
  /** parts of the text that are read side by side; the text as one stream is `1`. 32 by default, never more than fits. */
  readonly streams?: number
  /** tokens before its own that each stream but the first reads to warm up, without counting them; 64 by default */
  readonly overlap?: number
  readonly signal?: AbortSignal
}

/** Mean −log p of a text, nats per token. */
export async function evaluateLoss(
  engine: Engine,
  model: Pick<Model, 'config' | 'weights'>,
  tokens: Int32Array,
  options: EvaluationOptions = {},
): Promise<number> {
  throw new Error(`not written yet ${engine.name} ${model.config.cell} ${tokens.length} ${options.streams}`)
}

/** log p of every token given those before it, nats; NaN for the first, which nothing predicts. */
export async function tokenLogProbabilities(
  engine: Engine,
  model: Pick<Model, 'config' | 'weights'>,
  tokens: Int32Array,
  options: EvaluationOptions = {},
): Promise<Float32Array> {
  throw new Error(`not written yet ${engine.name} ${model.config.cell} ${tokens.length} ${options.streams}`)
}
