// Which form of the verb the models prefer, by task and condition, by attractors and by distance.

import { agreement } from '../../analysis/agreement.ts'
import { agreementOverSeeds } from '../../analysis/agreement-over-seeds.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'

export const runAgreement: AnalysisRunner<'agreement'> = async (section, context) => {
  const { engine, material } = context
  const { items, audit } = material.items(section.items, section.itemsPerCondition)
  const options = {
    unigram: material.unigram(),
    ngram: material.ngram(5),
    by: section.by.filter((grouping) => grouping !== 'condition'),
    initial: section.initial,
    resamples: section.resamples,
  }
  const found = await rowsOfEach(section, context, async (subject) => [
    { model: subject.name, ...(await agreement(engine, subject, items, options)) },
  ])
  return [
    {
      analysis: 'agreement',
      rows: found.flatMap(({ rows }) => rows),
      groups: found.flatMap(({ groups }) => groups),
      trends: found.flatMap(({ trends }) => trends),
      pairs: found.flatMap(({ pairs }) => pairs),
      overSeeds: agreementOverSeeds(items, found, section.resamples),
      examples: found.flatMap(({ examples }) => examples),
      audit,
    },
  ]
}
