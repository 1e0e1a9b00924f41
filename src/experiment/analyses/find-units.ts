// The unit that tells each probe best, and what it is worth in other documents.

import { findUnits } from '../../analysis/finder/find-units.ts'
import { UserError } from '../../core/errors.ts'
import type { Dataset, DatasetPart } from '../../data/dataset.ts'
import type { Probe } from '../../probe.ts'
import { findProbe } from '../find-probe.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { defineAnalysis } from './context.ts'
import type { Material } from './material.ts'

export const findUnitsAnalysis = defineAnalysis({
  name: 'find-units',
  prepare: probesOf,
  async ask(subject, probes, { section, engine, material: { dataset }, chosen, freeze, signal }) {
    const { sites, tokens, permutations, initial } = section
    const options = { sites, probes, mostTokens: tokens, permutations, initial, signal, onChosen: freeze }
    const found = await findUnits(engine, subject, heldOutPart(dataset), dataset.vocabulary.end, options)
    for (const { name } of probes) chosen.best.set(name, found.rows.find(({ probe }) => probe === name)?.unit ?? null)
    chosen.typical = found.typical
    return found
  },
  combine: (answers) => [
    {
      analysis: 'find-units',
      rows: answers.flatMap(({ rows }) => rows),
      scores: answers.flatMap(({ scores }) => scores),
      causes: answers.flatMap(({ causes }) => causes),
      audit: [...new Set(answers.flatMap(({ audit }) => audit))],
    },
  ],
})

/** The documents in which units are chosen and confirmed. */
export function heldOutPart({ test, validation }: Dataset): DatasetPart {
  return test.documents.length > 1 ? test : validation
}

/** @throws UserError where a probe cannot be asked of this text */
export async function probesOf(
  section: Pick<AnalysisNamed<'find-units' | 'emergence'>, 'analysis' | 'probes'>,
  material: Material,
): Promise<Probe[]> {
  const { vocabulary, test, validation } = material.dataset
  if (test.documents.length < 2 && validation.documents.length < 2) {
    throw new UserError(`${section.analysis} chooses units in some held-out documents and confirms them in others; there are not two.`)
  }
  const probes: Probe[] = []
  for (const name of section.probes) probes.push(await findProbe(name, material.folder))
  for (const { name, answers, unit } of probes) {
    if (answers === 'category') throw new UserError(`The probe ${name} answers with a category; units are found for yes or no, and for amounts.`)
    if (unit === 'characters' && vocabulary.kind !== 'characters') {
      throw new UserError(`The probe ${name} is about characters, and the models here read words. Write unit: characters in data.`)
    }
  }
  return probes
}
