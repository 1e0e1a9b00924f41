// How far models count with fewer bits, or with larger weights.

import { precision } from '../../analysis/counting/precision.ts'
import { defineAnalysis } from './context.ts'

export const precisionAnalysis = defineAnalysis({
  name: 'precision',
  prepare: (_, { dataset }) => dataset.language!,
  ask: (subject, language, { section: { longest, changes }, engine, signal }) =>
    precision(engine, { ...subject, name: subject.entry }, language, { longest, changes, signal }),
  combine: (answers) => [{ analysis: 'precision', rows: answers.flat() }],
})
