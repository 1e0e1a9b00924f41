// The trained model that an analysis is about, under the name and seed that its rows carry.

import type { Model } from '../model/model.ts'

export interface AnalysedModel {
  /** unique in its experiment with its seed */
  readonly name: string
  /** what the models of the same make on other data are called, too: the name without that of its data */
  readonly entry: string
  readonly seed: number
  readonly model: Model
}
