// Interpolated modified Kneser-Ney (Chen & Goodman 1999). With h a context and h' the same without its first token:
//   p(w | h) = (c(h w) − D(c(h w))) / Σ c(h ·)  +  γ(h) · p(w | h'),   γ(h) = Σ D(c(h ·)) / Σ c(h ·)
// and p(w | h) = p(w | h') where h was never seen. Below p(w | no context) lies 1 / vocabulary. For the longest context
// of an order c counts occurrences, for shorter ones continuations; so models of all orders share one table.

import { discountOf, estimateDiscounts, type Discounts } from './discounts.ts'
import { layOut, STOP } from './layout.ts'
import { buildLevels, type Level } from './levels.ts'

/** Models of the orders 1 to `order`. Plain data. */
export interface KneserNey {
  readonly order: number
  readonly vocabulary: number
  /** the text that contexts which occur once are continued in */
  readonly stream: Int32Array
  /** [order]: k-grams at k − 1 */
  readonly levels: readonly Level[]
  /** [order]: how the k-grams at k − 1 are weighed in the model of order k */
  readonly highest: readonly Weighing[]
  /** [order]: the same in models of higher orders */
  readonly lower: readonly Weighing[]
}

/** Counts of a level, and for every context, which is a node of the level before, what its children sum to. */
interface Weighing {
  readonly counts: Int32Array
  readonly discounts: Discounts
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
  const layout = layOut(tokens, options.starts, options.end)
  const levels = buildLevels(layout, order, vocabulary)
  const weigh = (counts: Int32Array, at: number): Weighing => {
    const offsets = at === 0 ? Int32Array.of(0, counts.length) : levels[at - 1].firstChild
    const discounts = estimateDiscounts(counts, levels[at].others)
    return { counts, discounts, ...sumContexts(counts, offsets, discounts) }
  }
  return {
    order,
    vocabulary,
    stream: layout.stream,
    levels,
    highest: levels.map(({ occurrences }, at) => weigh(occurrences, at)),
    lower: levels.map(({ continuations }, at) => weigh(continuations, at)),
  }
}

/**
 * Contexts: what was read last, by its length. A context is a node of the level of its length (0, the root, for none);
 * −2 − p if it occurs once, at position p of the stream; −1 if it was never seen.
 */
export type Contexts = Int32Array
const ROOT = 0
const NEVER = -1

/** Nothing was read. */
export function noContexts({ order }: Pick<KneserNey, 'order'>): Contexts {
  const contexts = new Int32Array(order).fill(NEVER)
  contexts[0] = ROOT
  return contexts
}

/**
 * The probability of a token after what was read, by every model; then the token is read, too. Shorter contexts first:
 * each longer one refines the probability.
 * @param contexts is changed
 * @param probabilities [order] that of order k is written at k − 1
 */
export function readToken(model: KneserNey, contexts: Contexts, token: number, probabilities: Float64Array): void {
  let probability = 1 / model.vocabulary
  let longer = ROOT
  for (let length = 0; length < model.order; length++) {
    const context = contexts[length]
    contexts[length] = longer
    if (context === NEVER) {
      probabilities.fill(probability, length) // no longer context was seen either
      return
    }
    const child = context >= 0 ? findChild(model, length, context, token) : NEVER
    if (context >= 0) {
      probabilities[length] = refine(model.highest[length], context, child, probability)
      probability = refine(model.lower[length], context, child, probability)
      longer = child === NEVER ? NEVER : asContext(model.levels[length], child)
    } else {
      const follower = model.stream[-2 - context + length]
      const follows = follower === token ? 1 : 0
      probabilities[length] = refineOnce(model.highest[length], follower, follows, probability)
      probability = refineOnce(model.lower[length], follower, follows, probability)
      longer = follows ? context : NEVER
    }
  }
}

/** p(w | h) from p(w | h'). @param child the node of h w, or NEVER */
function refine(weighing: Weighing, context: number, child: number, shorter: number): number {
  const { counts, discounts, totals, backoffs } = weighing
  if (totals[context] === 0) return shorter
  const count = child === NEVER ? 0 : counts[child]
  const discounted = count - discountOf(discounts, count)
  return discounted / totals[context] + backoffs[context] * shorter
}

/** The same for a context that occurs once: one token follows it, once; or a stop, and so none. */
function refineOnce({ discounts }: Weighing, follower: number, follows: number, shorter: number): number {
  if (follower === STOP) return shorter
  return follows - discountOf(discounts, follows) + discountOf(discounts, 1) * shorter
}

function asContext({ only }: Level, node: number): number {
  return only[node] === -1 ? node : -2 - only[node]
}

/** The child of a context of `depth` tokens whose last token is `token`, by bisection. */
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
  return low < end && tokens[low] === token ? low : NEVER
}

/** @param offsets where the children of each context begin in `counts` */
function sumContexts(
  counts: Int32Array,
  offsets: Int32Array,
  discounts: Discounts,
): Pick<Weighing, 'totals' | 'backoffs'> {
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
