// The compiled addon: what addon.cc exports, in types, and where it is loaded from.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { packageRoot } from '../../core/package-root.ts'

declare const handle: unique symbol
/** A network's scratch memory and carried state, on the other side. */
export type NetworkHandle = { readonly [handle]: true }

export interface NetworkConfig {
  readonly cell: 'lstm' | 'gru' | 'rnn'
  readonly levels: number
  /** 2 where each level has a layer that reads backward, too; layers are numbered level by level, forward first */
  readonly directions: number
  readonly units: number
  readonly embedding: number
  readonly vocabulary: number
  readonly outputs: number
  readonly tied: boolean
  readonly skip: boolean
  readonly trainedInitialState: boolean
  readonly resetAfter: boolean
  readonly relu: boolean
  readonly dropout: number
  readonly instructionSet: string
  readonly threads: number
  /** batches of fewer rows are computed by one thread */
  readonly rowsForThreads: number
}

export interface RunRequest {
  readonly rows: number
  readonly steps: number
  readonly tokens: Int32Array
  readonly lengths: Int32Array | null
  readonly layers: readonly LayerRequest[]
  readonly recordings: readonly RecordingRequest[]
  readonly edits: readonly EditRequest[]
  readonly targets: Int32Array | null
  readonly logProbabilities: Float32Array | null
  readonly candidatePositions: Int32Array
  readonly candidateTokens: Int32Array
  readonly candidateWidth: number
  readonly candidateLogits: Float32Array
  readonly logitPositions: Int32Array
  readonly logits: Float32Array
}

/** In single precision, but for sensitivities in a network of the instruction set `double`. */
export interface LayerRequest {
  readonly hiddenIn: Numbers | null
  readonly cellIn: Numbers | null
  readonly hiddenOut: Numbers
  readonly cellOut: Numbers | null
}

export interface RecordingRequest {
  readonly layer: number
  readonly quantity: number
  readonly to: Numbers
}

export interface EditRequest {
  readonly layer: number
  readonly quantity: number
  readonly unit: number
  readonly operation: number
  readonly operand: number
  readonly values: Float32Array | null
  readonly rows: Int32Array | null
  readonly steps: Int32Array | null
  readonly recurrent: boolean
  readonly output: boolean
}

/** Layers and recordings take gradients. Edits are for single precision alone. */
export interface SensitivityRequest
  extends Pick<RunRequest, 'rows' | 'steps' | 'tokens' | 'lengths' | 'layers' | 'recordings' | 'edits'> {
  readonly logProbabilities: TermsRequest
  readonly logits: TermsRequest
  /** of the state of each layer */
  readonly factors: readonly { readonly hidden: Numbers | null; readonly cell: Numbers | null }[]
  readonly values: Numbers
}

export interface TermsRequest {
  readonly positions: Int32Array
  readonly tokens: Int32Array
  readonly factors: Numbers
}

export interface GradientRequest {
  readonly rows: number
  readonly steps: number
  readonly tokens: Int32Array
  readonly targets: Int32Array
  readonly lengths: Int32Array | null
  readonly carry: boolean
  readonly mean: boolean
  readonly dropout: boolean
  readonly seed: number
  readonly update: number
}

/** The optimiser, and the arrays that it works on. */
export interface OptimizerRequest {
  readonly optimizer: string
  readonly parameters: Float64Array
  /** 0 for none */
  readonly clip: number
  readonly weights: Float32Array
  readonly gradients: Float32Array
  readonly first: Float32Array | null
  readonly second: Float32Array | null
}

export interface UpdateRequest extends OptimizerRequest {
  readonly learningRate: number
  readonly step: number
}

export interface DrawnRequest extends OptimizerRequest {
  readonly tokens: Int32Array
  readonly starts: Int32Array
  readonly context: number | null
  readonly tags: Int32Array | null
  readonly updates: number
  readonly rows: number
  /** [updates, rows] */
  readonly draws: Int32Array
  /** [updates] */
  readonly learningRates: Float64Array
  readonly mean: boolean
  readonly dropout: boolean
  readonly seed: number
  /** number of the first update */
  readonly update: number
  /** [updates, 3]: loss, targets, norm of the gradient before clipping */
  readonly reports: Float64Array
}

/** Single precision, or double in a network of the instruction set `double`. */
export type Numbers = Float32Array | Float64Array

export interface Addon {
  describe(): { readonly instructionSets: readonly string[]; readonly cores: number }
  create(config: NetworkConfig): NetworkHandle
  run(network: NetworkHandle, weights: Float32Array, request: RunRequest): void
  sensitivities(network: NetworkHandle, weights: Numbers, request: SensitivityRequest): void
  gradients(
    network: NetworkHandle,
    weights: Numbers,
    request: GradientRequest,
    gradients: Numbers,
  ): { readonly loss: number; readonly targets: number }
  update(network: NetworkHandle, request: UpdateRequest): number
  updateOn(network: NetworkHandle, request: DrawnRequest): void
  readState(network: NetworkHandle): Float32Array
  writeState(network: NetworkHandle, state: Float32Array): void
  exercise(network: NetworkHandle, request: { readonly size: number; readonly rounds: number }): void
}

let loaded: { readonly addon: Addon } | { readonly problem: string } | undefined

/** The addon, or why it is not there. */
export function loadAddon(): { readonly addon: Addon } | { readonly problem: string } {
  loaded ??= tryToLoad()
  return loaded
}

function tryToLoad(): { readonly addon: Addon } | { readonly problem: string } {
  const folder = join(packageRoot(), 'build')
  try {
    return { addon: createRequire(import.meta.url)(join(folder, 'kernels.node')) as Addon }
  } catch (error) {
    return { problem: buildProblem(folder) ?? (error as Error).message }
  }
}

/** What the build script wrote down when it failed. */
function buildProblem(folder: string): string | null {
  try {
    const { problem } = JSON.parse(readFileSync(join(folder, 'kernels.json'), 'utf8')) as { problem?: string }
    return problem ?? null
  } catch {
    return 'it has not been compiled (npm rebuild does that).'
  }
}
