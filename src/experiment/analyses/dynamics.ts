// Gates and states of a few units word by word, for each task of its own.

import { dynamics } from '../../analysis/dynamics.ts'
import type { DynamicsResult } from '../../analysis/results.ts'
import { chosenUnits, rowsOfEach, type AnalysisRunner } from './context.ts'

export const runDynamics: AnalysisRunner<'dynamics'> = async (section, context) => {
  const { engine, material } = context
  const { items } = material.items(section.items, section.itemsPerCondition)
  const results: DynamicsResult[] = []
  for (const task of section.items) {
    const own = items.filter((item) => item.task === task)
    const rows = await rowsOfEach(section, context, (subject) => {
      const units = chosenUnits(section.units, subject, context).map(({ unit }) => unit)
      return dynamics(engine, subject, own, { units, sites: section.sites, initial: section.initial })
    })
    results.push({ analysis: 'dynamics', task, rows })
  }
  return results
}
