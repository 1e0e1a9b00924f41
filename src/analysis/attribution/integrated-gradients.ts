// Integrated gradients (Sundararajan, Taly & Yan 2017): the parts of a sentence times the mean slope of the margin on the
// straight way from no word at all to the sentence. They add up to what the margin gains on that way; what it is at the
// beginning is that of the biases. A stretch of the way is halved where its halves say something else, as where a relu turns.

import { quadrature } from '../../core/quadrature.ts'
import { layersFrom } from '../../model/layers-from.ts'
import type { EncodedChoice } from '../../tasks/items.ts'
import { marginGradients } from '../gradients/margin-gradients.ts'
import { decoderBiasOf, sumOf, type Contributions, type Reading } from './reading.ts'
import { timesSlopes } from './times-slopes.ts'

/** What the parts of a choice may miss, nats. */
const COMPLETE = 1e-5
/** Stretches that the way is cut into first, and how far any part may be from what the halves of a stretch say, nats;
 *  finer where the parts miss the margin, as where a turn was overlooked. */
const PASSES = [{ pieces: 1, tolerance: 1e-5 }, { pieces: 16, tolerance: 1e-6 }, { pieces: 256, tolerance: 1e-7 }] as const
/** No stretch is finer. */
const FINEST = 2 ** -20

/** A stretch of the way from no word (0) to a choice (1). */
interface Stretch {
  readonly item: number
  readonly from: number
  readonly to: number
}

/** What the words, and after them the state before, gain on it. */
interface Integrated extends Stretch {
  readonly gains: Float64Array
}

/** Vectors and state of a choice at a place of the way. */
interface Place {
  readonly item: number
  readonly at: number
}

/** There: the margin, and every part of the whole choice times its slope. */
interface Slopes extends Pick<Contributions, 'words' | 'start'> {
  readonly margin: number
}

/** Of each choice. */
export async function integratedGradients(reading: Reading, signal?: AbortSignal): Promise<Contributions[]> {
  const { choices } = reading
  const [nothing, all] = [await marginsAt(reading, 0, signal), await marginsAt(reading, 1, signal)]
  const found: Contributions[] = []
  let left = [...choices.keys()]
  for (const pass of PASSES) {
    const gains = await gainsOf(reading, left, pass, signal)
    for (const item of left) {
      const words = choices[item].prefix.length
      const biases = nothing[item] - decoderBiasOf(reading, choices[item])
      found[item] = { words: gains.get(item)!.subarray(0, words), start: gains.get(item)![words], biases }
    }
    left = left.filter((item) => {
      const missed = all[item] - sumOf(reading, item, found[item])
      return Math.abs(missed) > COMPLETE
    })
  }
  return found
}

/** What the words of some choices, and the state before them, gain on the whole way. */
async function gainsOf(
  reading: Reading, items: readonly number[], { pieces, tolerance }: (typeof PASSES)[number], signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, Float64Array>> {
  const gains = new Map(items.map((item) => [item, new Float64Array(reading.choices[item].prefix.length + 1)]))
  const first = items.flatMap((item) =>
    Array.from({ length: pieces }, (_, piece): Stretch => ({ item, from: piece / pieces, to: (piece + 1) / pieces })),
  )
  let stretches = await integrate(reading, first, signal)
  while (stretches.length > 0) {
    const halves = await integrate(reading, stretches.flatMap(halvesOf), signal)
    stretches = stretches.flatMap((whole, place) => {
      const [first, second] = halves.slice(2 * place, 2 * place + 2)
      const both = first.gains.map((gain, part) => gain + second.gains[part])
      const isFine = both.every((gain, part) => Math.abs(gain - whole.gains[part]) <= tolerance)
      if (!isFine && whole.to - whole.from > FINEST) return [first, second]
      both.forEach((gain, part) => (gains.get(whole.item)![part] += gain))
      return []
    })
  }
  return gains
}

/** The margin of every choice at one place of the way. */
async function marginsAt(reading: Reading, at: number, signal: AbortSignal | undefined): Promise<number[]> {
  const slopes = await slopesAt(reading, reading.choices.map((_, item) => ({ item, at })), signal)
  return slopes.map(({ margin }) => margin)
}

function halvesOf({ item, from, to }: Stretch): Stretch[] {
  const middle = (from + to) / 2
  return [{ item, from, to: middle }, { item, from: middle, to }]
}

async function integrate(
  reading: Reading, stretches: readonly Stretch[], signal: AbortSignal | undefined,
): Promise<Integrated[]> {
  const nodes = stretches.map(({ from, to }) => quadrature(from, to))
  const places = stretches.flatMap(({ item }, index) => nodes[index].map(({ at }) => ({ item, at })))
  const slopes = await slopesAt(reading, places, signal)
  let next = 0
  return stretches.map((stretch, index) => {
    const words = reading.choices[stretch.item].prefix.length
    const gains = new Float64Array(words + 1)
    for (const { weight } of nodes[index]) {
      const own = slopes[next++]
      own.words.forEach((slope, word) => (gains[word] += weight * slope))
      gains[words] += weight * own.start
    }
    return { ...stretch, gains }
  })
}

/** Places of one call, each of which has vectors of its own. */
const TOGETHER = 2048

async function slopesAt(reading: Reading, places: readonly Place[], signal: AbortSignal | undefined): Promise<Slopes[]> {
  const found: Slopes[] = []
  for (let first = 0; first < places.length; first += TOGETHER) {
    const some = places.slice(first, first + TOGETHER)
    const { model, choices, start } = along(reading, some)
    for await (const own of marginGradients(reading.engine, model, choices, { sites: ['embedding'], start, signal })) {
      const { item } = some[own.item]
      found[first + own.item] = { margin: own.margin, ...timesSlopes(reading, { ...own, item }) }
    }
  }
  return found
}

/** A choice, a state and vectors for each place. */
function along({ model, choices, start, absent, absentStart }: Reading, places: readonly Place[]) {
  const { config: { embedding, units, vocabulary }, weights } = model
  const count = places.reduce((sum, { item }) => sum + choices[item].prefix.length, 0)
  const vectors = new Float32Array(count * embedding)
  let token = 0
  const own = places.map(({ item, at }): EncodedChoice => {
    const { prefix, right, wrong } = choices[item]
    const tokens = prefix.map((word, place) => {
      const [from, to] = [absent[place], word].map((read) => weights['embedding'].subarray(read * embedding, (read + 1) * embedding))
      for (let axis = 0; axis < embedding; axis++) vectors[token * embedding + axis] = between(from[axis], to[axis], at)
      return token++
    })
    return { prefix: tokens, right, wrong }
  })
  const states = Object.fromEntries(Object.keys(start).map((name) => {
    const values = new Float32Array(places.length * units)
    places.forEach(({ at }, row) => {
      for (let unit = 0; unit < units; unit++) values[row * units + unit] = between(absentStart[name][unit], start[name][unit], at)
    })
    return [name, values]
  }))
  const words = Array.from({ length: vocabulary }, (_, word) => word)
  return { model: layersFrom(0, model, vectors, words), choices: own, start: states }
}

function between(from: number, to: number, at: number): number {
  return from + at * (to - from)
}
