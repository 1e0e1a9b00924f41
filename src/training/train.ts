// Trains a model on a running text, or on sentences drawn at random. Saves checkpoints on the way; a training
// that was stopped at any moment and started again ends with the same bytes as one that never was.

import { setImmediate } from 'node:timers/promises'
import { UserError } from '../core/errors.ts'
import { sha256 } from '../core/files.ts'
import { silent, type Log, type Progress } from '../core/log.ts'
import { exp } from '../core/math.ts'
import type { Engine, Sentences, Trainer } from '../engine/engine.ts'
import { createTrainer } from '../engine/pair-trainer.ts'
import type { Model } from '../model/model.ts'
import { flattenWeights, viewWeights } from '../model/weights.ts'
import { readCheckpoint, removePartial, writeCheckpoint } from './checkpoint.ts'
import { isDrawn, type DrawnTraining, type StreamTraining, type TrainingConfig } from './config.ts'
import { withUnigramBias } from './decoder-bias.ts'
import { readDrawnSentences, type SentencePool } from './drawn-sentences.ts'
import { addEvaluation, addUpdate, bestLoss, NO_HISTORY, type Evaluation, type History } from './history.ts'
import { Interrupted } from './interrupted.ts'
import type { Reading } from './reading.ts'
import { learningRateAt } from './schedule.ts'
import { snapshotUpdates } from './snapshots.ts'
import { readStreams } from './streams.ts'

export interface TrainOptions {
  readonly engine: Engine
  /** the model to start from; it is not changed */
  readonly model: Model
  /** a running text, or what sentences are drawn from: as the config says */
  readonly data: TrainingText | SentencePool
  readonly config: TrainingConfig
  /** keys the dropout masks and the draws */
  readonly seed: number
  /** where the training goes on from when it was interrupted; null for nowhere */
  readonly checkpoint?: CheckpointOptions | null
  /** is given the weights on the way that `config.snapshots` asks for; after an interruption the last ones again */
  readonly onSnapshot?: (updates: number, model: Model) => void
  readonly log?: Log
  /** aborted by Ctrl-C: saves and throws Interrupted */
  readonly signal?: AbortSignal
}

/** Token ids of two running texts. */
export interface TrainingText {
  readonly training: Int32Array
  readonly validation: Int32Array
}

export interface CheckpointOptions {
  /** its own folder: one for each training */
  readonly directory: string
  /** at least so long between two checkpoints; 10 by default */
  readonly seconds?: number
}

export interface Trained {
  /** with the weights that `config.keep` names */
  readonly model: Model
  readonly history: readonly Evaluation[]
  readonly updates: number
  /** early stopping ended it before the last epoch did */
  readonly stoppedEarly: boolean
}

/** What changes while a training runs, beside the trainer. */
interface Course {
  updates: number
  history: History
  /** weights of the best evaluation, flat, where `keep` is `best` */
  best: Float32Array<ArrayBuffer> | null
  /** when the last checkpoint was written, milliseconds */
  saved: number
}

/**
 * The checkpoints stay in their folder: whoever has stored the model removes it.
 * @throws Interrupted where `signal` was aborted
 * @throws UserError where a text is too short, the loss is no longer a number, or the checkpoint is another training's
 */
export async function train(options: TrainOptions): Promise<Trained> {
  const { engine, config, seed, log = silent, signal } = options
  const model = beginningOf(options)
  const reading = readingOf(options)
  const trainer = createTrainer(engine, model, { optimizer: config.optimizer, clip: config.clip, loss: config.loss, seed })
  const identity = options.checkpoint ? identityOf(options) : ''
  const course = resume(trainer, options, identity)
  const snapshots = snapshotUpdates(config.snapshots, reading.updates).filter((update) => update >= course.updates)

  try {
    while (course.updates < reading.updates || !isEvaluated(course)) {
      signal?.throwIfAborted()
      if (course.updates === snapshots[0]) {
        snapshots.shift()
        options.onSnapshot?.(course.updates, modelNow(trainer, model))
      }
      if (reading.isDue(course.updates) && !isEvaluated(course)) {
        await evaluate(course, trainer, options, reading)
      } else {
        advance(course, trainer, config, reading, snapshots[0] ?? reading.updates)
        log.progress(progressOf(course, reading))
        await setImmediate()
      }
      if (isHopeless(course.history, config)) break
      if (isTimeToSave(course, options.checkpoint)) save(course, trainer, options, identity)
    }
  } catch (error) {
    if (!signal?.aborted || error !== signal.reason) throw error
    if (options.checkpoint) save(course, trainer, options, identity)
    throw new Interrupted(course.updates, Boolean(options.checkpoint))
  }
  return {
    model: course.best ? { ...model, weights: viewWeights(model.config, course.best) } : modelNow(trainer, model),
    history: course.history.rows,
    updates: course.updates,
    stoppedEarly: course.updates < reading.updates,
  }
}

function isPool(data: TrainOptions['data']): data is SentencePool {
  return 'probabilities' in data
}

function beginningOf({ model, data, config }: TrainOptions): Model {
  if (config.decoderBias === undefined) return model
  return withUnigramBias(model, isPool(data) ? (data.training.tags ?? data.training.tokens) : data.training)
}

