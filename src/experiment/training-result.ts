// The training curves of a run, beside the loss of a model that knows the frequencies of tokens only.

import type { TrainingResult } from '../analysis/results.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Material } from './analyses/material.ts'
import type { PlannedModel } from './plan.ts'
import type { StoredModel } from './store.ts'

export function trainingResult(
  planned: readonly PlannedModel[],
  trained: readonly StoredModel[],
  materials: ReadonlyMap<Dataset, Material>,
): TrainingResult {
  const rows = planned.flatMap(({ name, seed, dataset }, index) => {
    const { history } = trained[index].training
    if (history.length === 0) return []
    const unigramLoss = meanLoss(materials.get(dataset)!, dataset.validation.tokens)
    return history.map((evaluation) => ({ model: name, seed, ...evaluation, unigramLoss }))
  })
  return { analysis: 'training', rows }
}

/** Mean −log p under the unigram model of every token but the first, which nothing predicts, nats. */
function meanLoss(material: Material, tokens: Int32Array): number {
  const scores = material.unigram().score(tokens).subarray(1)
  return -scores.reduce((sum, score) => sum + score, 0) / scores.length
}
