// What a choice reads, less what stands for none of it, times the slope of its margin.

import type { MarginGradients } from '../gradients/margin-gradients.ts'
import type { Contributions, Reading } from './reading.ts'

export function timesSlopes(
  { model, choices, start, absent, absentStart }: Reading,
  { item, gradients, start: startSlopes }: MarginGradients,
): Pick<Contributions, 'words' | 'start'> {
  const width = model.config.embedding
  const vectorOf = (token: number) => model.weights['embedding'].subarray(token * width, (token + 1) * width)
  const words = Float64Array.from(choices[item].prefix, (token, word) =>
    product(vectorOf(token), vectorOf(absent[word]), gradients['embedding'].subarray(word * width)),
  )
  const sums = Object.keys(start).map((name) => product(start[name], absentStart[name], startSlopes[name]))
  return { words, start: sums.reduce((sum, value) => sum + value, 0) }
}

/** Σ (value − absent) · slope, over the places of the values. */
function product(values: Float32Array, absent: Float32Array, slopes: Float32Array): number {
  let sum = 0
  for (let place = 0; place < values.length; place++) sum += (values[place] - absent[place]) * slopes[place]
  return sum
}
