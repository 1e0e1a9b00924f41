// Systems of equations with a symmetric positive definite matrix, by Cholesky's decomposition.

import { dotWithin } from './matrix.ts'

/** x of matrix · x = target. @param matrix symmetric and positive definite; its lower half is read and overwritten */
export function solvePositive(matrix: Float64Array, target: Float64Array): Float64Array {
  const size = target.length
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const sum = matrix[row * size + column] - dotWithin(matrix, row * size, matrix, column * size, column)
      matrix[row * size + column] = row === column ? Math.sqrt(sum) : sum / matrix[column * size + column]
    }
  }
  const solution = target.slice()
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) solution[row] -= matrix[row * size + k] * solution[k]
    solution[row] /= matrix[row * size + row]
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) solution[row] -= matrix[k * size + row] * solution[k]
    solution[row] /= matrix[row * size + row]
  }
  return solution
}
