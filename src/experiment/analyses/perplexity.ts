// Loss on the validation and the test text beside models that only count words.

import { ngramOrders, perplexity } from '../../analysis/perplexity.ts'
import { ngramOrder } from '../schema/analyses.ts'
import { defineAnalysis } from './context.ts'

export const perplexityAnalysis = defineAnalysis({
  name: 'perplexity',
  prepare: (_, { dataset: { validation, test } }) => [
    ...(validation.tokens.length > 1 ? [{ split: 'validation', part: validation } as const] : []),
    ...(test.tokens.length > 1 ? [{ split: 'test', part: test } as const] : []),
  ],
  ask(subject, texts, { section: { baselines, resamples }, engine, material, signal }) {
    const counts = { unigram: material.unigram(), ngram: material.ngram(ngramOrder(baselines)) }
    return perplexity(engine, subject, texts, { ...counts, resamples, signal })
  },
  combine: (answers, texts, { section, material }) => [
    {
      analysis: 'perplexity',
      rows: answers.flat(),
      orders: ngramOrders(material.ngram(ngramOrder(section.baselines)), texts, material.dataset.vocabulary),
    },
  ],
})
