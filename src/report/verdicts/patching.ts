// Do the chosen units' values alone carry number from one sentence to another, and does holding them mend errors?

import { FEWEST_ITEMS, isIncongruent } from '../../analysis/choose-units.ts'
import { BAR } from '../../analysis/number-units/bar.ts'
import type { PatchedWritingRow, PatchingResult, PatchPairsRow, PatchOverSeedsRow, PatchRow, RepairRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { mean } from '../../core/statistics/moments.ts'
import { describeCondition, namedCondition } from '../conditions.ts'
import type { Verdict } from '../document.ts'
import { isOf } from '../evidence.ts'
import { count, fixed, interval, listed, percent, percentInterval, plural } from '../format.ts'
import { judgeByModel } from './rules.ts'

export function judgePatching({ pairs, rows }: Pick<PatchingResult, 'pairs' | 'rows'>, models: number): Verdict[] {
  return judgeByModel(pairs, models, ([own], where) => {
    const patched = rows.filter((row) => isOf(row, own))
    if (patched.length > 0) return judgeUnits(patched, where)
    const sentence =
      `${where} it cannot be told whether values carry number from sentence to sentence: in none of ${plural(own.pairs, 'pair')} of ` +
      `${own.task} items are both sentences right without a patch (seed ${own.seed}).`
    return { judgement: 'cannot tell', sentence }
  })
}

export function judgeRepairs(rows: readonly RepairRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, judgeHeld, {
    about: 'held at means',
    measures: [
    { name: 'errors mended where there are enough of them', of: (own) => (mostErrors(own).errors < FEWEST_ITEMS ? null : mostErrors(own).repaired), as: 'share' },
    { name: 'right choices broken by the other number', of: (own) => heldAtOther(own).broken, as: 'share' },
    { name: 'those broken by the most telling group like them', of: (own) => heldAtOther(own).brokenByOthers, as: 'share' },
    ],
  })
}

/** Of the conditions in which units are held at their own number, the one with most errors. */
function mostErrors(rows: readonly RepairRow[]): RepairRow {
  const own = rows.filter(({ heldAt }) => heldAt === 'own number')
  return own.reduce((best, row) => (row.errors > best.errors ? row : best))
}

/** The same condition held at the other number. */
function heldAtOther(rows: readonly RepairRow[]): RepairRow {
  const { condition } = mostErrors(rows)
  return rows.find((row) => row.heldAt === 'other number' && row.condition === condition)!
}

/**
 * Rows at one word, where the nouns disagree if they ever do: the word at which copying all units turns most choices, the
 * last of them. The chosen units have no say in it.
 */
export function judgedWord(rows: readonly PatchRow[]): PatchRow[] {
  const incongruent = rows.filter(({ condition }) => isIncongruent(condition))
  const own = incongruent.length > 0 ? incongruent : rows
  const positions = [...groupBy(own, ({ position }) => position)].sort(([a], [b]) => a - b)
  const turned = ([, at]: (typeof positions)[number]) =>
    at.reduce((sum, { patched, flips, n }) => sum + (patched === 'all units' ? flips * n : 0), 0)
  return positions.reduce((best, at) => (turned(at) >= turned(best) ? at : best))[1]
}

/** The rows of the chosen units together, or of the only one. */
function ofChosen(rows: readonly PatchRow[]): PatchRow[] {
  const together = rows.filter(({ patched }) => patched === 'chosen units')
  return together.length > 0 ? together : rows.filter(({ patched }) => patched === rows[0].patched)
}

/** Beyond every unit or group like it, by the lower end of its interval, and often enough. */
function turnsChoices({ flips, low, bandHigh }: PatchRow): boolean {
  return bandHigh !== null && low > bandHigh && flips >= BAR.turned
}

