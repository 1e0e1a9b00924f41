// The interval of a correlation whose samples come in clusters: the bootstrap draws whole clusters, from their sums.

import type { Random } from '../random.ts'
import { percentileInterval, type MaybeInterval } from './interval.ts'

/** n, Σx, Σy, Σx², Σy², Σxy of one cluster. */
type Sums = readonly [number, number, number, number, number, number]

/** The 95 % interval of Pearson's correlation; none where there is only one cluster. */
export function correlationInterval(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  clusters: readonly string[],
  resamples: number,
  random: Random,
): MaybeInterval {
  const sums = [...sumClusters(x, y, clusters).values()]
  if (sums.length < 2) return { low: null, high: null }
  return percentileInterval(Float64Array.from({ length: resamples }, () => {
    const drawn = sums.map(() => sums[random.integer(sums.length)])
    return correlationOf(drawn.reduce((a, b) => a.map((sum, index) => sum + b[index]) as unknown as Sums))
  }))
}

function sumClusters(x: ArrayLike<number>, y: ArrayLike<number>, clusters: readonly string[]): Map<string, Sums> {
  const sums = new Map<string, Sums>()
  clusters.forEach((cluster, index) => {
    const [a, b] = [x[index], y[index]]
    const [n, sumX, sumY, xx, yy, xy] = sums.get(cluster) ?? [0, 0, 0, 0, 0, 0]
    sums.set(cluster, [n + 1, sumX + a, sumY + b, xx + a * a, yy + b * b, xy + a * b])
  })
  return sums
}

function correlationOf([n, sumX, sumY, xx, yy, xy]: Sums): number {
  const spread = Math.sqrt(Math.max(0, (n * xx - sumX * sumX) * (n * yy - sumY * sumY)))
  return spread === 0 ? 0 : (n * xy - sumX * sumY) / spread
}
