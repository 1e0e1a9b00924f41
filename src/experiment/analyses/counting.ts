// How far models count.

import { counting } from '../../analysis/counting/counting.ts'
import type { AnalysisRunner } from './context.ts'

/** Order of the model that only counts sequences of symbols. */
const NGRAM = 5

export const runCounting: AnalysisRunner<'counting'> = async (section, context) => {
  const { engine, material, subjects, log, signal } = context
  const { longest, thresholds } = section
  const offsets = [...section.offsets.map((offset) => -offset).reverse(), ...section.offsets].sort((a, b) => a - b)
  const networks = subjects.map(({ entry, seed, model, planted }) => (
    { name: entry, seed, model, trained: planted === null }
  ))
  const onProgress = (done: number) =>
    log.progress({ stage: section.analysis, done, total: networks.length, unit: 'models' })
  const ngram = material.ngram(NGRAM)
  return [await counting(engine, networks, material.dataset, { longest, thresholds, offsets, ngram, signal, onProgress })]
}
