// How well each half of a bidirectional language model predicts held-out sentences, beside models that count from the same
// end. Documents are the unit of the bootstrap.

import { exp } from '../../core/math.ts'
import { Random } from '../../core/random.ts'
import { bootstrapRatio, resampleClusters } from '../../core/statistics/bootstrap.ts'
import type { DatasetPart } from '../../data/dataset.ts'
import { turnedRound } from '../../engine/drawn-batch.ts'
import type { Engine } from '../../engine/engine.ts'
import { halfOf } from '../../model/halves.ts'
import type { CountModel } from '../../model/ngram.ts'
import type { Direction } from '../../model/sites.ts'
import { score } from '../../recording/score.ts'
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
  const sentences = partsOf(tokens, part.sentenceStarts).map((sentence) => ({ tokens: sentence }))
  const surprisals = Float32Array.from((await score(halfOf(pair, direction), sentences, { engine, signal })).flatMap((own) => [...own]))
  const documents = partsOf(surprisals, part.documentStarts)
  const losses = documents.map(total)
  const counts = documents.map(({ length }) => length)
  const drawn = resampleClusters([documents.map((_, index) => String(index))], resamples, new Random('directions'))
  const interval = bootstrapRatio(losses, counts, drawn)
  const loss = total(losses) / tokens.length
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

/** From each start to the next. */
function partsOf<Values extends Int32Array | Float32Array>(values: Values, starts: Int32Array): Values[] {
  return Array.from(starts, (start, index) => values.subarray(start, starts[index + 1] ?? values.length) as Values)
}

function total(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]
  return sum
}
