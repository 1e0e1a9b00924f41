// How often gates are closed or open, and cells far away, at moments of training.

import { gateSaturation } from '../../analysis/saturation.ts'
import { inTurn } from '../../core/in-turn.ts'
import { UserError } from '../../core/errors.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { Sequence } from '../../recording/sequences.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { defineAnalysis } from './context.ts'
import { momentsOf } from './moments.ts'

export const saturationAnalysis = defineAnalysis({
  name: 'saturation',
  prepare: (section, { dataset }) => saturationText(section, dataset),
  ask: (subject, sequences, { section: { moments, initial }, engine, signal }) =>
    inTurn(momentsOf(subject, moments), (moment) => gateSaturation(engine, moment, sequences, { initial, signal })),
  combine: (answers) => [{ analysis: 'saturation', rows: answers.flat(2) }],
})

/** Held-out documents up to so many tokens, the last one cut. @throws UserError where no text is held out */
function saturationText({ tokens }: AnalysisNamed<'saturation'>, { test, validation }: Dataset): Sequence[] {
  const part = test.documents.length > 0 ? test : validation
  if (part.documents.length === 0) throw new UserError('Gates are looked at on held-out text, and there is none. Write test: 0.1.')
  const sequences: Sequence[] = []
  let left = tokens
  for (const [document, from] of part.documentStarts.entries()) {
    if (left <= 0) break
    const own = part.tokens.subarray(from, Math.min(part.documentStarts[document + 1] ?? part.tokens.length, from + left))
    if (own.length > 0) sequences.push({ tokens: own })
    left -= own.length
  }
  return sequences
}
