// Some of the seeds of a model, and the share of all seeds that they stand for.

import { wilson } from '../core/statistics/proportions.ts'
import { count, interval, plural } from './format.ts'

/** With Wilson's 95 % interval. */
export interface SeedShare {
  readonly count: number
  readonly seeds: number
  readonly low: number
  readonly high: number
}

/** @param items one a seed */
export function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): SeedShare {
  const count = items.filter(holds).length
  return { count, seeds: items.length, ...wilson(count, items.length) }
}

/** `7 of 10 seeds [40, 89]`, the interval in percent. */
export function seedText({ count: holding, seeds, low, high }: SeedShare): string {
  return `${count(holding)} of ${plural(seeds, 'seed')} ${interval(low * 100, high * 100, 0)}`
}
