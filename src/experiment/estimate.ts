// How long a training takes, before it begins: floating-point operations over the speed of the engine. Good to a factor
// of two; enough to tell minutes from days.

import type { DatasetPart } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { GATES, inputWidth, isPair, outputsOf, outputWidth, type ModelConfig } from '../model/config.ts'
import { layersOf } from '../model/sites.ts'
import { isDrawn, type TrainingConfig } from '../training/config.ts'
import type { PlannedModel } from './plan.ts'

/** Operations a second that training reaches. tfjs: 11 s for an update of 2,048 tokens through a 256-unit LSTM,
 *  measured in pure JavaScript on one core; native: the model of agreement.yaml on one core with AVX-512 reaches 1e11. */
const SPEED: Readonly<Record<Engine['name'], number>> = { native: 1e11, tfjs: 4e8 }

/** Seconds that a time step of a layer takes however few its units and rows are: dozens of small operations. */
const OVERHEAD: Readonly<Record<Engine['name'], number>> = { native: 2e-6, tfjs: 8e-3 }

/** Seconds to make a model of the plan. */
export function secondsOf({ config, making, dataset }: PlannedModel, engine: Engine): number {
  if (making.kind !== 'training') return 0
  const { training } = making
  return trainingSeconds(engine.name, config, training.batch, tokensRead(training, dataset.training))
}

/** Seconds to train a model on `tokens` tokens in all, as `tokensRead` counts them. */
export function trainingSeconds(
  engine: Engine['name'],
  model: ModelConfig,
  batch: number,
  tokens: number,
): number {
  // A multiplication and an addition for every weight: once forward, twice backward (inputs and weights).
  return (tokens * 6 * weightsPerToken(model)) / SPEED[engine] + (tokens / batch) * layersOf(model).length * OVERHEAD[engine]
}

/** Tokens that a training reads until its end. */
export function tokensRead(training: TrainingConfig, { tokens, sentenceStarts }: DatasetPart): number {
  if (!isDrawn(training)) return training.epochs * tokens.length
  return (training.updates * training.batch * tokens.length) / sentenceStarts.length
}

/** `40 seconds`, `12 minutes`, `3.5 hours`, `2 days`. */
export function duration(seconds: number): string {
  if (seconds < 90) return plural(Math.max(1, Math.round(seconds)), 'second')
  if (seconds < 5400) return plural(Math.round(seconds / 60), 'minute')
  if (seconds < 172_800) return plural(Math.round(seconds / 360) / 10, 'hour')
  return plural(Math.round(seconds / 86_400), 'day')
}

/** Weights that a token passes through; the embedding is looked up, not multiplied. */
function weightsPerToken(config: ModelConfig): number {
  const columns = GATES[config.cell].length * config.units
  let weights = outputsOf(config) * outputWidth(config) * (isPair(config) ? 2 : 1) // both halves decode
  for (const { layer } of layersOf(config)) weights += (inputWidth(config, layer) + config.units) * columns
  return weights
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
