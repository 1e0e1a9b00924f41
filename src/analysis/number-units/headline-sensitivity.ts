// Does what the unit on top costs depend on choices that have nothing to do with it? What is read before each sentence, the
// half of the lexicon that the words are from, and the value it is set to; each beside the units like it.

import { ablate } from '../../intervention/edits.ts'
import type { InitialState } from '../../recording/sequences.ts'
import type { Item } from '../../tasks/items.ts'
import { marginsOfVariants } from '../../tasks/margins.ts'
import { encodeChoices } from '../../tasks/score-items.ts'
import { isPair } from '../choose-units.ts'
import { dropRows, resampleConditions } from '../drop-rows.ts'
import type { SensitivityRow } from '../results.ts'
import type { KindsSetting } from './ablation-setting.ts'

/** Of Lakretz et al. (2019). */
const SENTENCES_BEFORE = 5

/** Rows of pairs of items that differ in the subject alone. @param items of both halves */
export async function headlineSensitivity(setting: KindsSetting, items: readonly Item[]): Promise<SensitivityRow[]> {
  const { engine, subject, compared: { units: [{ unit, like }], means }, trainingText, resamples, randomSeed, signal } = setting
  const changed = [unit, ...like]
  const removed = changed.map((_, place) => place)
  const before: Readonly<Record<SensitivityRow['before'], InitialState>> = {
    nothing: 'zeros',
    'end of sentence': 'end-of-sentence',
    'five sentences': { context: contextOf(trainingText.slice(0, SENTENCES_BEFORE).map(({ tokens }) => tokens)) },
  }
  const rows: SensitivityRow[] = []
  for (const half of ['confirmation', 'discovery'] as const) {
    const own = items.filter((item) => item.half === half)
    if (own.length === 0) continue
    const conditions = resampleConditions(own, resamples, randomSeed).filter(({ condition }) => isPair(condition))
    const choices = encodeChoices(own, subject.model.vocabulary)
    for (const name of Object.keys(before) as SensitivityRow['before'][]) {
      for (const set of ['mean', 'zero'] as const) {
        const variants = [[], ...changed.map((other) => ablate([other], set === 'zero' ? 'zero' : means))]
        const margins = await marginsOfVariants(engine, subject.model, choices, variants, { initial: before[name], signal })
        const sample = { items: own, conditions, intact: margins.subarray(0, own.length), removed, margins: margins.subarray(own.length) }
        const found = dropRows(subject, sample, { reported: [0], neighbours: [removed.slice(1)], name: () => unit })
        rows.push(...found.map((row) => ({ ...row, before: name, set })))
      }
    }
  }
  return rows
}

function contextOf(sentences: readonly Int32Array[]): Int32Array {
  return Int32Array.from(sentences.flatMap((tokens) => [...tokens]))
}
