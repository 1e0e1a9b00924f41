// Does the decoder read the chosen units as units of number? Judged on verbs that did not choose them, against every unit
// of the layer and against what the best of them reaches by chance.

import type { VerbWeightRow } from '../../analysis/results.ts'
import type { Verdict } from '../document.ts'
import { strength } from '../evidence.ts'
import { count, fixed, interval, plural } from '../format.ts'
import { judgeByModel, LEVEL } from './rules.ts'

/** A unit stands out where its effect is among this share of the layer's largest. */
const OUTSTANDING = 0.05

export function judgeVerbWeights(rows: readonly VerbWeightRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, judgeUnits, {
    measures: [
    { name: 'effect of the chosen unit that is read most', of: (own) => readMost(own, ({ effect }) => Math.abs(effect)), as: { digits: 2, unit: 'nats' } },
    { name: 'AUC with which its weights tell the forms', of: (own) => readMost(own, ({ separation }) => strength(separation) + 0.5), as: 'auc' },
    { name: 'AUC that the best unit reaches by chance', of: ([{ bestByChance }]) => bestByChance, as: 'auc' },
    ],
  })
}

/** Of the chosen units; null where the decoder reads none. */
function readMost(rows: readonly VerbWeightRow[], of: (row: VerbWeightRow) => number): number | null {
  const chosen = rows.filter((row) => row.chosen)
  return chosen.length === 0 ? null : of(chosen.reduce((most, row) => (row.rank < most.rank ? row : most)))
}

function judgeUnits(rows: readonly VerbWeightRow[], where: string): Verdict {
  const [{ n, seed, units, bestByChance }] = rows
  const chosen = rows.filter((row) => row.chosen).sort((a, b) => a.rank - b.rank)
  const basis = `n = ${plural(n, 'verb')} that did not choose it, seed ${seed}`
  if (chosen.length === 0) {
    const sentence = `${where} the decoder reads none of the chosen units: they are below the top layer (seed ${seed}).`
    return { judgement: 'cannot tell', sentence }
  }
  const [best] = chosen
  if (separatesByChance(n, units)) {
    const sentence =
      `${where} it cannot be told what the decoder makes of ${best.unit}: with ${plural(n, 'verb')} one of ${plural(units, 'unit')} ` +
      `separates their forms by chance (seed ${seed}).`
    return { judgement: 'cannot tell', sentence }
  }
  const forms = best.effect > 0 ? 'plural' : 'singular'
  const effect =
    `a standard deviation of ${best.unit} moves the choice by ${fixed(Math.abs(best.effect), 2)} nats towards the ` +
    `${forms} form, rank ${count(best.rank)} of ${count(units)} units`
  const separates = separatesForms(best)
  const separation =
    `its weights ${separates ? 'tell' : 'do not tell'} plural forms from singular ones (AUC ${fixed(best.separation, 2)}; by ` +
    `chance the best unit reaches ${fixed(bestByChance, 2)}), their difference being ${fixed(best.difference, 2)} ` +
    `${interval(best.low, best.high, 2)}; so do those of ${count(rows.filter(separatesForms).length)} of all ${count(units)}`
  const stands = best.rank <= Math.max(1, Math.ceil(OUTSTANDING * units))
  const judgement = !separates ? 'not found' : stands ? 'found' : 'candidate'
  const opening = {
    found: 'the decoder reads a chosen unit as number',
    candidate: 'the decoder reads a chosen unit as number, but others more so',
    'not found': 'the decoder does not read a chosen unit as number',
  }[judgement]
  return { judgement, sentence: `${where} ${opening}: ${effect}; ${separation} (${basis}).` }
}

/** Full separation, either way, is one in 2ⁿ⁻¹ swaps of the forms of n verbs. */
function separatesByChance(verbs: number, units: number): boolean {
  return units / 2 ** (verbs - 1) > LEVEL
}

/** More than the best of all units by chance, and significantly so among all of them. */
function separatesForms({ separation, bestByChance, q }: VerbWeightRow): boolean {
  return q < LEVEL && strength(separation) + 0.5 > bestByChance
}
