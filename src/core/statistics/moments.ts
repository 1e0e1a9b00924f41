// Sums in a fixed order, so that one set of numbers always gives the same bits.

/** NaN for no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += values[index]
  return sum / values.length
}

/**
 * Standard deviation of a sample (n − 1 in the denominator), in two passes; 0 for fewer than two values.
 * @param centre their mean, where it is known
 */
export function standardDeviation(values: ArrayLike<number>, centre = mean(values)): number {
  if (values.length < 2) return 0
  let sum = 0
  for (let index = 0; index < values.length; index++) sum += (values[index] - centre) ** 2
  return Math.sqrt(sum / (values.length - 1))
}

/** Pearson's correlation; 0 where one side does not vary. */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const centreX = mean(x)
  const centreY = mean(y)
  let xx = 0
  let yy = 0
  let xy = 0
  for (let index = 0; index < x.length; index++) {
    const dx = x[index] - centreX
    const dy = y[index] - centreY
    xx += dx * dx
    yy += dy * dy
    xy += dx * dy
  }
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy)
}

/**
 * Least-squares slope of y on x; 0 where x does not vary.
 * @param weights of the points; equal by default
 */
export function slope(x: ArrayLike<number>, y: ArrayLike<number>, weights?: ArrayLike<number>): number {
  let [sum, sumX, sumY] = [0, 0, 0]
  for (let index = 0; index < x.length; index++) {
    const weight = weights?.[index] ?? 1
    sum += weight
    sumX += weight * x[index]
    sumY += weight * y[index]
  }
  let [xx, xy] = [0, 0]
  for (let index = 0; index < x.length; index++) {
    const dx = x[index] - sumX / sum
    xx += (weights?.[index] ?? 1) * dx * dx
    xy += (weights?.[index] ?? 1) * dx * (y[index] - sumY / sum)
  }
  return xx === 0 ? 0 : xy / xx
}
