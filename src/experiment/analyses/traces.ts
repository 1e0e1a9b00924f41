// Every unit of the state over one word, of the first seed.

import { traceWord } from '../../analysis/counting/traces.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'

export const runTraces: AnalysisRunner<'traces'> = async (section, context) => {
  const { engine, material, subjects } = context
  const language = material.dataset.language!
  const first = subjects.filter(({ entry, seed }) => seed === subjects.find((other) => other.entry === entry)!.seed)
  const traces = await rowsOfEach(section, { ...context, subjects: first }, async (subject) =>
    traceWord(engine, { ...subject, name: subject.entry }, language, section.n),
  )
  return [{ analysis: 'traces', traces }]
}