function judgeUnits(rows: readonly PatchRow[], where: string): Verdict {
  const ends = judgedWord(rows)
  const own = ofChosen(ends)
  const [{ seed, word, task, size }] = own
  const who = size === 1 ? own[0].patched : `the ${count(size)} chosen units`
  const enough = own.filter(({ n }) => n >= FEWEST_ITEMS)
  const able = enough.filter((row) => of(ends, row, 'all units').flips >= BAR.turned)
  if (able.length === 0) {
    const most = Math.max(...own.map(({ n }) => n))
    const why = enough.length === 0
      ? `at most ${plural(most, 'item')} of ${task} are right without a patch, and fewer than ${FEWEST_ITEMS} decide nothing`
      : `copying all units at “${word}”, where that does most, turns ` +
        listed(enough.map((row) => `${percent(of(ends, row, 'all units').flips)} of ${named(row)}`))
    const sentence = `${where} it cannot be told whether the values of ${who} carry number from sentence to sentence: ${why} (seed ${seed}).`
    return { judgement: 'cannot tell', sentence }
  }
  const turning = able.filter(turnsChoices)
  const judgement = turning.length === 0 ? 'not found' : turning.length === own.length ? 'found' : 'candidate'
  const untold = own.filter((row) => !able.includes(row))
  const opening = {
    found: `the values of ${who} carry number from sentence to sentence, both ways`,
    candidate:
      `the values of ${who} carry number from sentence to sentence for ${listed(turning.map(named))}` +
      (untold.length === 0 ? ' alone' : `; it cannot be told for ${listed(untold.map(named))}`),
    'not found': `the values of ${who} do not carry number from sentence to sentence`,
  }[judgement]
  const counts = able.map((row) =>
    `${percent(row.flips)} ${percentInterval(row.low, row.high)} of ${named(row)} (units like them at most ` +
    `${percent(row.bandHigh ?? 0)}; all other units ${percent(of(ends, row, 'all other units').flips)}, all units ` +
    `${percent(of(ends, row, 'all units').flips)})`,
  )
  const alone = size === 1 ? [] : able.flatMap((row) => bestAlone(ends, row))
  const sentence =
    `${where} ${opening}: copied at “${word}” from the sentence with the other subject, they turn the choice of ` +
    `${listed(counts)}${alone.length === 0 ? '' : `; the best one alone, ${listed(alone)}`} ` +
    `(${listed(able.map(({ condition, n }) => `${condition} n = ${count(n)}`))} ${task} items that did not choose them, seed ${seed}).`
  return { judgement, sentence }
}

function named({ condition }: PatchRow): string {
  return describeCondition(condition) ?? condition
}

function of(rows: readonly PatchRow[], { condition }: PatchRow, patched: PatchRow['patched']): PatchRow {
  return rows.find((row) => row.condition === condition && row.patched === patched)!
}

/** `0.cell.24 100.0 % of SP` */
function bestAlone(rows: readonly PatchRow[], { condition }: PatchRow): string[] {
  const alone = rows.filter((row) => row.condition === condition && row.size === 1)
  if (alone.length === 0) return []
  const best = alone.reduce((most, row) => (row.moved > most.moved ? row : most))
  return [`${best.patched} ${percent(best.flips)} of ${condition}`]
}

/** How often networks of a make turn; of one seed nothing is said. */
export function describePatchesOverSeeds(rows: readonly PatchOverSeedsRow[]): Verdict[] {
  return [...groupBy(rows, ({ model }) => model).values()].flatMap((ofModel): Verdict[] => {
    const own = ofModel.filter(({ patched }) => patched === 'chosen units')
    const turns = own.map((row) => (
      `${percent(row.flips)} ${percentInterval(row.low, row.high)} of ${describeCondition(row.condition) ?? row.condition} (all other units ` +
      `${percent(ofModel.find(({ patched, condition }) => patched === 'all other units' && condition === row.condition)?.flips ?? NaN)}; ` +
      `${plural(row.seeds, 'seed')})`
    ))
    if (own.length === 0) return []
    const [{ model, task }] = own
    const sentence =
      `Over the seeds of ${model} that are right on pairs, the values of the chosen units, copied at the word before the verb of ${task} items, turn the ` +
      `choice of ${listed(turns)} (seeds, lemmas and items resampled).`
    return [{ judgement: 'description', sentence }]
  })
}

/** The condition with most errors. */
function judgeHeld(rows: readonly RepairRow[], where: string): Verdict {
  const [most, other] = [mostErrors(rows), heldAtOther(rows)]
  const { group, task, condition, errors, rights, random, seed } = most
  const opposite = other.broken === null
    ? ''
    : `; held at the other number they break ${share(other.broken, other.brokenLow, other.brokenHigh)} of what was right ` +
      `(groups like them at most ${percent(other.brokenByOthers ?? 0)})`
  const basis = `${plural(errors, 'error')} in ${count(errors + rights)} items, ${plural(random, 'group')}, seed ${seed}`
  if (errors < FEWEST_ITEMS) {
    const sentence =
      `${where} it cannot be told whether holding ${group} at the mean of a number mends errors: there are at most ` +
      `${count(errors)} in a condition, on ${namedCondition(task, condition)}${opposite} (${basis}).`
    return { judgement: 'cannot tell', sentence }
  }
  const mends = most.repairedLow! > most.repairedByOthers!
  const sentence =
    `${where} holding ${group}, from the subject on, at what they are on average in other sentences with a subject of that ` +
    `number that are right, ${mends ? 'mends' : 'does not mend'} errors: ${share(most.repaired!, most.repairedLow, most.repairedHigh)} of ` +
    `those on ${namedCondition(task, condition)}, groups like them at most ${percent(most.repairedByOthers!)}` +
    `${most.broken === null ? '' : `; of what was right they break ${percent(most.broken)}`}${opposite} (${basis}).`
  return { judgement: mends ? 'found' : 'not found', sentence }
}

