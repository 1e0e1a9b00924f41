// Which form of the verb the models prefer, by task and condition.

import { agreement } from '../../analysis/agreement.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'

export const runAgreement: AnalysisRunner<'agreement'> = async (section, context) => {
  const { engine, material } = context
  const { items, audit } = material.items(section.items, section.itemsPerCondition)
  const options = {
    unigram: material.unigram(),
    ngram: material.ngram(5),
    initial: section.initial,
    resamples: section.resamples,
  }
  const rows = await rowsOfEach(section, context, (subject) => agreement(engine, subject, items, options))
  return [{ analysis: 'agreement', rows, audit }]
}
