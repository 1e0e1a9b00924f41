// Baselines that only count: a unigram model and an interpolated modified Kneser-Ney n-gram model. What a recurrent
// model knows beyond neighbouring words is what it predicts better than these.

import { UserError } from '../core/errors.ts'
import { log } from '../core/math.ts'
import { countKneserNey, logProbabilityAt } from './ngram/kneser-ney.ts'

/** A language model made of counts. Natural logarithms; every probability is above 0. */
export interface CountModel {
  /** such as `unigram` or `5-gram` */
  readonly name: string
  readonly order: number
  /** log p(token | context), of which the last order − 1 ids count; the context of a first word is `[end]` */
  logProbability(context: ArrayLike<number>, token: number): number
  /**
   * log p of every token, given those before it in its sequence.
   * @param starts where sequences begin; each is preceded by the end token; [0] by default
   */
  score(tokens: Int32Array, starts?: ArrayLike<number>): Float64Array
}

export interface CountOptions {
  /** number of tokens of the vocabulary */
  readonly vocabulary: number
  /** id of the token that stands before each start */
  readonly end: number
  /** where sequences (sentences, documents) begin, in rising order: contexts do not reach across; [0] by default */
  readonly starts?: ArrayLike<number>
}

/** p(w) = (count + 1) / (tokens + vocabulary): add-one, so that unseen words are possible. */
export function trainUnigram(tokens: Int32Array, options: CountOptions): CountModel {
  const counts = new Float64Array(options.vocabulary).fill(1)
  for (const token of tokens) counts[token]++
  const logarithms = counts.map((count) => log(count / (tokens.length + options.vocabulary)))
  return {
    name: 'unigram',
    order: 1,
    logProbability: (_context, token) => logarithms[token],
    score: (text) => Float64Array.from(text, (token) => logarithms[token]),
  }
}

/**
 * Interpolated modified Kneser-Ney (Chen & Goodman 1999).
 * @param options.order tokens of an n-gram, 5 by default
 */
export function trainNgram(tokens: Int32Array, options: CountOptions & { readonly order?: number }): CountModel {
  const order = options.order ?? 5
  if (!Number.isInteger(order) || order < 1) {
    throw new UserError(`An n-gram model cannot have order ${order}. Orders are 1, 2, 3 and so on.`)
  }
  const model = countKneserNey(tokens, { ...options, order, starts: options.starts ?? [0] })
  return {
    name: `${order}-gram`,
    order,
    logProbability: (context, token) => {
      const known = Math.min(order - 1, context.length)
      const ngram = new Int32Array(known + 1)
      for (let i = 0; i < known; i++) ngram[i] = context[context.length - known + i]
      ngram[known] = token
      return logProbabilityAt(model, ngram, known)
    },
    score: (text, starts = [0]) => {
      const scores = new Float64Array(text.length)
      for (let number = 0; number < starts.length; number++) {
        const words = text.subarray(starts[number], starts[number + 1] ?? text.length)
        const sequence = new Int32Array(words.length + 1)
        sequence[0] = options.end
        sequence.set(words, 1)
        for (let at = 1; at < sequence.length; at++) {
          scores[starts[number] + at - 1] = logProbabilityAt(model, sequence, at)
        }
      }
      return scores
    },
  }
}
