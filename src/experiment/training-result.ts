// The training curves of a run, beside the loss of a model that knows the frequencies of tokens only.

import type { TrainingResult, TrainingRow } from '../analysis/results.ts'
import { log } from '../core/math.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Material } from './analyses/material.ts'
import type { PlannedModel } from './plan.ts'
import type { StoredModel } from './store.ts'

export function trainingResult(
  planned: readonly PlannedModel[],
  trained: readonly StoredModel[],
  materials: ReadonlyMap<Dataset, Material>,
): TrainingResult {
  const trainedOn = new Set(planned.filter(({ making }) => making.kind === 'training').map(({ dataset }) => dataset))
  const unigram = new Map([...trainedOn].map((dataset) => [dataset, unigramLoss(dataset, materials.get(dataset)!)]))
  const rows = planned.flatMap(({ name, entry, seed, dataset }, index) => {
    const { history, description } = trained[index].training
    const beside = {
      entry,
      data: [...materials.keys()].indexOf(dataset) + 1,
      heldOut: dataset.language === null,
      unigramLoss: unigram.get(dataset)!,
      clip: description.training?.clip ?? null,
    }
    return history.map((evaluation): TrainingRow => ({
      model: name, seed, ...evaluation, largestGradientNorm: evaluation.largestGradientNorm ?? null, ...beside,
    }))
  })
  return { analysis: 'training', rows }
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
