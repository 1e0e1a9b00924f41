// How often k-grams occur, for every k up to the longest. Level k (from 1) holds k-grams in lexicographic order; those
// that begin with the same (k − 1)-gram stand together, so that a (k − 1)-gram only needs to know where its children
// begin: a trie in flat arrays. A k-gram that occurs once has no children: what follows it is read in the text itself,
// which keeps the trie as small as the text however long the k-grams are.

import { STOP, type Layout } from './layout.ts'
import { suffixArray } from './suffix-array.ts'

/** The k-grams of one k whose first k − 1 tokens occur more than once. The children of node i are the nodes
 *  firstChild[i] to firstChild[i + 1] − 1 of the next level. */
export interface Level {
  /** last token of each k-gram */
  readonly tokens: Int32Array
  /** how often each occurs */
  readonly occurrences: Int32Array
  /** how many different tokens stand before it; where it begins a sequence, so that none can, it counts each time */
  readonly continuations: Int32Array
  /** where it begins, if it begins at one position only; −1 for the others */
  readonly only: Int32Array
  /** [nodes + 1] */
  readonly firstChild: Int32Array
  /** k-grams that are no node: they occur once, and so does what they begin with */
  readonly others: number
}

/** @param vocabulary number of tokens */
export function buildLevels(layout: Layout, order: number, vocabulary: number): Level[] {
  const { stream } = layout
  const sorted = suffixArray(layout, order, vocabulary)
  const lengths = lengthsFrom(stream)
  const others = new Int32Array(order + 2)
  const levels: Level[] = []
  let parents: Runs = { from: Int32Array.of(0), to: Int32Array.of(sorted.length) }
  for (let k = 1; k <= order; k++) {
    const { runs, firstChild } = splitRuns(parents, sorted, stream, k)
    if (k > 1) levels[k - 2].firstChild.set(firstChild)
    const only = runs.from.map((from, node) => (runs.to[node] - from === 1 ? sorted[from] : -1))
    for (const position of only) {
      if (position === -1) continue
      others[k + 1]++ // up to the longest k-gram that begins there
      others[Math.min(lengths[position], order) + 1]--
    }
    others[k] += others[k - 1]
    levels.push({
      tokens: runs.from.map((from) => stream[sorted[from] + k - 1]),
      ...countRuns(runs, sorted, layout, k, vocabulary),
      only,
      firstChild: new Int32Array(only.length + 1),
      others: others[k],
    })
    parents = runs
  }
  return levels
}

/** k-grams as stretches of the sorted positions: from `from` to before `to`. */
interface Runs {
  readonly from: Int32Array
  readonly to: Int32Array
}

/** Tokens from each position on, up to the next stop. */
function lengthsFrom(stream: Int32Array): Int32Array {
  const lengths = new Int32Array(stream.length)
  for (let at = stream.length - 2; at >= 0; at--) lengths[at] = stream[at] === STOP ? 0 : lengths[at + 1] + 1
  return lengths
}

/** The k-grams that go on from (k − 1)-grams with more than one position, and where those of each begin. */
function splitRuns(
  { from, to }: Runs,
  sorted: Int32Array,
  stream: Int32Array,
  k: number,
): { readonly runs: Runs; readonly firstChild: Int32Array } {
  const starts: number[] = []
  const ends: number[] = []
  const firstChild = new Int32Array(from.length + 1)
  for (let parent = 0; parent < from.length; parent++) {
    firstChild[parent] = starts.length
    if (to[parent] - from[parent] === 1) continue
    let last = STOP
    for (let index = from[parent]; index < to[parent]; index++) {
      const token = stream[sorted[index] + k - 1]
      if (token === STOP) continue
      if (token === last) ends[ends.length - 1] = index + 1
      else ends.push(index + 1)
      if (token !== last) starts.push(index)
      last = token
    }
  }
  firstChild[from.length] = starts.length
  return { runs: { from: Int32Array.from(starts), to: Int32Array.from(ends) }, firstChild }
}

/** The end token before a sequence is its context and none of the text: as a 1-gram it does not count. */
function countRuns(
  { from, to }: Runs,
  sorted: Int32Array,
  { stream, isStart }: Layout,
  k: number,
  vocabulary: number,
): Pick<Level, 'occurrences' | 'continuations'> {
  const occurrences = new Int32Array(from.length)
  const continuations = new Int32Array(from.length)
  const seenWith = new Int32Array(vocabulary).fill(-1)
  for (let node = 0; node < from.length; node++) {
    for (let index = from[node]; index < to[node]; index++) {
      const position = sorted[index]
      if (isStart[position]) {
        if (k === 1) continue
        continuations[node]++
      } else if (seenWith[stream[position - 1]] !== node) {
        seenWith[stream[position - 1]] = node
        continuations[node]++
      }
      occurrences[node]++
    }
  }
  return { occurrences, continuations }
}
