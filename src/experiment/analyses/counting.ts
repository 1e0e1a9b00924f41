// How far models count.

import { summarise } from '../../analysis/counting/counting.ts'
import { outcomeOf, testedLanguage } from '../../analysis/counting/outcomes.ts'
import { defineAnalysis } from './context.ts'

/** Order of the model that only counts sequences of symbols. */
const NGRAM = 5

export const countingAnalysis = defineAnalysis({
  name: 'counting',
  prepare({ longest }, { dataset }) {
    testedLanguage(dataset, longest)
    return dataset
  },
  ask({ entry, seed, model, planted }, dataset, { section: { longest, offsets }, engine, material, signal }) {
    const both = [...offsets.map((offset) => -offset), ...offsets].sort((a, b) => a - b)
    const network = { name: entry, seed, model, trained: planted === null }
    return outcomeOf(engine, network, dataset, { longest, offsets: both, ngram: material.ngram(NGRAM), signal })
  },
  combine: (answers, _, { section }) => [summarise(answers, section.thresholds)],
})
