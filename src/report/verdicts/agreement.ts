// Does the verb agree with its subject? Judged task by task. Where nouns of the other number intervene, only those
// items can tell a model that tracks the subject from one that follows the last noun; always choosing one number makes
// one of the two incongruent conditions perfect and the other empty, so both count, and baselines are averaged over
// them.

import { FEWEST_ITEMS, isIncongruent } from '../../analysis/choose-units.ts'
import type { AgreementBaselines, AgreementOverSeedsRow, AgreementRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { mean } from '../../core/statistics/moments.ts'
import { namedCondition } from '../conditions.ts'
import type { Verdict } from '../document.ts'
import { count, listed, percent, percentInterval, plural } from '../format.ts'
import { judgeAlike } from './rules.ts'

const CHANCE = 0.5

export const BASELINES: Readonly<Record<keyof AgreementBaselines, string>> = {
  majority: 'the commoner number',
  unigram: 'the commoner form',
  lastNoun: 'the last noun',
  ngram: 'the 5-gram model',
}

/**
 * Tasks with incongruent conditions first, those with such conditions of both numbers before others. Tasks that come to
 * the same judgement share the sentence of the first.
 */
export function judgeAgreement(rows: readonly AgreementRow[], models: number): Verdict[] {
  const tasks = [...groupBy(rows, (row) => row.task).values()]
  const misleading = (ofTask: readonly AgreementRow[]) => new Set(ofTask.filter(misleads).map(numberOf)).size
  const ranks = [2, 1, 0].map((numbers) => tasks.filter((ofTask) => misleading(ofTask) === numbers))
  return [[...ranks[0], ...ranks[1]], ranks[2]].flatMap((alike) => judgeAlike(alike, models, judgeTask))
}

/** Where nouns disagree, over the seeds of each model; of one seed nothing is said. */
export function describeAgreementOverSeeds(rows: readonly AgreementOverSeedsRow[]): Verdict[] {
  const telling = rows.filter(({ condition }) => isIncongruent(condition))
  return [...groupBy(telling, ({ model, task }) => `${model} ${task}`).values()].map((own): Verdict => {
    const [{ model, seeds, task, n }] = own
    const shares = own.map((row) => `${percent(row.accuracy)} ${percentInterval(row.low, row.high)} of ${row.condition}`)
    const sentence = `Over ${count(seeds)} seeds, ${model} is right on ${listed(shares)} of ${task} (n = ${count(n)} items each; seeds, lemmas and items resampled).`
    return { judgement: 'description', sentence }
  })
}

function judgeTask(rows: readonly AgreementRow[], where: string): Verdict {
  const task = rows[0].task
  const able = rows.some(misleads) ? rows.filter(misleads) : rows
  const telling = able.filter((row) => row.n >= FEWEST_ITEMS)
  if (telling.length === 0) {
    const most = Math.max(...able.map((row) => row.n))
    const sentence =
      `${where} ${task} cannot show whether the verb agrees: a condition that could tell has at most ` +
      `${plural(most, 'item')}, and fewer than ${FEWEST_ITEMS} decide nothing (seed ${rows[0].seed}).`
    return { judgement: 'cannot tell', sentence }
  }
  const below = telling.filter((row) => row.high < CHANCE)
  if (below.length > 0) return failure(telling, below, where)
  const unclear = telling.filter((row) => row.low <= CHANCE)
  if (unclear.length > 0) return undecided(telling, unclear, where)
  return success(telling, where)
}

function success(rows: readonly AgreementRow[], where: string): Verdict {
  const best = bestBaseline(rows)
  const across = rows.some(misleads) ? ' across a noun of the other number' : ''
  const easy = rows.some(misleads) ? '' : ', where following the last noun would do'
  const numbers = listed(rows.map(accuracyOf))
  if (best.accuracy >= mean(rows.map((row) => row.accuracy))) {
    const sentence =
      `${where} the verb agrees${across} in ${rows[0].task}, right on ${numbers}, but ${best.name} is right on ` +
      `${percent(best.accuracy)}: these items cannot tell whether the model knows more than that (${basis(rows)}).`
    return { judgement: 'cannot tell', sentence }
  }
  const sentence =
    `${where} the verb agrees with its subject${across} in ${rows[0].task}${easy}: right on ${numbers}; the best ` +
    `baseline, ${best.name}, is right on ${percent(best.accuracy)} of the same items (${basis(rows)}).`
  return { judgement: 'found', sentence }
}

function failure(rows: readonly AgreementRow[], below: readonly AgreementRow[], where: string): Verdict {
  const others = rows.filter((row) => !below.includes(row))
  const best = bestBaseline(rows)
  const follows = below.every(misleads) ? ': there this model follows the last noun' : ''
  const rest = others.length > 0 ? ` It succeeds on ${listed(others.map(accuracyOf))}${leaning(below, others)}.` : ''
  const sentence =
    `${where} agreement fails on ${listed(below.map(phrase))}, below chance${follows}.${rest} The best baseline over ` +
    `${rows.length === 1 ? 'this condition' : 'these conditions'}, ${best.name}, is right on ` +
    `${percent(best.accuracy)} (${basis(rows)}).`
  return { judgement: 'not found', sentence }
}

function undecided(rows: readonly AgreementRow[], unclear: readonly AgreementRow[], where: string): Verdict {
  const best = bestBaseline(rows)
  const sentence =
    `${where} ${rows[0].task} cannot show that the verb agrees: the interval of ${listed(unclear.map(accuracyOf))} ` +
    `includes chance; the best baseline, ${best.name}, is right on ${percent(best.accuracy)} (${basis(rows)}).`
  return { judgement: 'cannot tell', sentence }
}

/** Right on PS and wrong on SP is a preference for plural verbs, not a memory of the subject. */
function leaning(below: readonly AgreementRow[], others: readonly AgreementRow[]): string {
  if (![...below, ...others].every((row) => isIncongruent(row.condition))) return ''
  const wrong = new Set(below.map((row) => row.condition[0]))
  const right = new Set(others.map((row) => row.condition[0]))
  if (wrong.size !== 1 || right.size !== 1 || wrong.has([...right][0])) return ''
  return `, so where nouns disagree it leans to the ${right.has('P') ? 'plural' : 'singular'} verb`
}

/** Where no noun comes between, the last noun is the subject itself and no baseline. */
function bestBaseline(rows: readonly AgreementRow[]): { name: string; accuracy: number } {
  const keys = (Object.keys(BASELINES) as (keyof AgreementBaselines)[]).filter(
    (key) => key !== 'lastNoun' || rows.some(misleads),
  )
  const averages = keys.map((key) => ({ name: BASELINES[key], accuracy: mean(rows.map((row) => row[key])) }))
  return averages.reduce((best, other) => (other.accuracy > best.accuracy ? other : best))
}

/** The last noun before the verb points to the wrong form on most items. */
function misleads(row: AgreementRow): boolean {
  return row.lastNoun < CHANCE
}

/** `S` or `P`: the subject's. */
function numberOf(row: AgreementRow): string {
  return row.condition.charAt(0)
}

function accuracyOf(row: AgreementRow): string {
  return `${row.condition} ${percent(row.accuracy)} ${percentInterval(row.low, row.high)}`
}

function phrase(row: AgreementRow): string {
  const right = `${percent(row.accuracy)} ${percentInterval(row.low, row.high)} right`
  return `${namedCondition(row.task, row.condition)} with ${right}`
}

function basis(rows: readonly AgreementRow[]): string {
  const sizes = [...new Set(rows.map((row) => row.n))]
  const each = sizes.length === 1 && rows.length > 1 ? ' each' : ''
  const n = `n = ${sizes.map(count).join(', ')}${each}`
  return `${n}, 95 % interval clustered by lemma, chance 50 %, seed ${rows[0].seed}`
}
