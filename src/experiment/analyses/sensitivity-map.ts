// The picture of gradients that vanish: what every state depends on every input before it, of the first seed.

import { sensitivityMap } from '../../analysis/gradients/sensitivity-map.ts'
import { inTurn } from '../../core/in-turn.ts'
import { UserError } from '../../core/errors.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { defineAnalysis, ofFirstSeeds } from './context.ts'
import { momentsOf } from './moments.ts'
import { sequencesOf } from './sequences.ts'

export const sensitivityMapAnalysis = defineAnalysis({
  name: 'sensitivity-map',
  among: ofFirstSeeds,
  prepare: (section, { dataset }) => beginningsOf(section, dataset),
  ask: (subject, texts, { section: { moments, initial }, engine, signal }) =>
    inTurn(momentsOf(subject, moments), (moment) => sensitivityMap(engine, moment, texts, { initial, signal })),
  combine: (answers) => [{ analysis: 'sensitivity-map', maps: answers.flat() }],
})

/** The first tokens of the first texts that have so many. @throws UserError where none has */
function beginningsOf(
  { steps, texts }: AnalysisNamed<'sensitivity-map'>,
  dataset: Dataset,
): readonly Int32Array[] {
  const sequences = sequencesOf(dataset)
  const long = sequences.filter(({ length }) => length >= steps)
  if (long.length > 0) return long.slice(0, texts).map((tokens) => tokens.subarray(0, steps))
  const most = sequences.reduce((longest, { length }) => Math.max(longest, length), 0)
  throw new UserError(`No text has ${steps} tokens; the longest has ${most}. Write fewer steps.`)
}
