// Baselines that only count: a unigram model and an interpolated modified Kneser-Ney n-gram model.

/** A language model made of counts. Natural logarithms; every probability is above 0. */
export interface CountModel {
  /** such as `unigram` or `5-gram` */
  readonly name: string
  readonly order: number
  /** log p(token | context); context ids in their order, of which the last order − 1 count; `[end]` before a first word */
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
  /** where sequences (sentences, documents) begin: contexts do not reach across; [0] by default */
  readonly starts?: ArrayLike<number>
}

/** p(w) = (count + 1) / (tokens + vocabulary): add-one, so that unseen words are possible. */
export function trainUnigram(tokens: Int32Array, options: CountOptions): CountModel {
  throw new Error('not written yet')
}

/** Interpolated modified Kneser-Ney (Chen & Goodman 1999). @param options.order 5 by default */
export function trainNgram(tokens: Int32Array, options: CountOptions & { readonly order?: number }): CountModel {
  throw new Error('not written yet')
}
