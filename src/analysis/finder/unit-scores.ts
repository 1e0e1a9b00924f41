// How well a unit tells the answers of a probe: the area under the ROC curve for yes or no, Pearson's correlation for an
// amount. Both have a side, which is kept: 0 and −1 are as good as 1.

import { correlation } from '../../core/statistics/moments.ts'
import type { Probe } from '../../probe.ts'

export interface LabelledProbe {
  readonly probe: Probe
  /** at every sample; NaN where it is not decided */
  readonly labels: Float32Array
}

/** The score that says nothing. */
export function chanceScore({ answers }: Probe): number {
  return answers === 'yes-no' ? 0.5 : 0
}

/** From 0 to 1: how far a score is from the one that says nothing. */
export function strength(score: number, probe: Probe): number {
  return probe.answers === 'yes-no' ? Math.abs(score - 0.5) * 2 : Math.abs(score)
}

/** 1 where the unit is higher at a yes, or with the amount; -1 where it is lower. */
export function signOf(score: number, probe: Probe): 1 | -1 {
  return (probe.answers === 'yes-no' ? score - 0.5 : score) < 0 ? -1 : 1
}

/** The score of one unit for each probe. */
export function scoreUnit(values: Float32Array, probes: readonly LabelledProbe[]): Float64Array {
  const order = probes.some(({ probe }) => probe.answers === 'yes-no') ? ascending(values) : null
  return Float64Array.from(probes, ({ probe, labels }) => {
    if (order && probe.answers === 'yes-no') return areaInOrder(values, order, labels)
    const [x, y] = decided(values, labels)
    return correlation(x, y)
  })
}

/** The samples at which a probe is decided. */
export function decided(values: Float32Array, labels: Float32Array): [Float32Array, Float32Array] {
  const known = (_: number, sample: number) => !Number.isNaN(labels[sample])
  return [values.filter(known), labels.filter(known)]
}

function ascending(values: Float32Array): Uint32Array {
  const order = new Uint32Array(values.length)
  for (let index = 0; index < order.length; index++) order[index] = index
  return order.sort((a, b) => values[a] - values[b])
}

/** Pairs of a yes above a no over all pairs, ties counting half, from the samples in ascending order of their values. */
function areaInOrder(values: Float32Array, order: Uint32Array, labels: Float32Array): number {
  let below = 0
  let yes = 0
  let pairs = 0
  for (let first = 0; first < order.length; ) {
    let last = first
    let [tiedYes, tiedNo] = [0, 0]
    for (; last < order.length && values[order[last]] === values[order[first]]; last++) {
      const label = labels[order[last]]
      if (label === 1) tiedYes++
      else if (label === 0) tiedNo++
    }
    pairs += tiedYes * (below + tiedNo / 2)
    below += tiedNo
    yes += tiedYes
    first = last
  }
  return yes === 0 || below === 0 ? 0.5 : pairs / (yes * below)
}
