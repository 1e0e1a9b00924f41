// The vectors that are nearest to one, by the cosine.

import { cosine } from '../../core/matrix.ts'

export interface Nearest {
  readonly index: number
  readonly similarity: number
}

/** @param vectors [items, width] @returns the `count` nearest items, the nearest first; of equal ones the first */
export function nearestVectors(vector: ArrayLike<number>, vectors: Float32Array, count: number): Nearest[] {
  const width = vector.length
  const found: Nearest[] = []
  for (let index = 0; index < vectors.length / width; index++) {
    const similarity = cosine(vector, vectors.subarray(index * width, (index + 1) * width))
    if (found.length === count && similarity <= found[count - 1].similarity) continue
    const place = found.findIndex((other) => other.similarity < similarity)
    found.splice(place < 0 ? found.length : place, 0, { index, similarity })
    found.length = Math.min(found.length, count)
  }
  return found
}
