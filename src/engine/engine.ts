// The numbers. An engine runs a model over a batch and trains it; two implementations answer to this one interface:
// native (C++ kernels, the default) and tfjs (TensorFlow.js, the reference that the kernels are checked against).
// Everything is an argument: nothing is kept on a model, nothing has to be undone.

import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import type { ModelConfig } from '../model/config.ts'
import type { Weights } from '../model/weights.ts'
import type { OptimizerConfig } from './optimizer.ts'

/** Token ids as a rectangle [rows, steps], row-major. A row shorter than `steps` is padded with any valid id. */
export interface Batch {
  readonly tokens: Int32Array
  readonly rows: number
  readonly steps: number
  /** tokens of each row, at least 1; all `steps` by default. The state after a run is the state after a row's own end, and
   *  a row is read backward from its own end. */
  readonly lengths?: Int32Array
}

/** The state between steps: `0.hidden` and, in an LSTM, `0.cell`, …, each [rows, units]. What reads backward has its state
 *  before a row's last token, and after its first. */
export type State = Readonly<Record<string, Float32Array>>

export interface RunOptions {
  /** state before the first token; the model's initial state by default */
  readonly state?: State
  /** names of sites to record */
  readonly record?: readonly string[]
  /** arrays whose start is recorded into, by site; new ones where there is none. Fresh memory costs more than the copy: who
   *  runs batch after batch keeps its arrays. */
  readonly into?: Readonly<Record<string, Float32Array>>
  readonly edits?: readonly Edit[]
  /** [rows, steps]: the token, or tag, whose log probability is wanted at each position; −1 where none is */
  readonly targets?: Int32Array
  /** a few columns of the decoder at some positions: minimal pairs need no softmax */
  readonly candidates?: {
    /** row · steps + step of each position */
    readonly positions: Int32Array
    /** [positions, width] ids of tokens, or of tags */
    readonly tokens: Int32Array
    readonly width: number
  }
  /** positions (row · steps + step) at which every logit is wanted */
  readonly logitsAt?: Int32Array
}

export interface RunResult {
  /** state after each row's last token */
  readonly state: State
  /** per recorded site [rows, steps, units], row-major; what stands beyond a row's length has no meaning */
  readonly recorded: Readonly<Record<string, Float32Array>>
  /** natural log p(target), [rows, steps]; 0 where no target was asked for */
  readonly logProbabilities?: Float32Array
  /** logits [positions, width] of the candidates */
  readonly candidateLogits?: Float32Array
  /** logits [positions, outputs] */
  readonly logits?: Float32Array
}

/** Single numbers of the decoder's answer, each with a factor. A term belongs to the row in which its position lies. */
export interface Terms {
  /** row · steps + step of each term, before the row's end */
  readonly positions: Int32Array
  readonly tokens: Int32Array
  /** 1 by default */
  readonly factors?: Float32Array
}

/**
 * What is differentiated: each row of a batch has one scalar, the sum of everything here that lies in it. A token's
 * loss is one log probability with the factor −1, a log-odds margin two logits with the factors 1 and −1. Factors v of
 * the state after each row's last token make every gradient a vector-Jacobian product vᵀ ∂state / ∂…: rows that differ
 * in their unit vector alone give a whole Jacobian, and in batches of one step that of every single step.
 */
export interface Scalars {
  readonly logProbabilities?: Terms
  readonly logits?: Terms
  /** [rows, units] for each name of the state; a name that is left out has no factors */
  readonly state?: State
}

export interface SensitivityOptions {
  /** names of the sites with respect to which each row's scalar is differentiated */
  readonly sites?: readonly string[]
  /** state before the first token; the model's initial state by default */
  readonly state?: State
  /** the scalar is that of the edited run */
  readonly edits?: readonly Edit[]
}

/**
 * The gradient with respect to a unit at a step is the total derivative through everyone who reads the value: the slope
 * of the row's scalar in ε where the edit `{ unit, add: ε, rows: [row], steps: [step] }` stands behind all other edits.
 * So `hidden` counts through the next step of its layer, the layer above, the decoder and the state after the run;
 * `cell` through the tanh of its own step and through the next cell; a gate through the cell or hidden value of its own
 * step; `embedding` through the first layer. Nothing goes back past an edit that sets or rounds, and past one that
 * scales goes that many times as much.
 */
