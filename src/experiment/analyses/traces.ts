// Every unit of the state over one word, of the first seed.

import { traceWord } from '../../analysis/counting/traces.ts'
import { defineAnalysis, ofFirstSeeds } from './context.ts'

export const tracesAnalysis = defineAnalysis({
  name: 'traces',
  among: ofFirstSeeds,
  prepare: (_, { dataset }) => dataset.language!,
  ask: async (subject, language, { section, engine }) =>
    traceWord(engine, { ...subject, name: subject.entry }, language, section.n),
  combine: (answers) => [{ analysis: 'traces', traces: answers.flat() }],
})
