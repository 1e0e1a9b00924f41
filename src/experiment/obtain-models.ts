// All models of the plan. Large ones are trained in turn, each on all threads; small ones, for which threads do not
// pay, side by side: one process each with one thread.

import type { Engine } from '../engine/engine.ts'
import { worksAlone } from '../engine/works-alone.ts'
import type { LoadedExperiment } from './config.ts'
import { secondsOf } from './estimate.ts'
import { modelInStore, obtainModel, type ObtainOptions } from './obtain-model.ts'
import type { PlannedModel } from './plan.ts'
import { findTraining, type StoredModel } from './store.ts'
import { trainSideBySide } from './train-side-by-side.ts'

export interface ObtainAllOptions extends ObtainOptions {
  readonly loaded: LoadedExperiment
  readonly threads: number
  /** processes are started for work of at least so many seconds; 10 by default */
  readonly processSeconds?: number
  /** a model is there, in the order of the plan */
  readonly onModel: (plan: PlannedModel) => void
}

/** @throws Interrupted where the signal is aborted */
export async function obtainModels(
  planned: readonly PlannedModel[],
  { loaded, threads, processSeconds = 10, onModel, ...options }: ObtainAllOptions,
): Promise<StoredModel[]> {
  const { fresh, engine, store } = options
  const missing = planned.filter((plan) => (fresh && plan.from === null) || findTraining(store, plan.key) === null)
  const small = missing.filter((plan) => isSmall(plan, engine))
  const seconds = small.reduce((sum, plan) => sum + secondsOf(plan, engine), 0)
  const together = threads > 1 && small.length > 1 && seconds >= processSeconds ? small : []
  if (together.length > 0) await trainSideBySide(together, planned, { ...options, loaded, processes: threads })

  const models: StoredModel[] = []
  for (const plan of planned) {
    models.push(together.includes(plan) ? modelInStore(plan, store) : await obtainModel(plan, options))
    onModel(plan)
  }
  return models
}

/** TensorFlow.js has threads of its own. */
function isSmall({ config, making }: PlannedModel, engine: Engine): boolean {
  return engine.name === 'native' && making.kind === 'training' && worksAlone(config, making.training.batch)
}
