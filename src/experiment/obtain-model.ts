// A model of the plan: from the store, or trained now and put there. A training that was stopped goes on where it was.

import { UserError } from '../core/errors.ts'
import type { Log, Progress } from '../core/log.ts'
import type { DatasetPart } from '../data/dataset.ts'
import { taggedSentences } from '../data/tagging.ts'
import { endId } from '../data/vocabulary.ts'
import type { Engine, Sentences } from '../engine/engine.ts'
import { startingWeights } from '../model/initialization.ts'
import { isDrawn, type TrainingConfig } from '../training/config.ts'
import { train, type TrainOptions } from '../training/train.ts'
import { duration, secondsOf } from './estimate.ts'
import type { PlannedModel } from './plan.ts'
import {
  checkpointDirectory, clearModel, findModel, lockModel, saveModel, saveSnapshot, type Store, type StoredModel,
} from './store.ts'

export interface ObtainOptions {
  readonly engine: Engine
  readonly store: Store
  /** trains this experiment's own models again */
  readonly fresh?: boolean
  /** at least so long between two checkpoints; 10 by default */
  readonly checkpointSeconds?: number
  readonly log: Log
  readonly signal?: AbortSignal
}

export async function obtainModel(plan: PlannedModel, options: ObtainOptions): Promise<StoredModel> {
  const { store, log } = options
  const title = `${plan.name}, seed ${plan.seed}`
  const known = options.fresh && plan.from === null ? null : find(plan, title, options)
  if (known) return known
  const lock = await lockModel(store, plan.key, {
    signal: options.signal,
    onWait: (owner) => log.info(`${title}: process ${owner} is training this model; waiting for it.`),
  })
  try {
    if (options.fresh && plan.from === null) clearModel(store, plan.key)
    const found = find(plan, title, options)
    if (found) return found
    if (findModel(store, plan.key) === 'damaged') {
      log.warn(`${title}: the model in the store is damaged; it is trained again.`)
    }
    return await makeModel(plan, title, options)
  } finally {
    lock.release()
  }
}

/** One that is there, whoever has put it there. */
export function modelInStore({ key, name, seed }: PlannedModel, store: Store): StoredModel {
  const found = findModel(store, key)
  if (found === null || found === 'damaged') throw new Error(`${name}, seed ${seed}, is not in the store`)
  return found
}

/** Looks into the store; a damaged model is none. */
function find(plan: PlannedModel, title: string, { store, log }: ObtainOptions): StoredModel | null {
  const found = findModel(store, plan.key)
  if (found === null || found === 'damaged') return null
  log.info(`${title}: found in the store.`)
  return found
}

async function makeModel(plan: PlannedModel, title: string, options: ObtainOptions): Promise<StoredModel> {
  const { key, description, config, dataset, making } = plan
  if (making.kind === 'training') return trainModel(plan, making.training, title, options)
  if (making.kind === 'import') throw new UserError(`The imported model ${plan.from} is damaged in the store. Import it again.`)
  const model = { config, vocabulary: dataset.vocabulary, weights: making.weights }
  const nothing = { history: [], updates: 0, stoppedEarly: false, seconds: 0 }
  return saveModel(options.store, model, { key, description, ...nothing })
}

async function trainModel(
  plan: PlannedModel,
  training: TrainingConfig,
  title: string,
  options: ObtainOptions,
): Promise<StoredModel> {
  const { engine, store, checkpointSeconds, log, signal } = options
  const { config, tags, dataset, seed } = plan
  const origin = plan.from === null ? '' : ` It is the model ${plan.from}, which is not in the store.`
  log.info(`${title}: training, some ${duration(secondsOf(plan, engine))}.${origin}`)
  const weights = startingWeights(config, seed)
  const started = performance.now()
  const { model, history, updates, stoppedEarly } = await train({
    engine,
    model: { config, vocabulary: dataset.vocabulary, ...(tags && { tags }), weights },
    data: trainingData(plan, training),
    config: training,
    seed,
    checkpoint: { directory: checkpointDirectory(store, plan.key), seconds: checkpointSeconds },
    onSnapshot: (updates, model) => saveSnapshot(store, plan.key, { updates, model }),
    log: titled(log, title),
    signal,
  })
  const seconds = (performance.now() - started) / 1000
  const { key, description } = plan
  return saveModel(store, model, { key, description, history, updates, stoppedEarly, seconds })
}

/** What a training reads of a dataset. */
function trainingData({ dataset, tags }: PlannedModel, config: TrainingConfig): TrainOptions['data'] {
  const { training, validation, vocabulary, draws } = dataset
  if (!isDrawn(config)) return { training: training.tokens, validation: validation.tokens }
  const context = endId(vocabulary)
  const read = (part: DatasetPart): Sentences => (
    tags ? taggedSentences(part, tags) : { tokens: part.tokens, starts: part.sentenceStarts, context }
  )
  return { training: read(training), validation: read(validation), probabilities: draws }
}

/** A log that says which model its messages are about. */
function titled(log: Log, title: string): Log {
  return {
    info: (message) => log.info(`${title}: ${message}`),
    warn: (message) => log.warn(`${title}: ${message}`),
    progress: (progress: Progress) => log.progress({ ...progress, stage: title }),
  }
}
