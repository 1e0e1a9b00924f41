// The unit that tells each probe best, and what it is worth in other documents.

import { findUnits } from '../../analysis/finder/find-units.ts'
import { UserError } from '../../core/errors.ts'
import type { Dataset, DatasetPart } from '../../data/dataset.ts'
import type { Probe } from '../../probe.ts'
import { findProbe } from '../find-probe.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { freeze, rowsOfEach, subjectKey, type AnalysisRunner } from './context.ts'
import type { Material } from './material.ts'

export const runFindUnits: AnalysisRunner<'find-units'> = async (section, context) => {
  const { engine, material, signal } = context
  const { vocabulary } = material.dataset
  const part = heldOutPart(material.dataset)
  const { sites, tokens, permutations, initial } = section
  const options = { sites, probes: await probesOf(section, material), mostTokens: tokens, permutations, initial, signal }
  const found = await rowsOfEach(section, context, async (subject) => {
    const units = await findUnits(engine, subject, part, vocabulary.end, {
      ...options, onChosen: (chosen) => freeze(context, section, subject, chosen),
    })
    const key = subjectKey(subject)
    const best = new Map(context.foundUnits.get(key)?.best)
    for (const { name } of options.probes) best.set(name, units.rows.find(({ probe }) => probe === name)?.unit ?? null)
    context.foundUnits.set(key, { best, typical: units.typical })
    return [units]
  })
  return [
    {
      analysis: 'find-units',
      rows: found.flatMap(({ rows }) => rows),
      scores: found.flatMap(({ scores }) => scores),
      causes: found.flatMap(({ causes }) => causes),
      audit: [...new Set(found.flatMap(({ audit }) => audit))],
    },
  ]
}

/** The documents in which units are chosen and confirmed. */
export function heldOutPart({ test, validation }: Dataset): DatasetPart {
  return test.documents.length > 1 ? test : validation
}

/** @throws UserError where a probe cannot be asked of this text */
export async function probesOf(section: AnalysisNamed<'find-units' | 'emergence'>, material: Material): Promise<Probe[]> {
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
