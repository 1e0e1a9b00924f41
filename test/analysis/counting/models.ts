// Networks for the tests of counting: under a name, and with units that are made to be mistaken for counters.

import type { AnalysedModel } from '../../../src/analysis/subject.ts'
import { languageVocabulary, type CountingLanguage } from '../../../src/data/language/language.ts'
import { setter } from '../../../src/model/by-hand/setter.ts'
import { viewWeights } from '../../../src/model/weights.ts'
import { smallConfig, type SmallModel } from '../../engine/models.ts'

export function analysed({ config, weights }: SmallModel, language: CountingLanguage): AnalysedModel {
  return { name: 'model', seed: 1, model: { config, weights, vocabulary: languageVocabulary(language) } }
}

/** A GRU whose unit 0 goes to 1 over many a and to −1 over many b, by a share `rate` of its way with each. */
export function leakyGru(rate: number): SmallModel {
  const config = smallConfig('gru before', { layers: 1, units: 2, embedding: 3, vocabulary: 3 })
  const weights = viewWeights(config)
  const place = setter(config, weights)
  for (let token = 0; token < 3; token++) place.embedding(token, token, 1)
  place.bias('update', 0, Math.log(rate / (1 - rate)))
  place.input(1, 'candidate', 0, 30)
  place.input(2, 'candidate', 0, -30)
  return { config, weights }
}
