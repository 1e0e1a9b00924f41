// The vectors that are nearest to one, by the cosine.

export interface Nearest {
  readonly index: number
  readonly similarity: number
}

/** @param vectors [items, width] @returns the `count` nearest items, the nearest first; of equal ones the first */
export function nearestVectors(vector: ArrayLike<number>, vectors: Float32Array, count: number): Nearest[] {
  const width = vector.length
  const length = normOf(vector, 0, width)
  const found: Nearest[] = []
  for (let index = 0; index < vectors.length / width; index++) {
    let product = 0
    for (let i = 0; i < width; i++) product += vector[i] * vectors[index * width + i]
    const similarity = product / (length * normOf(vectors, index * width, width) || 1)
    if (found.length === count && similarity <= found[count - 1].similarity) continue
    const place = found.findIndex((other) => other.similarity < similarity)
    found.splice(place < 0 ? found.length : place, 0, { index, similarity })
    found.length = Math.min(found.length, count)
  }
  return found
}

function normOf(values: ArrayLike<number>, start: number, width: number): number {
  let sum = 0
  for (let i = start; i < start + width; i++) sum += values[i] ** 2
  return Math.sqrt(sum)
}
