// The margin of the right verb traced back to the words before it.

import { marginTrace } from '../../analysis/gradients/margin-trace.ts'
import type { TraceDistanceRow } from '../../analysis/results.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'
import { momentsOf } from './moments.ts'

export const runMarginTrace: AnalysisRunner<'margin-trace'> = async (section, context) => {
  const { engine, material, signal } = context
  const { items } = material.items(section.items, section.itemsPerCondition)
  const { sites, initial, resamples, moments } = section
  const distances: TraceDistanceRow[] = []
  const rows = await rowsOfEach(section, context, async (subject) => {
    const own = []
    for (const moment of momentsOf(subject, moments)) {
      const traced = await marginTrace(engine, moment, items, { sites, initial, resamples, signal })
      own.push(...traced.rows)
      distances.push(...traced.distances)
    }
    return own
  })
  return [{ analysis: 'margin-trace', rows, distances }]
}
