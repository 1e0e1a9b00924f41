// What the margins of verbs are put together from, for each task of its own.

import { attribution } from '../../analysis/attribution/attribution.ts'
import type {
  AttributionCheckRow, AttributionResult, AttributionRow, DefaultNumberRow, KeptPartsRow,
} from '../../analysis/results.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'

export const runAttribution: AnalysisRunner<'attribution'> = async (section, context) => {
  const { engine, material, signal } = context
  const { items } = material.items(section.items, section.itemsPerCondition)
  const { initial, resamples } = section
  const results: AttributionResult[] = []
  for (const task of section.items) {
    const own = items.filter((item) => item.task === task)
    const checks: AttributionCheckRow[] = []
    const defaults: DefaultNumberRow[] = []
    const kept: KeptPartsRow[] = []
    const rows = await rowsOfEach(section, context, async (subject): Promise<readonly AttributionRow[]> => {
      const found = await attribution(engine, subject, own, { initial, resamples, signal })
      checks.push(...found.checks)
      defaults.push(...found.defaults)
      kept.push(...found.kept)
      return found.rows
    })
    results.push({ analysis: 'attribution', task, rows, checks, defaults, kept })
  }
  return results
}
