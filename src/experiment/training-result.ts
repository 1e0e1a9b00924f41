// The training curves of a run, beside the loss of a model that knows the frequencies of tokens only.

import type { TrainingResult, TrainingRow } from '../analysis/results.ts'
import { log } from '../core/math.ts'
import { oncePer } from '../core/once.ts'
import type { Dataset } from '../data/dataset.ts'
import { taggedSentences, tagsOf } from '../data/tagging.ts'
import type { Material } from './analyses/material.ts'
import type { PlannedModel } from './plan.ts'
import type { StoredModel } from './store.ts'

export function trainingResult(
  planned: readonly PlannedModel[],
  trained: readonly StoredModel[],
  materials: ReadonlyMap<Dataset, Material>,
): TrainingResult {
  const ofTokens = oncePer((dataset: Dataset) => unigramLoss(dataset, materials.get(dataset)!))
  const ofTags = oncePer(tagLoss)
  const rows = planned.flatMap(({ name, entry, seed, config, dataset }, index) => {
    if (trained[index].training.history.length === 0) return []
    const { history, description } = trained[index].training
    const beside = {
      entry,
      data: [...materials.keys()].indexOf(dataset) + 1,
      heldOut: dataset.language === null,
      unigramLoss: config.tags === undefined ? ofTokens(dataset) : ofTags(dataset),
      ...(config.tags !== undefined && { says: 'tags' as const }),
      clip: description.training?.clip ?? null,
    }
    return history.map((evaluation): TrainingRow => ({
      model: name, seed, ...evaluation, largestGradientNorm: evaluation.largestGradientNorm ?? null, ...beside,
    }))
  })
  return { analysis: 'training', rows }
}

/** Nats a token, by how common each tag is in the training part; validation tags that this lacks do not count. */
function tagLoss(dataset: Dataset): number {
  const tags = tagsOf(dataset)
  const counts = new Float64Array(tags.length)
  for (const tag of taggedSentences(dataset.training, tags).tags) counts[tag] += 1
  const all = counts.reduce((sum, count) => sum + count, 0)
  const said = taggedSentences(dataset.validation, tags).tags.filter((tag) => tag >= 0)
  return -said.reduce((sum, tag) => sum + log(counts[tag] / all), 0) / said.length
}

/** Nats a token. */
function unigramLoss({ validation: { tokens, sentenceStarts }, draws }: Dataset, material: Material): number {
  if (draws !== null) return expectedEntropy(tokens, sentenceStarts, draws)
  // every token but the first, which nothing predicts
  const scores = material.unigram().score(tokens).subarray(1)
  return -scores.reduce((sum, score) => sum + score, 0) / scores.length
}

/** The entropy of tokens as they are to be expected where sentence i is drawn with probability draws[i]. */
function expectedEntropy(tokens: Int32Array, starts: Int32Array, draws: Float64Array): number {
  const counts = new Map<number, number>()
  let all = 0
  draws.forEach((probability, index) => {
    for (const token of tokens.subarray(starts[index], starts[index + 1])) {
      counts.set(token, (counts.get(token) ?? 0) + probability)
      all += probability
    }
  })
  return [...counts.values()].reduce((sum, count) => sum - (count / all) * log(count / all), 0)
}
