// The native engine: C++ kernels behind Node-API. This file checks what it is given and turns it into the flat requests that
// the kernels read; trainer.ts does the same for training.

import { UserError } from '../../core/errors.ts'
import { oncePer } from '../../core/once.ts'
import { outputsOf, type ModelConfig } from '../../model/config.ts'
import { parseSite, siteWidth } from '../../model/sites.ts'
import { countParameters, flattenWeights, viewWeights } from '../../model/weights.ts'
import { checkBatch, checkOutputs, checkRuns, checkPositions, checkTrainingBatch, recordingOf } from '../checks.ts'
import type { Batch, Engine, RunOptions, RunResult, Scalars, TrainingBatch } from '../engine.ts'
import { rowsForThreads } from '../works-alone.ts'
import { loadAddon, type Addon, type NetworkHandle, type Numbers } from './addon.ts'
import { editRequest, recordingRequest, stateRequest } from './request.ts'
import { askInDouble, sensitivities, type DoubleOptions, type DoubleSensitivities } from './sensitivities.ts'
import { createNativeTrainer } from './trainer.ts'

/** Changes whenever the kernels give other bits. */
const NUMERICS = 'native-1'

/** Why the compiled kernels cannot be used here, as a sentence; null where they can. */
export function nativeProblem(): string | null {
  const addon = loadAddon()
  return 'problem' in addon ? addon.problem : null
}

/** What the kernels found: the sets of instructions that this processor has, widest first, and its cores. */
export function nativeCapabilities(): { readonly instructionSets: readonly string[]; readonly cores: number } {
  return requireAddon().describe()
}

/** What PROBE_SIMD says, or the widest that is here. */
export function chosenInstructionSet(): string {
  return process.env['PROBE_SIMD'] || nativeCapabilities().instructionSets[0]
}

export interface NativeOptions {
  /** the number of cores by default */
  readonly threads?: number
  /** `avx512`, `avx2` or `portable`; the widest that is here by default, or what PROBE_SIMD says. Results do not depend on it. */
  readonly instructionSet?: string
}

/** @throws Error where the kernels are not compiled; UserError for a set of instructions that is not here */
export function createNativeEngine(options: NativeOptions = {}): Engine {
  const addon = requireAddon()
  const { instructionSets, cores } = addon.describe()
  const instructionSet = options.instructionSet ?? chosenInstructionSet()
  if (!instructionSets.includes(instructionSet)) {
    throw new UserError(`PROBE_SIMD=${instructionSet} cannot run here. It can be: ${instructionSets.join(', ')}.`)
  }
  const threads = Math.max(1, Math.min(options.threads ?? cores, cores))
  const network = (config: ModelConfig): NetworkHandle => createNetwork(addon, config, instructionSet, threads)
  // a run is given its state and its weights, so that one network serves all runs of a config: its buffers are large, and
  // the garbage collector, which does not see them, would let many of them wait
  const networkOf = oncePer(network)
  return {
    name: 'native',
    numerics: NUMERICS,
    run: (model, batch, runOptions = {}) =>
      run(addon, networkOf(model.config), model.config, flattenWeights(model.config, model.weights), batch, runOptions),
    gradients(model, batch, loss) {
      const flat = new Float32Array(countParameters(model.config))
      const weights = flattenWeights(model.config, model.weights)
      const result = lossAndGradients(addon, networkOf(model.config), model.config, weights, batch, loss, flat)
      return { loss: result, gradients: viewWeights(model.config, flat) }
    },
    sensitivities: ({ config, weights }, batch, of, sensitivityOptions = {}) =>
      sensitivities(addon, networkOf(config), config, flattenWeights(config, weights), batch, of, sensitivityOptions),
    trainer: (model, trainerOptions) => createNativeTrainer(addon, network(model.config), model, trainerOptions),
  }
}

/**
 * The gradient in double precision, for finite differences. Weights and gradient are flat, in the order of `weightShapes`.
 * @returns the loss, as `loss` says
 */
export function gradientsInDouble(
  config: ModelConfig,
  weights: Float64Array,
  batch: TrainingBatch,
  loss: 'mean' | 'sum',
  gradients: Float64Array,
): number {
  const addon = requireAddon()
  return lossAndGradients(addon, createNetwork(addon, config, 'double', 1), config, weights, batch, loss, gradients)
}

/** Sensitivities in double precision, for finite differences. Weights are flat, in the order of `weightShapes`. */
export function sensitivitiesInDouble(
  config: ModelConfig,
  weights: Float64Array,
  batch: Batch,
  of: Scalars,
  options: DoubleOptions,
): DoubleSensitivities {
  const addon = requireAddon()
  return askInDouble(addon, createNetwork(addon, config, 'double', 1), config, weights, batch, of, options)
}