export interface Sensitivities {
  /** the scalars, [rows] */
  readonly values: Float32Array
  /** per site [rows, steps, units], row-major; 0 after the last thing that the scalar reads, and beyond a row's end */
  readonly gradients: Readonly<Record<string, Float32Array>>
  /** with respect to the state before the first token, [rows, units] each: there `hidden` does not depend on `cell` */
  readonly state: State
}

/** Where a row ends early, what follows has targets of −1. */
export interface TrainingBatch extends Omit<Batch, 'lengths'> {
  /** tokens of each row, falling from `steps`; by default the batch is a full rectangle */
  readonly lengths?: Int32Array
  /** next tokens, or tags, [rows, steps]; −1 counts for nothing */
  readonly targets: Int32Array
  /** go on from the state of the update before (truncated backpropagation), for batches without lengths and models that
   *  are not bidirectional; else from the model's initial state */
  readonly carry: boolean
}

/** Sentences to draw from, none of them empty: number i stands from starts[i] to starts[i + 1], the last one to the end of
 *  the array. */
interface SentenceList {
  readonly tokens: Int32Array
  readonly starts: Int32Array
}

/** A language model says each token of a sentence, its end among them, and reads what stands before it. */
export interface PlainSentences extends SentenceList {
  /** what is read before the first token */
  readonly context: number
  readonly tags?: undefined
}

/** A tagger reads every token of a sentence, and says its tag. */
export interface TaggedSentences extends SentenceList {
  readonly tags: Int32Array
  readonly context?: undefined
}

export type Sentences = PlainSentences | TaggedSentences

export interface TrainerOptions {
  readonly optimizer: OptimizerConfig
  /** largest norm of the whole gradient (Pascanu et al. 2013); null for none */
  readonly clip: number | null
  /** what the gradient is of: the mean or the sum of −log p over the targets of a batch */
  readonly loss: 'mean' | 'sum'
  /** keys the dropout masks, with the number of the update, layer, position and unit */
  readonly seed: number
}

export interface Update {
  /** Σ −log p over the targets, nats, with dropout */
  readonly loss: number
  /** number of targets */
  readonly targets: number
  /** norm of the gradient before clipping */
  readonly gradientNorm: number
}

/** Everything that decides how training goes on, as named arrays; a checkpoint is this and a data position. */
export interface TrainerSnapshot {
  /** updates made */
  readonly updates: number
  /** `weights`, the optimiser's moments and the recurrent state, each flat */
  readonly arrays: Readonly<Record<string, Float32Array>>
}

export interface Trainer {
  /** live views of the weights in training; copy what is to be kept */
  readonly weights: Weights
  update(batch: TrainingBatch, learningRate: number): Update
  /**
   * One update after the other, each on sentences that are read whole and from the initial state: as `update` on each
   * `batchOf` (drawn-batch.ts), but in one call. No state is left to carry.
   * The caller has the thread back only when all are done.
   * @param draws [updates, rows]: the numbers of the sentences
   * @param learningRates [updates]
   */
  updateOn(sentences: Sentences, draws: Int32Array, learningRates: ArrayLike<number>): Update[]
  snapshot(): TrainerSnapshot
  /** @throws Error where the snapshot belongs to another config */
  restore(snapshot: TrainerSnapshot): void
}

export interface Engine {
  readonly name: 'native' | 'tfjs'
  /** changes whenever the same inputs would give other bits; part of every store key */
  readonly numerics: string
  run(model: Pick<Model, 'config' | 'weights'>, batch: Batch, options?: RunOptions): RunResult
  /** loss (as `loss` says, without dropout) of a batch and its gradient for every weight */
  gradients(
    model: Pick<Model, 'config' | 'weights'>,
    batch: TrainingBatch,
    loss: TrainerOptions['loss'],
  ): { readonly loss: number; readonly gradients: Weights }
  /**
   * Each row's own scalar and its gradient with respect to sites at every step, without dropout: about the cost of one
   * pass forward and one back. Rows do not touch each other: one call answers for as many positions as it has rows.
   * @throws UserError for a site or an edit that the model does not have
   */
  sensitivities(
    model: Pick<Model, 'config' | 'weights'>,
    batch: Batch,
    of: Scalars,
    options?: SensitivityOptions,
  ): Sensitivities
  /** starts from a copy of the model's weights */
  trainer(model: { readonly config: ModelConfig; readonly weights: Weights }, options: TrainerOptions): Trainer
}
