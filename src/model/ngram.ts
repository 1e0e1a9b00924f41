// Baselines that only count: a unigram model and interpolated modified Kneser-Ney n-gram models. What a recurrent
// model knows beyond neighbouring tokens is what it predicts better than these.

import { UserError } from '../core/errors.ts'
import { log } from '../core/math.ts'
import { countKneserNey, noContexts, readToken, type KneserNey } from './ngram/kneser-ney.ts'

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

/** An n-gram model, and with it those of all lower orders. */
export interface NgramModel extends CountModel {
  /**
   * Mean −log p of every token but the first of a text, nats, by the models of the orders 1 to `order`.
   * @param starts as for `score`
   * @returns [order]: that of order k at k − 1
   */
  losses(tokens: Int32Array, starts?: ArrayLike<number>): Float64Array
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
export function trainNgram(tokens: Int32Array, options: CountOptions & { readonly order?: number }): NgramModel {
  const order = options.order ?? 5
  if (!Number.isInteger(order) || order < 1) {
    throw new UserError(`An n-gram model cannot have order ${order}. Orders are 1, 2, 3 and so on.`)
  }
  const model = countKneserNey(tokens, { ...options, order, starts: options.starts ?? [0] })
  const probabilities = new Float64Array(order)
  return {
    name: `${order}-gram`,
    order,
    logProbability: (context, token) => {
      const contexts = noContexts(model)
      for (let at = Math.max(0, context.length - order + 1); at < context.length; at++) {
        readToken(model, contexts, context[at], probabilities)
      }
      readToken(model, contexts, token, probabilities)
      return log(probabilities[order - 1])
    },
    score: (text, starts = [0]) => {
      const scores = new Float64Array(text.length)
      forEachToken(model, text, starts, options.end, (at, byOrder) => {
        scores[at] = log(byOrder[order - 1])
      })
      return scores
    },
    losses: (text, starts = [0]) => {
      const sums = new Float64Array(order)
      forEachToken(model, text, starts, options.end, (at, byOrder) => {
        if (at > 0) for (let k = 0; k < order; k++) sums[k] -= log(byOrder[k])
      })
      return sums.map((sum) => sum / (text.length - 1))
    },
  }
}

/** Probabilities of every token of a text by order; the array that is given is used again. */
function forEachToken(
  model: KneserNey,
  text: Int32Array,
  starts: ArrayLike<number>,
  end: number,
  visit: (at: number, probabilities: Float64Array) => void,
): void {
  const probabilities = new Float64Array(model.order)
  for (let sequence = 0; sequence < starts.length; sequence++) {
    const contexts = noContexts(model)
    readToken(model, contexts, end, probabilities)
    const stop = starts[sequence + 1] ?? text.length
    for (let at = starts[sequence]; at < stop; at++) {
      readToken(model, contexts, text[at], probabilities)
      visit(at, probabilities)
    }
  }
}
