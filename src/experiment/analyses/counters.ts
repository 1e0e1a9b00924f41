// Which units count, what becomes of the model without them, and how far the state moves with each symbol.

import { counters } from '../../analysis/counting/counters.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'

export const runCounters: AnalysisRunner<'counters'> = async (section, context) => {
  const { engine, material, signal } = context
  const { longest, shifts } = section
  const found = await rowsOfEach(section, context, async (subject) => {
    const options = { planted: subject.planted, shifts, steps: longest, signal }
    return [await counters(engine, { ...subject, name: subject.entry }, material.dataset.language!, options)]
  })
  return [
    {
      analysis: 'counters',
      rows: found.flatMap(({ rows }) => rows),
      interventions: found.flatMap(({ interventions }) => interventions),
      steps: found.flatMap(({ steps }) => steps),
    },
  ]
}
