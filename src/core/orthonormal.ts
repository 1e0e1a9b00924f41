// Random orthonormal matrices: normal draws, orthogonalised by Gram and Schmidt, twice over because once loses digits
// (Giraud et al. 2005). A square one is a random rotation or reflection, uniformly distributed (Mezzadri 2007).

import type { Random } from './random.ts'

/** [rows, columns], row-major: its rows, or its columns where there are fewer of them, are orthonormal. */
export function orthonormal(rows: number, columns: number, random: Random): Float64Array {
  const count = Math.min(rows, columns)
  const length = Math.max(rows, columns)
  const basis: Float64Array[] = []
  while (basis.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal())
    for (let pass = 0; pass < 2; pass++) {
      for (const other of basis) subtract(vector, other, dot(vector, other))
    }
    const norm = Math.sqrt(dot(vector, vector))
    basis.push(vector.map((value) => value / norm))
  }
  const matrix = new Float64Array(rows * columns)
  basis.forEach((vector, index) => {
    vector.forEach((value, place) => {
      matrix[rows <= columns ? index * columns + place : place * columns + index] = value
    })
  })
  return matrix
}

/** vector ← vector − factor · other */
function subtract(vector: Float64Array, other: Float64Array, factor: number): void {
  for (let index = 0; index < vector.length; index++) vector[index] -= factor * other[index]
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let index = 0; index < a.length; index++) sum += a[index] * b[index]
  return sum
}
