// Units like a given one. Most units of a network do little, so that random units are an unfair comparison: removing a
// unit is judged against units of its site that are as active, vary as much, and write as strongly.

import { mean, standardDeviation } from '../core/statistics/moments.ts'
import { inputWidth } from '../model/config.ts'
import type { Model } from '../model/model.ts'
import type { Site } from '../model/sites.ts'
import { decoderMatrix } from '../model/weights.ts'
import type { Recording } from '../recording/recording.ts'

/** What each unit of a site does over a text; one entry a unit. */
export interface Activity {
  readonly mean: Float64Array
  /** mean of |value| */
  readonly size: Float64Array
  /** standard deviation */
  readonly spread: Float64Array
}

export async function unitActivity(recording: Recording, site: string): Promise<Activity> {
  const width = recording.widths[site]
  const sum = new Float64Array(width)
  const size = new Float64Array(width)
  const squares = new Float64Array(width)
  for await (const { count, values } of recording) {
    for (let place = 0; place < count * width; place++) {
      const value = values[site][place]
      const unit = place % width
      sum[unit] += value
      size[unit] += Math.abs(value)
      squares[unit] += value * value
    }
  }
  const average = sum.map((value) => value / recording.count)
  return {
    mean: average,
    size: size.map((value) => value / recording.count),
    spread: squares.map((value, unit) => Math.sqrt(Math.max(0, value / recording.count - average[unit] ** 2))),
  }
}

/**
 * The norm of the weights that read each unit's hidden value: its layer's next step, and the layer above or the
 * decoder. A gate, candidate or cell has the norm of the hidden unit of its number, by which alone it is read. The
 * embedding has the weights into layer 0.
 */
export function outgoingNorms({ config, weights }: Model, { layer, quantity }: Site): Float64Array {
  if (quantity === 'embedding' || layer === null) {
    return rowSquares(weights['0.kernel'], inputWidth(config, 0)).map(Math.sqrt)
  }
  const own = rowSquares(weights[`${layer}.recurrentKernel`], config.units)
  const above =
    layer + 1 < config.layers
      ? rowSquares(weights[`${layer + 1}.kernel`], config.units)
      : columnSquares(decoderMatrix(config, weights), config.units)
  return own.map((square, unit) => Math.sqrt(square + above[unit]))
}

/** For each unit the `count` others nearest to it in size, spread and outgoing norm, each in standard deviations. */
export function comparableUnits(activity: Activity, norms: Float64Array, count: number): number[][] {
  const features = [activity.size, activity.spread, norms].map(standardized)
  const distance = (a: number, b: number) => features.reduce((sum, feature) => sum + (feature[a] - feature[b]) ** 2, 0)
  return Array.from(norms, (_, unit) => {
    const others = Array.from(norms, (_, other) => ({ other, distance: distance(unit, other) }))
    return others
      .filter(({ other }) => other !== unit)
      .sort((a, b) => a.distance - b.distance)
      .slice(0, count)
      .map(({ other }) => other)
  })
}

function standardized(values: Float64Array): Float64Array {
  const centre = mean(values)
  const spread = standardDeviation(values) || 1
  return values.map((value) => (value - centre) / spread)
}

/** Σ w² of each of `rows` rows of a row-major matrix. */
function rowSquares(matrix: Float32Array, rows: number): Float64Array {
  const columns = matrix.length / rows
  const squares = new Float64Array(rows)
  for (let place = 0; place < matrix.length; place++) squares[Math.floor(place / columns)] += matrix[place] ** 2
  return squares
}

/** Σ w² of each of `columns` columns. */
function columnSquares(matrix: Float32Array, columns: number): Float64Array {
  const squares = new Float64Array(columns)
  for (let place = 0; place < matrix.length; place++) squares[place % columns] += matrix[place] ** 2
  return squares
}
