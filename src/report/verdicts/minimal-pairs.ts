// Does the model prefer the right one of two sentences? Judged file by file, against chance and, pair by pair, against the
// better model that counts. That a group goes the wrong way has to be sure for the number of groups that were looked at.

import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import type { PairShareRow } from '../../analysis/results.ts'
import { twoSidedNormal } from '../../core/statistics/normal.ts'
import type { Judgement, Verdict } from '../document.ts'
import { count, fixed, percent, percentInterval, plural } from '../format.ts'
import { judgeByModel, LEVEL } from './rules.ts'

const CHANCE = 0.5
/** standard deviations to either limit of a 95 % interval */
const NORMAL_95 = 1.96

/** One verdict a model and file. */
export function judgePairs(rows: readonly PairShareRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, (own, where) => {
    const all = own.find(({ by }) => by === 'all')!
    const [best, name] = all.ngram >= all.unigram ? [all.ngram, 'the 5-gram model'] : [all.unigram, 'the unigram model']
    const what = all.scoring === 'word' ? 'the word that decides' : 'the whole sentence'
    const worst = worstOf(own)
    const weakest = worst && worst.right < all.right ? `; the least, ${shareText(worst)}, where ${worst.by} is ${worst.group}` : ''
    const basis =
      `(log p of ${what}, n = ${count(all.n)}, ${plural(all.clusters, 'sentence')}, 95 % interval clustered by them, ` +
      `chance 50 %, seed ${all.seed}).`
    const points = `${fixed(100 * all.gain, 1)} points${pointInterval(all.gainLow, all.gainHigh)}`
    const gain = `${points} beyond ${name}, trained on this experiment’s text (${percent(best)})`
    const numbers = `in ${shareText(all)} of the pairs of ${all.task}, ${gain}${weakest} ${basis}`
    const say = (judgement: Judgement, claim: string): Verdict => ({ judgement, sentence: `${where} ${claim} ${numbers}` })
    const right = 'the right one of two sentences is preferred more often than'
    if (all.clusters < FEWEST_ITEMS) {
      return say('cannot tell', `it cannot be told which sentences are preferred, for fewer than ${FEWEST_ITEMS} decide nothing: the right one`)
    }
    if (worst && isSurelyBelowChance(worst, own.length - 1) && all.high >= CHANCE) {
      return say('not found', 'the wrong one of two sentences is preferred in a part of the pairs: the right one')
    }
    if (all.low > CHANCE && (all.gainLow ?? 0) > 0) return say('found', `${right} counting explains:`)
    if (all.low > CHANCE) return say('candidate', `${right} not, which counting can explain, too:`)
    if (all.high < CHANCE) return say('not found', 'the wrong one of two sentences is preferred: the right one')
    return say('not found', 'neither of two sentences is preferred for being right: the right one')
  })
}

/** The group with the lowest share, of those that can say something. */
function worstOf(rows: readonly PairShareRow[]): PairShareRow | undefined {
  const groups = rows.filter(({ by, n }) => by !== 'all' && n >= FEWEST_ITEMS)
  return groups.length < 2 ? undefined : groups.reduce((worst, row) => (row.right < worst.right ? row : worst))
}

/** Bonferroni: the upper limit, as far out as so many groups ask for, is below chance. */
function isSurelyBelowChance({ right, high }: PairShareRow, groups: number): boolean {
  const deviations = (CHANCE - right) / Math.max(high - right, 1e-9) * NORMAL_95
  return right < CHANCE && twoSidedNormal(deviations) * groups < LEVEL
}

function pointInterval(low: number | null, high: number | null): string {
  return low === null || high === null ? '' : ` [${fixed(100 * low, 1)}, ${fixed(100 * high, 1)}]`
}

function shareText({ right, low, high }: PairShareRow): string {
  return `${percent(right)} ${percentInterval(low, high)}`
}
