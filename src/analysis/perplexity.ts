// Loss on held-out text beside models that only count words. Documents are the unit of the bootstrap: sentences of one
// document share their topic.

import { exp, log } from '../core/math.ts'
import { Random } from '../core/random.ts'
import { bootstrapRatio, resampleClusters } from '../core/statistics/bootstrap.ts'
import { passageStarts, type DatasetPart } from '../data/dataset.ts'
import type { Vocabulary } from '../data/vocabulary.ts'
import type { Engine } from '../engine/engine.ts'
import type { CountModel, NgramModel } from '../model/ngram.ts'
import { tokenLogProbabilities } from '../training/evaluate.ts'
import type { NgramRow, PerplexityRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface PerplexityText {
  readonly split: PerplexityRow['split']
  readonly part: Pick<DatasetPart, 'tokens' | 'documentStarts' | 'sentenceStarts'>
}

export interface PerplexityOptions {
  /** trained on the training part */
  readonly unigram: CountModel
  /** trained on the training part; its contexts begin anew with each passage, as `passageStarts` has them */
  readonly ngram: CountModel
  /** resamples of the documents; 1000 by default */
  readonly resamples?: number
  /** of the bootstrap; 1 by default */
  readonly randomSeed?: number
  readonly signal?: AbortSignal
}

/** One row a text. The first token of each text is not counted: nothing predicts it. */
export async function perplexity(
  engine: Engine,
  subject: AnalysedModel,
  texts: readonly PerplexityText[],
  options: PerplexityOptions,
): Promise<PerplexityRow[]> {
  const { unigram, ngram, resamples = 1000, randomSeed = 1, signal } = options
  const { vocabulary } = subject.model
  const rows: PerplexityRow[] = []
  for (const { split, part } of texts) {
    const own = await tokenLogProbabilities(engine, subject.model, part.tokens, { signal })
    const { losses, counts } = lossByDocument(own, part.documentStarts)
    const random = new Random(randomSeed).fork(split)
    const documents = resampleClusters([Array.from(losses, (_, index) => String(index))], resamples, random)
    const interval = bootstrapRatio(losses, counts, documents)
    const loss = sum(losses) / sum(counts)
    rows.push({
      model: subject.name,
      seed: subject.seed,
      split,
      tokens: sum(counts),
      documents: losses.length,
      loss,
      lossLow: interval.low,
      lossHigh: interval.high,
      perplexity: exp(loss),
      unigramPerplexity: perplexityOf(unigram.score(part.tokens)),
      ngramPerplexity: perplexityOf(ngram.score(part.tokens, passageStarts(part, vocabulary))),
      ngramOrder: ngram.order,
      bitsPerCharacter: bitsOf(loss, vocabulary),
    })
  }
  return rows
}

/** One row a text and order, up to that of the model. */
export function ngramOrders(ngram: NgramModel, texts: readonly PerplexityText[], vocabulary: Vocabulary): NgramRow[] {
  return texts.flatMap(({ split, part }) => {
    const losses = ngram.losses(part.tokens, passageStarts(part, vocabulary))
    return Array.from(losses, (loss, index) => (
      { split, order: index + 1, tokens: part.tokens.length - 1, loss, bitsPerCharacter: bitsOf(loss, vocabulary) }
    ))
  })
}

function bitsOf(loss: number, { kind }: Pick<Vocabulary, 'kind'>): number | null {
  return kind === 'characters' ? loss / log(2) : null
}

/** Σ −log p and number of tokens of each document that has any. */
function lossByDocument(logProbabilities: Float32Array, starts: Int32Array): { losses: number[]; counts: number[] } {
  const losses: number[] = []
  const counts: number[] = []
  for (let document = 0; document < starts.length; document++) {
    const first = Math.max(1, starts[document])
    const end = starts[document + 1] ?? logProbabilities.length
    if (end <= first) continue
    losses.push(-sum(logProbabilities.subarray(first, end)))
    counts.push(end - first)
  }
  return { losses, counts }
}

function perplexityOf(logProbabilities: Float64Array): number {
  return exp(-sum(logProbabilities.subarray(1)) / (logProbabilities.length - 1))
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let index = 0; index < values.length; index++) total += values[index]
  return total
}
