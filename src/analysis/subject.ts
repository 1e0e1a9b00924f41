// The trained model that an analysis is about, under the name and seed that its rows carry.

import type { Model } from '../model/model.ts'

export interface AnalysedModel {
  readonly name: string
  readonly seed: number
  readonly model: Model
}