/** Measured speed of the kernels' matrix product on square matrices, GFLOP/s. */
export function measureGigaflops(threads: number, size = 512): number {
  const addon = requireAddon()
  const tiny: ModelConfig = {
    cell: 'rnn', activation: 'tanh', layers: 1, units: 1, embedding: 1, vocabulary: 1, tied: false, dropout: 0,
    initialState: 'zeros',
    initialization: { embedding: 0, kernel: 0, recurrentKernel: 0, decoder: 0 },
  }
  const network = createNetwork(addon, tiny, chosenInstructionSet(), threads)
  let best = 0
  for (let attempt = 0; attempt < 5; attempt++) {
    const rounds = 10
    const start = process.hrtime.bigint()
    addon.exercise(network, { size, rounds })
    best = Math.max(best, (2 * size ** 3 * rounds) / Number(process.hrtime.bigint() - start))
  }
  return best
}

function requireAddon(): Addon {
  const loaded = loadAddon()
  if ('problem' in loaded) throw new Error(loaded.problem)
  return loaded.addon
}

function createNetwork(addon: Addon, config: ModelConfig, instructionSet: string, threads: number): NetworkHandle {
  checkRuns(config)
  return addon.create({
    cell: config.cell,
    levels: config.layers,
    directions: config.bidirectional ? 2 : 1,
    units: config.units,
    embedding: config.embedding,
    vocabulary: config.vocabulary,
    outputs: outputsOf(config),
    tied: config.tied,
    skip: config.skip ?? false,
    trainedInitialState: config.initialState === 'trained',
    resetAfter: config.cell === 'gru' && config.reset === 'after',
    relu: config.cell === 'rnn' && config.activation === 'relu',
    dropout: config.dropout,
    instructionSet,
    threads,
    rowsForThreads: rowsForThreads(config),
  })
}

function run(
  addon: Addon,
  network: NetworkHandle,
  config: ModelConfig,
  weights: Float32Array,
  batch: Batch,
  options: RunOptions,
): RunResult {
  checkBatch(batch, config)
  const { rows, steps } = batch
  const state: Record<string, Float32Array> = {}
  const recorded: Record<string, Float32Array> = {}
  const { targets, candidates, logitsAt } = options
  const logProbabilities = targets && new Float32Array(rows * steps)
  const candidateLogits = candidates && new Float32Array(candidates.tokens.length)
  const logits = logitsAt && new Float32Array(logitsAt.length * outputsOf(config))
  if (targets) checkOutputs(targets, rows * steps, config, -1)
  if (candidates) checkOutputs(candidates.tokens, candidates.positions.length * candidates.width, config, 0)
  checkPositions(candidates?.positions, rows * steps)
  checkPositions(logitsAt, rows * steps)
  addon.run(network, weights, {
    rows,
    steps,
    tokens: batch.tokens,
    lengths: batch.lengths ?? null,
    layers: stateRequest(config, rows, options.state, state, (length) => new Float32Array(length)),
    recordings: (options.record ?? []).map((name) => {
      const width = siteWidth(parseSite(name, config), config)
      recorded[name] = recordingOf(rows * steps * width, options.into?.[name])
      return recordingRequest(name, config, recorded[name])
    }),
    edits: editRequest(options.edits ?? [], config, batch),
    targets: targets ?? null,
    logProbabilities: logProbabilities ?? null,
    candidatePositions: candidates?.positions ?? new Int32Array(0),
    candidateTokens: candidates?.tokens ?? new Int32Array(0),
    candidateWidth: candidates?.width ?? 0,
    candidateLogits: candidateLogits ?? new Float32Array(0),
    logitPositions: logitsAt ?? new Int32Array(0),
    logits: logits ?? new Float32Array(0),
  })
  return { state, recorded, logProbabilities, candidateLogits, logits }
}

function lossAndGradients(
  addon: Addon,
  network: NetworkHandle,
  config: ModelConfig,
  weights: Numbers,
  batch: TrainingBatch,
  loss: 'mean' | 'sum',
  gradients: Numbers,
): number {
  checkTrainingBatch(batch, config)
  const { rows, steps, tokens, targets, lengths = null } = batch
  const mean = loss === 'mean'
  const request = { rows, steps, tokens, targets, lengths, carry: false, mean, dropout: false, seed: 0, update: 0 }
  const result = addon.gradients(network, weights, request, gradients)
  return mean ? result.loss / Math.max(1, result.targets) : result.loss
}
