// Does the model expect the words that go together? Judged on crossed pairs, in which all that is said of a word alone
// cancels, and on real objects, where it must do better than the best model that only counts. What it looks at is what
// the object loses where a word is left out.

import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import type { InfluenceRow, PreferenceRow } from '../../analysis/results.ts'
import type { Verdict } from '../document.ts'
import { count, fixed, interval, listed, percent, percentInterval } from '../format.ts'
import { judgeByModel } from './rules.ts'

const CHANCE = 0.5
/** A gain over chance, or over counting, that is sure to be smaller is called none. */
const NEGLIGIBLE = 0.05

/** One verdict a model: crossed pairs. */
export function judgeCrossed(rows: readonly PreferenceRow[], models: number): Verdict[] {
  return judgeByModel(rows.filter(({ task }) => task === 'crossed'), models, (own, where) => {
    const all = own.find(({ group }) => group === 'all')!
    const basis = `(n = ${count(all.n)} pairs, 95 % interval clustered by words, chance 50 %, seed ${all.seed}).`
    const parts = own.filter((row) => row !== all && row.n > 0).map(partText)
    const numbers =
      `of crossed pairs, in which each noun is right once and wrong once, ${shareText(all)} are right together, of the ` +
      `5-gram model ${percent(all.ngram)}${parts.length > 0 ? `; ${listed(parts)}` : ''} ${basis}`
    const known = `${where} words say which other words go with them`
    return judged(all, CHANCE, {
      found: `${known}: ${numbers}`,
      none: `${where} words do not say which other words go with them: ${numbers}`,
      unknown: `${where} it cannot be told whether words say which other words go with them: ${numbers}`,
    })
  })
}

/** One verdict a model: real objects. */
export function judgeObjects(rows: readonly PreferenceRow[], models: number): Verdict[] {
  return judgeByModel(rows.filter(({ task }) => task === 'objects'), models, (own, where) => {
    const all = own.find(({ group }) => group === 'all')!
    const [best, name] = bestBaseline(all)
    const unseen = own.find(({ group }) => group.startsWith('never'))
    const basis =
      `(n = ${count(all.n)} verbs with an object in held-out text, 95 % interval clustered by verb and object, chance ` +
      `50 %, seed ${all.seed}).`
    const numbers =
      `${shareText(all)} are preferred to a noun as frequent; the best baseline, ${name}, prefers ${percent(best)}` +
      `${unseen ? `. Of objects that training never had with the verb it is ${shareText(unseen)} against ${percent(bestBaseline(unseen)[0])}` : ''} ` +
      basis
    return judged(all, best, {
      found: `${where} real objects of verbs are expected more than counting explains: ${numbers}`,
      none: `${where} real objects of verbs are expected no more than counting explains: ${numbers}`,
      unknown: `${where} it cannot be told whether real objects of verbs are expected more than counting explains: ${numbers}`,
    })
  })
}

/** One verdict a model: whether the verb makes it expect the object, and what else does. */
export function judgeInfluence(rows: readonly InfluenceRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, (own, where) => {
    const verb = own.find(({ role }) => role === 'the verb')
    if (verb === undefined || verb.n < FEWEST_ITEMS || verb.deletionLow === null || verb.deletionHigh === null) {
      const sentence =
        `${where} it cannot be told which words make the object expected: ${count(verb?.n ?? 0)} sentences, and fewer ` +
        `than ${FEWEST_ITEMS} decide nothing (seed ${own[0].seed}).`
      return { judgement: 'cannot tell', sentence }
    }
    const others = own.filter((row) => row !== verb).map((row) => (
      `${fixed(row.deletion, 2)} ${interval(row.deletionLow, row.deletionHigh, 2)} without a word of those ${row.role}`
    ))
    const change = `${fixed(verb.deletion, 2)} nats ${interval(verb.deletionLow, verb.deletionHigh, 2)}`
    const more = others.length > 0 ? `, and ${listed(others)}` : ''
    const basis =
      `(n = ${count(verb.n)} sentences, correlation of deletion with attribution ${fixed(verb.correlation, 2)}, 95 % ` +
      `interval clustered by verb and object, seed ${verb.seed}).`
    const slope = `${fixed(verb.attribution, 2)} ${interval(verb.attributionLow, verb.attributionHigh, 2)}`
    const numbers =
      `left out, the object loses ${change} against a noun as frequent, and to first order, by gradient times embedding, it is ` +
      `${slope}${more} ${basis}`
    if (verb.deletionLow > 0) {
      return { judgement: 'found', sentence: `${where} the verb makes its object expected: with the verb ${numbers}` }
    }
    if (verb.deletionHigh < 0) {
      return { judgement: 'not found', sentence: `${where} the verb speaks against its object: with the verb ${numbers}` }
    }
    const sentence = `${where} it cannot be told whether the verb makes its object expected: with the verb ${numbers}`
    return { judgement: 'cannot tell', sentence }
  })
}

interface Wordings {
  readonly found: string
  readonly none: string
  readonly unknown: string
}

function judged(row: PreferenceRow, baseline: number, { found, none, unknown }: Wordings): Verdict {
  if (row.n < FEWEST_ITEMS) return { judgement: 'cannot tell', sentence: unknown }
  if (row.low > Math.max(baseline, CHANCE)) return { judgement: 'found', sentence: found }
  if (row.high < Math.max(baseline, CHANCE) + NEGLIGIBLE) return { judgement: 'not found', sentence: none }
  return { judgement: 'cannot tell', sentence: unknown }
}

function bestBaseline({ unigram, ngram, counted }: PreferenceRow): readonly [number, string] {
  const all = [
    [ngram, 'the 5-gram model'],
    [unigram, 'the unigram model'],
    [counted ?? 0, 'the noun that training had more often with the verb'],
  ] as const
  return all.reduce((best, other) => (other[0] > best[0] ? other : best))
}

function shareText({ right, low, high }: PreferenceRow): string {
  return `${percent(right)} ${percentInterval(low, high)}`
}

function partText(row: PreferenceRow): string {
  const few = row.n < FEWEST_ITEMS ? `, n = ${count(row.n)}, too few for a claim` : ''
  return `with ${row.group} ${shareText(row)} (5-gram model ${percent(row.ngram)}${few})`
}
