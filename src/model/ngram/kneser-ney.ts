// Interpolated modified Kneser-Ney (Chen & Goodman 1999). With h a context and h' the same without its first token:
//   p(w | h) = (c(h w) − D(c(h w))) / Σ c(h ·)  +  γ(h) · p(w | h'),   γ(h) = Σ D(c(h ·)) / Σ c(h ·)
// and p(w | h) = p(w | h') where h was never seen. Below p(w | no context) lies 1 / vocabulary.

import { log } from '../../core/math.ts'
import { discountOf, estimateDiscounts, type Discounts } from './discounts.ts'
import { layOut } from './layout.ts'
import { buildLevels, type Level } from './table.ts'

/** A table and, for every context, what its children sum to. Plain data. */
export interface KneserNey {
  readonly order: number
  readonly vocabulary: number
  /** [order]: k-grams at k − 1 */
  readonly levels: readonly Level[]
  /** [order]: discounts of each level */
  readonly discounts: readonly Discounts[]
  /** [order]: of the contexts of each level, which are the nodes of the level before */
  readonly contexts: readonly Contexts[]
}

interface Contexts {
  /** Σ c(h ·) */
  readonly totals: Int32Array
  /** γ(h) */
  readonly backoffs: Float64Array
}

/** What the text is cut into and counted by; see CountOptions of model/ngram.ts. */
export interface KneserNeyOptions {
  readonly order: number
  readonly vocabulary: number
  readonly end: number
  readonly starts: ArrayLike<number>
}

export function countKneserNey(tokens: Int32Array, options: KneserNeyOptions): KneserNey {
  const { order, vocabulary } = options
  const levels = buildLevels(layOut(tokens, options.starts, options.end), order, vocabulary)
  const discounts = levels.map(({ counts }) => estimateDiscounts(counts))
  const contexts = levels.map(({ counts, tokens: nodes }, at) =>
    sumContexts(counts, at === 0 ? Int32Array.of(0, nodes.length) : levels[at - 1].firstChild, discounts[at]),
  )
  return { order, vocabulary, levels, discounts, contexts }
}

/** log p(tokens[at] | tokens before it). Shorter contexts first: each longer one refines the probability. */
export function logProbabilityAt(model: KneserNey, tokens: Int32Array, at: number): number {
  const token = tokens[at]
  let probability = 1 / model.vocabulary
  const longest = Math.min(model.order - 1, at)
  for (let length = 0; length <= longest; length++) {
    const context = findContext(model, tokens, at - length, length)
    if (context === -1) break // no longer context was seen either
    const { totals, backoffs } = model.contexts[length]
    if (totals[context] === 0) continue
    const level = model.levels[length]
    const child = findChild(model, length, context, token)
    const count = child === -1 ? 0 : level.counts[child]
    const discounted = count - discountOf(model.discounts[length], count)
    probability = discounted / totals[context] + backoffs[context] * probability
  }
  return log(probability)
}

/** The node of the `length` tokens from `start` on; 0, the root, for none; −1 where they were never seen. */
function findContext(model: KneserNey, tokens: Int32Array, start: number, length: number): number {
  let node = 0
  for (let depth = 0; depth < length && node !== -1; depth++) {
    node = findChild(model, depth, node, tokens[start + depth])
  }
  return node
}

/** The child of a context of `depth` tokens whose last token is `token`, by bisection; −1 where there is none. */
function findChild(model: KneserNey, depth: number, context: number, token: number): number {
  const { tokens } = model.levels[depth]
  const offsets = depth === 0 ? null : model.levels[depth - 1].firstChild
  let low = offsets ? offsets[context] : 0
  const end = offsets ? offsets[context + 1] : tokens.length
  let high = end
  while (low < high) {
    const middle = (low + high) >>> 1
    if (tokens[middle] < token) low = middle + 1
    else high = middle
  }
  return low < end && tokens[low] === token ? low : -1
}

/** @param offsets where the children of each context begin in `counts` */
function sumContexts(counts: Int32Array, offsets: Int32Array, discounts: Discounts): Contexts {
  const totals = new Int32Array(offsets.length - 1)
  const backoffs = new Float64Array(offsets.length - 1)
  for (let context = 0; context < totals.length; context++) {
    let taken = 0
    for (let child = offsets[context]; child < offsets[context + 1]; child++) {
      totals[context] += counts[child]
      taken += discountOf(discounts, counts[child])
    }
    backoffs[context] = totals[context] === 0 ? 1 : taken / totals[context]
  }
  return { totals, backoffs }
}
