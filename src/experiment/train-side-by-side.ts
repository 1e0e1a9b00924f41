// Trainings side by side. Models go through the store, so that it does not matter who trained them.

import type { LoadedExperiment } from './config.ts'
import { modelsProgress } from './models-progress.ts'
import type { ObtainOptions } from './obtain-model.ts'
import type { PlannedModel } from './plan.ts'
import { workSideBySide } from './side-by-side.ts'

export interface TrainSideBySideOptions extends ObtainOptions {
  readonly loaded: LoadedExperiment
  readonly processes: number
}

/** Of more models than these the user is not told every evaluation. */
const FEW = 8

/**
 * @param wanted some of the plan
 * @param planned the whole plan
 * @throws as `workSideBySide`
 */
export async function trainSideBySide(
  wanted: readonly PlannedModel[],
  planned: readonly PlannedModel[],
  options: TrainSideBySideOptions,
): Promise<void> {
  const { loaded, store, fresh = false, checkpointSeconds, log, signal } = options
  const processes = Math.min(options.processes, wanted.length)
  const tell = modelsProgress('training', wanted.length, log)
  log.info(`Training ${wanted.length} small models, ${processes} side by side.`)
  await workSideBySide(wanted, {
    task: { loaded, store: store.directory, work: { kind: 'train', fresh, checkpointSeconds } },
    planned,
    processes,
    signal,
    onNews(model, news) {
      if (news.kind === 'progress') tell(model, news.share)
      else if (news.kind === 'warning') log.warn(news.message)
      else if (news.kind === 'info' && wanted.length <= FEW) log.info(news.message)
    },
    onDone: (model) => tell(model, 1),
  })
}
