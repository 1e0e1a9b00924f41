// Loss on the validation and the test text beside models that only count words.

import { perplexity } from '../../analysis/perplexity.ts'
import { ngramOrder } from '../schema/analyses.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'

export const runPerplexity: AnalysisRunner<'perplexity'> = async (section, context) => {
  const { engine, material, signal } = context
  const { validation, test } = material.dataset
  const texts = [
    { split: 'validation', part: validation },
    { split: 'test', part: test },
  ] as const
  const options = {
    unigram: material.unigram(),
    ngram: material.ngram(ngramOrder(section.baselines)),
    resamples: section.resamples,
    signal,
  }
  const given = texts.filter(({ part }) => part.tokens.length > 1)
  const rows = await rowsOfEach(section, context, (subject) => perplexity(engine, subject, given, options))
  return [{ analysis: 'perplexity', rows }]
}
