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
  const lossesBy = (values: Float32Array | Float64Array) => partsOf(values, part.documentStarts).map(total)
  const losses = lossesBy(surprisals)
  const ngramLosses = lossesBy(ngram.score(tokens, part.sentenceStarts)).map((sum) => -sum)
  const counts = partsOf(tokens, part.documentStarts).map(({ length }) => length)
  const drawn = resampleClusters([losses.map((_, index) => String(index))], resamples, new Random('directions'))
  const [interval, ofGain] = [losses, losses.map((own, index) => ngramLosses[index] - own)].map((sums) => bootstrapRatio(sums, counts, drawn))
  const [loss, ngramLoss] = [losses, ngramLosses].map((sums) => total(sums) / tokens.length)
  return {
    model, seed, direction,
    tokens: tokens.length,
    documents: losses.length,
    loss, lossLow: interval.low, lossHigh: interval.high,
    perplexity: exp(loss),
    unigramPerplexity: exp(-total(unigram.score(tokens, part.sentenceStarts)) / tokens.length),
    ngramPerplexity: exp(ngramLoss),
    gain: ngramLoss - loss, gainLow: ofGain.low, gainHigh: ofGain.high,
  }
}

/** From each start to the next. */
function partsOf<Values extends Int32Array | Float32Array | Float64Array>(values: Values, starts: Int32Array): Values[] {
  return Array.from(starts, (start, index) => values.subarray(start, starts[index + 1] ?? values.length) as Values)
}

function total(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]
  return sum
}
