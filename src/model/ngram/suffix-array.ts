// All positions of a text in the order of the tokens that begin there: k-grams that are the same stand together, for
// every k at once.

import type { Layout } from './layout.ts'

/**
 * Sorted by the first `depth` tokens: counting sorts from the last of them to the first.
 * @param vocabulary number of tokens
 */
export function suffixArray({ stream }: Pick<Layout, 'stream'>, depth: number, vocabulary: number): Int32Array {
  let sorted = Int32Array.from(stream, (_, position) => position)
  let spare = new Int32Array(stream.length)
  const offsets = new Int32Array(vocabulary + 2)
  for (let key = depth - 1; key >= 0; key--) {
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
