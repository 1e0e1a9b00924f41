// Decoders of number that are trained at one word and tested at others, for each task of its own.

import { generalization } from '../../analysis/generalization.ts'
import type { GeneralizationResult, GeneralizationRow, RangeRow } from '../../analysis/results.ts'
import { chosenUnits, rowsOfEach, type AnalysisRunner } from './context.ts'

export const runGeneralization: AnalysisRunner<'generalization'> = async (section, context) => {
  const { engine, material, signal } = context
  const { items } = material.items(section.items, section.itemsPerCondition)
  const { sites, initial, permutations } = section
  const results: GeneralizationResult[] = []
  for (const task of section.items) {
    const own = items.filter((item) => item.task === task)
    const { subjectPosition: subject, lastNounPosition: lastNoun } = own[0].fields
    const rows: GeneralizationRow[] = []
    const units = await rowsOfEach(section, context, async (model): Promise<RangeRow[]> => {
      const options = { units: chosenUnits(section.units, model, context).map(({ unit }) => unit), sites, initial, permutations, signal }
      const decoded = await generalization(engine, model, own, options)
      rows.push(...decoded.rows)
      return decoded.units
    })
    results.push({ analysis: 'generalization', task, subject, lastNoun, rows, units })
  }
  return results
}