/** What is written after sentences in which nouns disagree: does the first verb take the number that was copied? */
export function judgeWriting({ pairs, writing }: Pick<PatchingResult, 'pairs' | 'writing'>, models: number): Verdict[] {
  const conditionsOf = ([own]: readonly PatchPairsRow[]) =>
    [...groupBy(writing.filter((row) => isOf(row, own)), ({ condition }) => condition).values()].map(armsOf)
  const turnedWith = (arm: keyof WritingArms) => (own: readonly PatchPairsRow[]) => {
    const able = conditionsOf(own).filter(isAble)
    return able.length === 0 ? null : mean(able.map((arms) => arms[arm].turned!))
  }
  return judgeByModel(pairs, models, (own, where) => judgeWritten(own[0], conditionsOf(own), where), {
    about: 'in what they write',
    measures: [
      { name: 'texts turned', of: turnedWith('chosen'), as: 'share' },
      { name: 'texts turned by units like them', of: turnedWith('like'), as: 'share' },
      { name: 'texts turned where nothing is copied', of: turnedWith('nothing'), as: 'share' },
    ],
  })
}

/** What is written after sentences of one condition. */
interface WritingArms {
  readonly chosen: PatchedWritingRow
  readonly like: PatchedWritingRow
  readonly nothing: PatchedWritingRow
}

function armsOf(rows: readonly PatchedWritingRow[]): WritingArms {
  const of = (patched: PatchedWritingRow['patched']) => rows.find((row) => row.patched === patched)!
  return { chosen: of('chosen units'), like: of('units like them'), nothing: of('nothing') }
}

function isAble(arms: WritingArms): boolean {
  return fewestTexts(arms) >= FEWEST_ITEMS
}

function fewestTexts(arms: WritingArms): number {
  return Math.min(...Object.values(arms).map(({ n }: PatchedWritingRow) => n))
}

/** @param conditions of one trained model */
function judgeWritten({ task, seed }: PatchPairsRow, conditions: readonly WritingArms[], where: string): Verdict {
  const able = conditions.filter(isAble)
  if (able.length === 0) {
    const most = Math.max(0, ...conditions.map(fewestTexts))
    const sentence =
      `${where} it cannot be told whether copied values turn what is written: at most ${plural(most, 'sentence')} a condition, right ` +
      `without a patch, ${most === 1 ? 'has' : 'have'} a verb written after ${most === 1 ? 'it' : 'them'} (seed ${seed}).`
    return { judgement: 'cannot tell', sentence }
  }
  const turning = able.filter(({ chosen, like, nothing }) => chosen.low! > Math.max(like.high!, nothing.high!))
  const numbers = new Set(turning.map(({ chosen: { condition } }) => condition[0]))
  const judgement = turning.length === 0 ? 'not found' : numbers.size === 2 && turning.length === conditions.length ? 'found' : 'candidate'
  const opening = {
    found: 'what is written takes the number that is copied, both ways',
    candidate: `what is written takes the number that is copied after ${listed(turning.map(({ chosen }) => chosen.condition))}`,
    'not found': 'what is written does not take the number that is copied',
  }[judgement]
  const shares = able.map(({ chosen, like, nothing }) =>
    `${share(chosen.turned!, chosen.low, chosen.high)} after ${chosen.condition} (units like them ${percent(like.turned!)}, nothing ` +
    `copied ${percent(nothing.turned!)}; ${count(chosen.n)} of ${plural(chosen.texts, 'text')} with a verb)`)
  return {
    judgement,
    sentence: `${where} ${opening}: the first verb has the number of the sentence that lends the chosen units’ values in ${listed(shares)} (${task} items that did not choose them, seed ${seed}).`,
  }
}

function share(value: number, low: number | null, high: number | null): string {
  return `${fixed(value * 100, 1)} % ${interval(low === null ? null : low * 100, high === null ? null : high * 100, 1)}`
}
