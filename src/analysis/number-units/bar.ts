// The bar that a unit of number is held to, as it is fixed before the items that judge are looked at: which unit, in which
// condition, and the thresholds. The report applies it.

import { isIncongruent, isOutsideBand } from '../choose-units.ts'
import type { AblationRow } from '../results.ts'

export const BAR = {
  /** least drop in accuracy, set to the mean and to zero, and the level of p, corrected over the confirmed units and all conditions */
  drop: 0.1,
  level: 0.05,
  /** least drop, as a multiple of the largest of the units like it */
  times: 3,
  /** most that it may cost where any noun gives the right form */
  elsewhere: 0.05,
  /** on ordinary text it may cost as much as the median unit like it and this many standard deviations */
  deviations: 2,
  /** least AUC of its value at every word from the subject to the verb */
  auc: 0.95,
  /** least AUC with which the decoder's weights for it separate singular from plural verbs */
  separation: 0.9,
  /** least share of choices that its value turns, copied from the sentence with the other subject */
  turned: 0.3,
  /** more than this share of the networks must pass */
  seeds: 0.5,
} as const

/**
 * The row of the unit and condition that are judged: of those in which nouns disagree the one whose drop stands out most,
 * set to its mean and, where that was asked, to zero.
 * @param rows of one model and seed, of the half that chooses
 * @returns that of the mean; null where none stands out
 */
export function judgedByBar(rows: readonly AblationRow[]): AblationRow | null {
  const standing = rows.filter((row) => isIncongruent(row.condition) && row.intact > 0.5 && isOutsideBand(row))
  const keyOf = ({ unit, task, condition }: AblationRow) => `${unit} ${task} ${condition}`
  const withZero = new Set(standing.filter(({ set }) => set === 'zero').map(keyOf))
  const asked = rows.some(({ set }) => set === 'zero')
  const able = standing.filter((row) => row.set === 'mean' && (!asked || withZero.has(keyOf(row))))
  return able.length === 0 ? null : able.reduce((most, row) => (row.drop > most.drop ? row : most))
}