function readingOf({ data, config, seed }: TrainOptions): Reading {
  if (isDrawn(config) !== isPool(data)) throw new Error('the data of this training are not what its config reads')
  return isPool(data)
    ? readDrawnSentences(data, config as DrawnTraining, seed)
    : readStreams(data.training, data.validation, config as StreamTraining)
}

function resume(trainer: Trainer, { checkpoint, log = silent }: TrainOptions, identity: string): Course {
  const saved = performance.now()
  if (checkpoint) removePartial(checkpoint.directory)
  const found = checkpoint ? readCheckpoint(checkpoint.directory, identity, log) : null
  if (!found) return { updates: 0, history: NO_HISTORY, best: null, saved }
  trainer.restore(found.trainer)
  log.info(`Going on after ${found.trainer.updates} updates.`)
  return { updates: found.trainer.updates, history: found.history, best: found.best, saved }
}

/** @param stop updates after which the weights are looked at */
function advance(course: Course, trainer: Trainer, config: TrainingConfig, reading: Reading, stop: number): void {
  const rate = (update: number) => rateOf(update, course, config, reading)
  for (const result of reading.advance(trainer, course.updates, stop - course.updates, rate)) {
    course.updates += 1
    checkFinite(result.loss + result.gradientNorm, course)
    course.history = addUpdate(course.history, result)
  }
}

/** The learning rate of an update, by its number from 0. */
function rateOf(update: number, { history }: Course, config: TrainingConfig, reading: Reading): number {
  const place = { epoch: reading.epochOf(update), update, updates: reading.updates, setbacks: history.setbacks }
  return learningRateAt(config.schedule, config.learningRate, place)
}

async function evaluate(course: Course, trainer: Trainer, options: TrainOptions, reading: Reading): Promise<void> {
  const { engine, model, config, log = silent, signal } = options
  const current = { config: model.config, weights: trainer.weights }
  const validationLoss = await reading.validationLoss(engine, current, signal)
  checkFinite(exp(validationLoss), course)
  if (config.keep === 'best' && validationLoss < bestLoss(course.history)) course.best = copyOfWeights(trainer, model)
  const last = course.updates - 1
  course.history = addEvaluation(course.history, {
    update: course.updates,
    epoch: reading.epochOf(last),
    validationLoss,
    learningRate: rateOf(last, course, config, reading),
  })
  const { trainingLoss } = course.history.rows[course.history.rows.length - 1]
  log.info(
    `${reading.title(course.updates)}: training loss ${trainingLoss.toFixed(4)}, validation loss ` +
      `${validationLoss.toFixed(4)} nats per token (perplexity ${exp(validationLoss).toFixed(1)}).`,
  )
}

function checkFinite(value: number, { updates }: Course): void {
  if (Number.isFinite(value)) return
  throw new UserError(
    `The training diverged: after ${updates} updates the loss is too large for a number. Lower learningRate, or set clip.`,
  )
}

function isEvaluated({ updates, history: { rows } }: Course): boolean {
  return rows.length > 0 && rows[rows.length - 1].update === updates
}

function isHopeless(history: History, { earlyStopping }: TrainingConfig): boolean {
  return earlyStopping !== null && history.setbacksInARow >= earlyStopping
}

function isTimeToSave(course: Course, checkpoint: TrainOptions['checkpoint']): boolean {
  return Boolean(checkpoint) && performance.now() - course.saved >= 1000 * (checkpoint?.seconds ?? 10)
}

function save(course: Course, trainer: Trainer, { checkpoint }: TrainOptions, training: string): void {
  if (!checkpoint) return
  const { history, best } = course
  writeCheckpoint(checkpoint.directory, { training, trainer: trainer.snapshot(), history, best })
  course.saved = performance.now()
}

/** A hash of everything that determines the weights. */
function identityOf({ engine, model, data, config, seed }: TrainOptions): string {
  return sha256(JSON.stringify([
    engine.name, engine.numerics, model.config, config, seed,
    ...[flattenWeights(model.config, model.weights), ...arraysOf(data)].map(hashOf),
  ]))
}

function arraysOf(data: TrainOptions['data']): (Float64Array | Int32Array)[] {
  if (!isPool(data)) return [data.training, data.validation]
  const { training, validation, probabilities } = data
  const arrays = (of: Sentences) => [of.tokens, of.starts, of.tags ?? Int32Array.of(of.context)]
  return [...arrays(training), ...arrays(validation), ...(probabilities ? [probabilities] : [])]
}

function hashOf(values: Float32Array | Float64Array | Int32Array): string {
  return sha256(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
}

/** The model with a copy of the weights that are being trained. */
function modelNow(trainer: Trainer, model: Model): Model {
  return { ...model, weights: viewWeights(model.config, copyOfWeights(trainer, model)) }
}

function copyOfWeights(trainer: Trainer, model: Model): Float32Array<ArrayBuffer> {
  return new Float32Array(flattenWeights(model.config, trainer.weights))
}

function progressOf({ updates, history }: Course, reading: Reading): Progress {
  return {
    stage: 'training',
    done: Math.round((updates / reading.updates) * reading.total),
    total: reading.total,
    unit: reading.unit,
    note: `loss ${(history.loss / history.targets).toFixed(3)}`,
  }
}
