// How far models count with fewer bits, or with larger weights.

import { precision, type PrecisionChange } from '../../analysis/counting/precision.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'

export const runPrecision: AnalysisRunner<'precision'> = async (section, context) => {
  const { engine, material, signal } = context
  const { longest } = section
  const changes: readonly PrecisionChange[] = section.changes
  const rows = await rowsOfEach(section, context, (subject) =>
    precision(engine, { ...subject, name: subject.entry }, material.dataset.language!, { longest, changes, signal }),
  )
  return [{ analysis: 'precision', rows }]
}
