// Classifiers of number at every site and word, for each task of its own.

import { diagnosticClassifiers } from '../../analysis/classifiers/diagnostic-classifiers.ts'
import type { ClassifierRow, ClassifiersResult, SparsePathRow, SparseUnitRow } from '../../analysis/results.ts'
import { chosenUnits, rowsOfEach, type AnalysisRunner } from './context.ts'

export const runClassifiers: AnalysisRunner<'diagnostic-classifiers'> = async (section, context) => {
  const { engine, material, signal } = context
  const { items } = material.items(section.items, section.itemsPerCondition)
  const { sites, initial, resamples } = section
  const results: ClassifiersResult[] = []
  for (const task of section.items) {
    const own = items.filter((item) => item.task === task)
    const path: SparsePathRow[] = []
    const units: SparseUnitRow[] = []
    const rows = await rowsOfEach(section, context, async (subject): Promise<readonly ClassifierRow[]> => {
      const chosen = section.units === undefined ? [] : chosenUnits(section.units, subject, context).map(({ unit }) => unit)
      const found = await diagnosticClassifiers(engine, subject, own, { sites, units: chosen, initial, resamples, signal })
      path.push(...found.path)
      units.push(...found.units)
      return found.rows
    })
    results.push({ analysis: 'diagnostic-classifiers', task, rows, path, units })
  }
  return results
}
