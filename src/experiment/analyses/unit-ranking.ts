// How well each unit alone tells the answer to a probe.

import { unitRanking } from '../../analysis/unit-ranking.ts'
import { findProbe } from '../find-probe.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'

export const runUnitRanking: AnalysisRunner<'unit-ranking'> = async (section, context) => {
  const { engine, material, log } = context
  const { items } = material.items(section.items, section.itemsPerCondition)
  const probe = await findProbe(section.probe, material.folder)
  const { sites, initial, permutations } = section
  const options = { sites, probe, initial, permutations, log }
  const rows = await rowsOfEach(section, context, (subject) => unitRanking(engine, subject, items, options))
  return [{ analysis: 'unit-ranking', probe: probe.name, rows }]
}
