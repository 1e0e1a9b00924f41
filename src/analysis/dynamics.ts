// Gates and states of a unit word by word (Lakretz et al. 2019, figure 2): mean and spread over the items of a condition.

import type { Engine } from '../engine/engine.ts'
import type { Item } from '../tasks/items.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { DynamicsRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface DynamicsOptions {
  /** units of any site, as in `0.hidden.61`; each is followed through the sites of its layer */
  readonly units: readonly string[]
  /** quantities such as `input`, `forget`, `cell` */
  readonly sites: readonly string[]
  readonly initial?: InitialState
}

/** @param items of one task whose prefixes have one length; every item counts, right or wrong */
export async function dynamics(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: DynamicsOptions,
): Promise<DynamicsRow[]> {
  throw new Error('not written yet')
}
