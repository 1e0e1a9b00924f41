// Every unit of the state over one word, of the first seed.

import { traceWord } from '../../analysis/counting/traces.ts'
import { ofFirstSeeds, rowsOfEach, type AnalysisRunner } from './context.ts'

export const runTraces: AnalysisRunner<'traces'> = async (section, context) => {
  const { engine, material } = context
  const language = material.dataset.language!
  const first = { ...context, subjects: ofFirstSeeds(context.subjects) }
  const traces = await rowsOfEach(section, first, async (subject) =>
    traceWord(engine, { ...subject, name: subject.entry }, language, section.n),
  )
  return [{ analysis: 'traces', traces }]
}
