// Interleaved measurement: in each round every contestant runs once, so that a slow minute of the machine is shared by all.
// Times are medians over rounds; a ratio is taken within each round, and its spread is the smallest and the largest.

import { quantile } from '../../src/core/statistics/interval.ts'

/** Something that can be timed; resolves to seconds. */
export type Contestant = () => Promise<number>

/** Seconds of each contestant in each round: `[contestant][round]`. The order turns with the round. */
export async function interleave(contestants: readonly Contestant[], rounds: number): Promise<number[][]> {
  const times: number[][] = contestants.map(() => [])
  for (const contestant of contestants) await contestant() // warm
  for (let round = 0; round < rounds; round++) {
    for (let place = 0; place < contestants.length; place++) {
      const index = (place + round) % contestants.length
      times[index].push(await contestants[index]())
    }
  }
  return times
}

export function median(values: readonly number[]): number {
  return quantile(values.toSorted((a, b) => a - b), 0.5)
}

export interface Ratio {
  readonly median: number
  readonly low: number
  readonly high: number
}

/** `numerator` over `denominator`, round by round. */
export function ratioOf(numerator: readonly number[], denominator: readonly number[]): Ratio {
  const ratios = numerator.map((value, round) => value / denominator[round])
  return { median: median(ratios), low: Math.min(...ratios), high: Math.max(...ratios) }
}

/** The contestant with the smallest median. */
export function fastest(times: readonly (readonly number[])[]): number {
  const medians = times.map(median)
  return medians.indexOf(Math.min(...medians))
}
