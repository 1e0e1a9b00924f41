// What a choice reads, times the slope of its margin in it.

import type { MarginGradients } from '../gradients/margin-gradients.ts'
import type { Contributions, Reading } from './reading.ts'

/** @param found of a choice that reads the vectors and the state before of `reading` */
export function timesSlopes(
  { model, choices, start }: Reading,
  { item, gradients, start: startSlopes }: MarginGradients,
): Pick<Contributions, 'words' | 'start'> {
  const width = model.config.embedding
  const { embedding } = model.weights
  const words = Float64Array.from(choices[item].prefix, (token, word) =>
    product(embedding.subarray(token * width, (token + 1) * width), gradients['embedding'].subarray(word * width)),
  )
  const sums = Object.keys(start).map((name) => product(start[name], startSlopes[name]))
  return { words, start: sums.reduce((sum, value) => sum + value, 0) }
}

/** Over the places of the first. */
function product(values: Float32Array, slopes: Float32Array): number {
  let sum = 0
  for (let place = 0; place < values.length; place++) sum += values[place] * slopes[place]
  return sum
}
