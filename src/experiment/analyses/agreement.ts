// Which form of the verb the models prefer, by task and condition, by attractors and by distance.

import { agreement } from '../../analysis/agreement.ts'
import { agreementOverSeeds } from '../../analysis/agreement-over-seeds.ts'
import { defineAnalysis } from './context.ts'

export const agreementAnalysis = defineAnalysis({
  name: 'agreement',
  prepare: ({ items, itemsPerCondition }, material) => material.items(items, itemsPerCondition),
  async ask(subject, { items }, { section: { by, initial, resamples }, engine, material }) {
    const options = {
      unigram: material.unigram(),
      ngram: material.ngram(5),
      by: by.filter((grouping) => grouping !== 'condition'),
      initial,
      resamples,
    }
    return { model: subject.name, ...(await agreement(engine, subject, items, options)) }
  },
  combine: (answers, { items, audit }, { material }) => [
    {
      analysis: 'agreement',
      rows: answers.flatMap(({ rows }) => rows),
      groups: answers.flatMap(({ groups }) => groups),
      trends: answers.flatMap(({ trends }) => trends),
      pairs: answers.flatMap(({ pairs }) => pairs),
      overSeeds: agreementOverSeeds(items, answers),
      examples: answers.flatMap(({ examples }) => examples),
      audit: audit.map((line) => ({ data: material.dataset.name, ...line })),
    },
  ],
})
