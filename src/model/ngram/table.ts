// Sorted n-gram tables. Level k (from 1) holds every different k-gram of the text in lexicographic order; those that
// begin with the same (k − 1)-gram stand together, so that a (k − 1)-gram only needs to know where its children begin:
// a trie in flat arrays. Built by sorting all positions of the text once by the n tokens that begin there.

import { STOP, type Layout } from './layout.ts'

/** The k-grams of one k. Children of node i are the nodes firstChild[i] to firstChild[i + 1] − 1 of the next level. */
export interface Level {
  /** last token of each k-gram */
  readonly tokens: Int32Array
  /** what Kneser-Ney counts: see `countLevel` */
  readonly counts: Int32Array
  /** [nodes + 1]; empty in the last level */
  readonly firstChild: Int32Array
}

/** @param vocabulary number of tokens */
export function buildLevels({ stream, isStart }: Layout, order: number, vocabulary: number): Level[] {
  const sorted = sortPositions(stream, order, vocabulary)
  let positions = sorted.subarray(sorted.findIndex((position) => stream[position] !== STOP))
  let nodes = numberNodes(positions, stream, null, 1)
  const levels: Level[] = []
  for (let k = 1; k <= order; k++) {
    const next = k < order ? numberNodes(longer(positions, stream, k), stream, nodes.nodeAt, k + 1) : null
    levels.push({
      tokens: nodes.tokens,
      counts: countLevel(positions, nodes, next, isStart, k),
      firstChild: next ? childOffsets(next.parents, nodes.tokens.length) : new Int32Array(0),
    })
    if (!next) break
    positions = next.positions
    nodes = next
  }
  return levels
}

/** The nodes of one level, in order. */
interface Nodes {
  /** sorted positions where a k-gram begins */
  readonly positions: Int32Array
  readonly tokens: Int32Array
  /** node of the level before, of the first k − 1 tokens */
  readonly parents: Int32Array
  /** position → node; −1 where no k-gram begins */
  readonly nodeAt: Int32Array
}

/** Positions in the order of the `order` tokens that begin there: counting sorts from the last key to the first. */
function sortPositions(stream: Int32Array, order: number, vocabulary: number): Int32Array {
  let sorted = Int32Array.from(stream, (_, position) => position)
  let spare = new Int32Array(stream.length)
  const offsets = new Int32Array(vocabulary + 2)
  for (let key = order - 1; key >= 0; key--) {
    offsets.fill(0)
    for (let i = 0; i < sorted.length; i++) offsets[bucket(stream, sorted[i] + key) + 1]++
    for (let token = 0; token <= vocabulary; token++) offsets[token + 1] += offsets[token]
    for (let i = 0; i < sorted.length; i++) spare[offsets[bucket(stream, sorted[i] + key)]++] = sorted[i]
    ;[sorted, spare] = [spare, sorted]
  }
  return sorted
}

/** 0 for a stop and beyond the end. What stands behind a stop does not matter: no k-gram reaches it. */
function bucket(stream: Int32Array, position: number): number {
  return position < stream.length ? stream[position] + 1 : 0
}

/** The positions whose k-gram goes on for one more token. */
function longer(positions: Int32Array, stream: Int32Array, k: number): Int32Array {
  return positions.filter((position) => stream[position + k] !== STOP)
}

/** @param parentAt nodes of the (k − 1)-grams by position; null for k = 1 */
function numberNodes(positions: Int32Array, stream: Int32Array, parentAt: Int32Array | null, k: number): Nodes {
  const nodeAt = new Int32Array(stream.length).fill(-1)
  const tokens = new Int32Array(positions.length)
  const parents = new Int32Array(positions.length)
  let count = 0
  for (const position of positions) {
    const token = stream[position + k - 1]
    const parent = parentAt ? parentAt[position] : 0
    if (count === 0 || tokens[count - 1] !== token || parents[count - 1] !== parent) {
      tokens[count] = token
      parents[count] = parent
      count++
    }
    nodeAt[position] = count - 1
  }
  return { positions, tokens: tokens.slice(0, count), parents: parents.slice(0, count), nodeAt }
}

/**
 * What each k-gram counts. In the last level, and where it begins a sequence, so that nothing can stand before it (as
 * in KenLM): how often it occurs. Otherwise: how many different tokens stand before it, which is how many (k + 1)-grams
 * end with it. The context before a sequence is not part of the text, so as a 1-gram it does not count.
 */
function countLevel(
  positions: Int32Array,
  nodes: Nodes,
  next: Nodes | null,
  isStart: Uint8Array,
  k: number,
): Int32Array {
  const counts = new Int32Array(nodes.tokens.length)
  for (const position of positions) {
    if (isStart[position] ? k > 1 : !next) counts[nodes.nodeAt[position]]++
  }
  if (!next) return counts
  let previous = -1
  for (const position of next.positions) {
    const node = next.nodeAt[position]
    if (node !== previous) counts[nodes.nodeAt[position + 1]]++
    previous = node
  }
  return counts
}

function childOffsets(parents: Int32Array, nodes: number): Int32Array {
  const offsets = new Int32Array(nodes + 1)
  for (const parent of parents) offsets[parent + 1]++
  for (let node = 0; node < nodes; node++) offsets[node + 1] += offsets[node]
  return offsets
}
