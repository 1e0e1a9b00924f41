// Paired values: does one side tend to be larger? The exact signed-rank test of Wilcoxon (1945): under chance every
// difference is as likely to have the one sign as the other, whatever its size.

export interface SignedRank {
  readonly positive: number
  readonly negative: number
  /** pairs without a difference, which say nothing about its sign */
  readonly zero: number
  /** two-sided; 1 where no pair differs */
  readonly p: number
  /** two-sided p if all pairs differed in one direction */
  readonly smallestP: number
}

/** Exact with ties, too: equal sizes share the mean of their ranks, and the distribution is that of these ranks. */
export function signedRank(differences: ArrayLike<number>): SignedRank {
  const values = Array.from(differences)
  const changed = values.filter((value) => value !== 0)
  const ranks = doubledRanks(changed.map(Math.abs))
  const positive = changed.filter((value) => value > 0).length
  const upper = ranks.reduce((sum, rank, index) => (changed[index] > 0 ? sum + rank : sum), 0)
  const total = ranks.reduce((sum, rank) => sum + rank, 0)
  return {
    positive,
    negative: changed.length - positive,
    zero: values.length - changed.length,
    p: Math.min(1, 2 * chanceOfAtMost(Math.min(upper, total - upper), ranks)),
    smallestP: Math.min(1, 2 ** (1 - values.length)),
  }
}

/** Twice the rank of each value among all, from 1; equal ones share their mean, so that these are whole numbers. */
function doubledRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const smaller = values.filter((other) => other < value).length
    const equal = values.filter((other) => other === value).length
    return 2 * smaller + equal + 1
  })
}

/** The chance that the ranks of one sign sum to `limit` or less, each rank having it with probability ½. */
function chanceOfAtMost(limit: number, ranks: readonly number[]): number {
  const chances = new Float64Array(limit + 1)
  chances[0] = 1
  for (const rank of ranks) {
    for (let sum = limit; sum >= 0; sum--) chances[sum] = (chances[sum] + (sum >= rank ? chances[sum - rank] : 0)) / 2
  }
  return chances.reduce((sum, chance) => sum + chance, 0)
}
