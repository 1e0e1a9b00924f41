// The three discounts of modified Kneser-Ney smoothing, estimated from counts of counts (Chen & Goodman 1999, equation
// 26): Y = n1 / (n1 + 2 n2), D1 = 1 − 2 Y n2 / n1, D2 = 2 − 3 Y n3 / n2, D3+ = 3 − 4 Y n4 / n3.

/** What is taken from a count of 0, 1, 2, and 3 or more. */
export type Discounts = readonly [0, number, number, number]

/** Where a text is too small or too regular for the estimate (no n-gram is seen once, say), as in KenLM. */
export const FALLBACK: Discounts = [0, 0.5, 1, 1.5]

/** @param once how many n-grams there are besides, each with a count of 1 */
export function estimateDiscounts(counts: Int32Array, once = 0): Discounts {
  const seen = [0, once, 0, 0, 0]
  for (const count of counts) if (count < seen.length) seen[count]++
  const [, n1, n2, n3, n4] = seen
  const y = n1 / (n1 + 2 * n2)
  const discounts = [0, 1 - (2 * y * n2) / n1, 2 - (3 * y * n3) / n2, 3 - (4 * y * n4) / n3] as const
  const sane = discounts.every((discount, count) => discount >= 0 && discount <= count)
  return sane ? discounts : FALLBACK
}

/** The discount of a count. */
export function discountOf(discounts: Discounts, count: number): number {
  return discounts[count < 3 ? count : 3]
}
