// Surprisal: −log p of every token given what the model has read before it, in nats.

import type { Engine } from '../engine/engine.ts'
import type { Model } from '../model/model.ts'
import { defaultEngine } from './default-engine.ts'
import { requireLanguageModel } from './language-model.ts'
import { runSequences, type SequencesOptions } from './run-sequences.ts'
import type { Sequence } from './sequences.ts'

export interface ScoreOptions extends SequencesOptions {
  /** loaded by default: the native engine where it is there */
  readonly engine?: Engine
}

/** Per sequence the surprisal of each token, nats; NaN for a first token that nothing predicts (`state: 'zeros'`). */
export async function score(
  model: Model,
  sequences: readonly Pick<Sequence, 'tokens'>[],
  options: ScoreOptions = {},
): Promise<Float32Array[]> {
  requireLanguageModel(model, 'it has no surprisal')
  const engine = options.engine ?? (await defaultEngine())
  const surprisals = sequences.map(({ tokens }) => new Float32Array(tokens.length).fill(NaN))
  const tokens = sequences.map((sequence) => sequence.tokens)
  for await (const { piece, result } of runSequences(engine, model, tokens, options, ({ targets }) => ({ targets }))) {
    const { logProbabilities = new Float32Array(0) } = result
    for (let row = 0; row < piece.rows; row++) {
      for (let cell = row * piece.steps, step = 0; step < piece.lengths[row]; step++, cell++) {
        if (piece.targets[cell] >= 0) surprisals[piece.indices[row]][piece.start + step + 1] = -logProbabilities[cell]
      }
    }
  }
  return surprisals
}

/** Mean over all tokens, nats; a first token that nothing predicts (NaN) does not count. */
export function meanSurprisal(sequences: readonly Float32Array[]): number {
  let sum = 0
  let count = 0
  for (const surprisals of sequences) {
    for (const surprisal of surprisals) {
      if (Number.isNaN(surprisal)) continue
      sum += surprisal
      count++
    }
  }
  return sum / count
}
