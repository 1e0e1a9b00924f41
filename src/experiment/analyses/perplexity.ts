// Loss on the validation and the test text beside models that only count words.

import { ngramOrders, perplexity } from '../../analysis/perplexity.ts'
import { ngramOrder } from '../schema/analyses.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'

export const runPerplexity: AnalysisRunner<'perplexity'> = async (section, context) => {
  const { engine, material, signal } = context
  const { validation, test, vocabulary } = material.dataset
  const texts = [
    { split: 'validation', part: validation },
    { split: 'test', part: test },
  ] as const
  const ngram = material.ngram(ngramOrder(section.baselines))
  const options = { unigram: material.unigram(), ngram, resamples: section.resamples, signal }
  const given = texts.filter(({ part }) => part.tokens.length > 1)
  const rows = await rowsOfEach(section, context, (subject) => perplexity(engine, subject, given, options))
  return [{ analysis: 'perplexity', rows, orders: ngramOrders(ngram, given, vocabulary) }]
}
