// How far work on several models is, some of which may be worked on at the same time: one bar for all of them.

import type { Log } from '../core/log.ts'
import type { PlannedModel } from './plan.ts'

/** @param share from 0 to 1 @param note what is being done to it */
export type TellShare = (model: PlannedModel, share: number, note?: string) => void

/** @param models how many there are in all */
export function modelsProgress(stage: string, models: number, log: Log): TellShare {
  const shares = new Map<PlannedModel, number>()
  return (model, share, note) => {
    shares.set(model, share)
    const done = [...shares.values()].reduce((sum, each) => sum + each, 0)
    const title = `${model.name}, seed ${model.seed}`
    log.progress({ stage, done, total: models, unit: 'models', note: note === undefined ? title : `${title}, ${note}` })
  }
}
