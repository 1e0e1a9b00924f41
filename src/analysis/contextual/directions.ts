// How well each half of a bidirectional language model predicts held-out sentences, beside models that count from the same
// end. Documents are the unit of the bootstrap.

import { setImmediate } from 'node:timers/promises'
import { exp } from '../../core/math.ts'
import { Random } from '../../core/random.ts'
import { bootstrapRatio, resampleClusters } from '../../core/statistics/bootstrap.ts'
import { sequenceBatches } from '../../data/batches.ts'
import type { DatasetPart } from '../../data/dataset.ts'
import { endId } from '../../data/vocabulary.ts'
import { turnedRound } from '../../engine/drawn-batch.ts'
import type { Engine } from '../../engine/engine.ts'
import { halfOf } from '../../model/halves.ts'
import type { Model } from '../../model/model.ts'
import type { CountModel } from '../../model/ngram.ts'
import type { Direction } from '../../model/sites.ts'
import type { DirectionRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'

export interface DirectionOptions {
  /** both trained on the training part as it is read in this direction */
  readonly unigram: CountModel
  readonly ngram: CountModel
  readonly resamples: number
  readonly signal?: AbortSignal
}

/** The tokens of a part as a direction reads them. */
export function inDirection(
  { tokens, sentenceStarts }: Pick<DatasetPart, 'tokens' | 'sentenceStarts'>,
  direction: Direction,
): Int32Array {
  return direction === 'forward' ? tokens : turnedRound({ tokens, starts: sentenceStarts })
}

export async function directionRow(
  engine: Engine,
  { name: model, seed, model: pair }: AnalysedModel,
  part: Pick<DatasetPart, 'tokens' | 'sentenceStarts' | 'documentStarts'>,
  direction: Direction,
  { unigram, ngram, resamples, signal }: DirectionOptions,
): Promise<DirectionRow> {
  const tokens = inDirection(part, direction)
  const own = await sentenceLogProbabilities(engine, halfOf(pair, direction), tokens, part.sentenceStarts, signal)
  const starts = part.documentStarts
  const documents = Array.from(starts, (start, index) => own.subarray(start, starts[index + 1] ?? own.length))
  const losses = documents.map((values) => -total(values))
  const counts = documents.map(({ length }) => length)
  const drawn = resampleClusters([documents.map((_, index) => String(index))], resamples, new Random('directions'))
  const interval = bootstrapRatio(losses, counts, drawn)
  const loss = total(losses) / own.length
  const perplexityOf = (counted: CountModel) => exp(-total(counted.score(tokens, part.sentenceStarts)) / tokens.length)
  return {
    model, seed, direction,
    tokens: tokens.length,
    documents: documents.length,
    loss, lossLow: interval.low, lossHigh: interval.high,
    perplexity: exp(loss),
    unigramPerplexity: perplexityOf(unigram),
    ngramPerplexity: perplexityOf(ngram),
  }
}

/** log p of every token, each sentence read after an end of sentence. */
async function sentenceLogProbabilities(
  engine: Engine,
  half: Model,
  tokens: Int32Array,
  starts: Int32Array,
  signal: AbortSignal | undefined,
): Promise<Float32Array> {
  const found = new Float32Array(tokens.length)
  const end = endId(half.vocabulary)
  const inputs = Array.from(starts, (start, index) => (
    Int32Array.of(end, ...tokens.subarray(start, starts[index + 1] ?? tokens.length))
  ))
  for (const batch of sequenceBatches(inputs, { rows: 256, cells: 16_384 })) {
    signal?.throwIfAborted()
    const { logProbabilities = new Float32Array(0) } = engine.run(half, batch, { targets: batch.targets })
    batch.indices.forEach((index, row) => {
      const from = row * batch.steps
      found.set(logProbabilities.subarray(from, from + batch.lengths[row] - 1), starts[index])
    })
    await setImmediate()
  }
  return found
}

function total(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]
  return sum
}
