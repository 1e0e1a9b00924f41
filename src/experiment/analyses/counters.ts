// Which units count, what becomes of the model without them, and how far the state moves with each symbol.

import { counters } from '../../analysis/counting/counters.ts'
import { defineAnalysis } from './context.ts'

export const countersAnalysis = defineAnalysis({
  name: 'counters',
  prepare: (_, { dataset }) => dataset.language!,
  ask(subject, language, { section: { longest, shifts }, engine, signal }) {
    const options = { planted: subject.planted, shifts, steps: longest, signal }
    return counters(engine, { ...subject, name: subject.entry }, language, options)
  },
  combine: (answers) => [
    {
      analysis: 'counters',
      rows: answers.flatMap(({ rows }) => rows),
      interventions: answers.flatMap(({ interventions }) => interventions),
      steps: answers.flatMap(({ steps }) => steps),
    },
  ],
})
