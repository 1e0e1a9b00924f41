// The trained model that an analysis is about, under the name and seed that its rows carry.

import { startingWeights } from '../model/initialization.ts'
import type { Model } from '../model/model.ts'
import type { Moment } from './results.ts'

export interface AnalysedModel {
  readonly name: string
  readonly seed: number
  readonly model: Model
}

/** The same with the weights of one moment of its training. */
export interface AnalysedMoment extends AnalysedModel {
  readonly moment: Moment
}

/** The network as it was before it was trained. */
export function untrainedModel({ model, seed }: AnalysedModel): Model {
  return { ...model, weights: startingWeights(model.config, seed) }
}
