// Sensitivities on the native engine, in single precision, and in double for finite differences.

import type { ModelConfig } from '../../model/config.ts'
import { layersOf, parseSite, siteName, siteWidth, type Site } from '../../model/sites.ts'
import { checkBatch, checkScalars } from '../checks.ts'
import type { Batch, Scalars, Sensitivities, SensitivityOptions, Terms } from '../engine.ts'
import type { Addon, NetworkHandle, Numbers, TermsRequest } from './addon.ts'
import { editRequest, recordingRequest, stateRequest } from './request.ts'

type Named<N> = Readonly<Record<string, N>>

interface Asked<N extends Numbers> extends Omit<SensitivityOptions, 'state'> {
  readonly state?: Named<N>
}

interface Answered<N extends Numbers> {
  readonly values: N
  readonly gradients: Named<N>
  readonly state: Named<N>
}

/** Edits are for single precision alone. */
export type DoubleOptions = Omit<Asked<Float64Array>, 'edits'>
export type DoubleSensitivities = Answered<Float64Array>

export function sensitivities(
  addon: Addon,
  network: NetworkHandle,
  config: ModelConfig,
  weights: Float32Array,
  batch: Batch,
  of: Scalars,
  options: SensitivityOptions,
): Sensitivities {
  return ask(addon, network, config, weights, batch, of, options, Float32Array)
}

export function askInDouble(
  addon: Addon,
  network: NetworkHandle,
  config: ModelConfig,
  weights: Float64Array,
  batch: Batch,
  of: Scalars,
  options: DoubleOptions,
): DoubleSensitivities {
  return ask(addon, network, config, weights, batch, of, options, Float64Array)
}

/** How an array of the weights' precision is made. */
interface Constructor<N> {
  new (length: number): N
  new (values: ArrayLike<number>): N
}

function ask<N extends Numbers>(
  addon: Addon,
  network: NetworkHandle,
  config: ModelConfig,
  weights: N,
  batch: Batch,
  of: Scalars,
  { sites = [], state, edits = [] }: Asked<N>,
  Precise: Constructor<N>,
): Answered<N> {
  checkBatch(batch, config)
  checkScalars(of, batch, config)
  const { rows, steps, tokens, lengths = null } = batch
  const gradients = Object.fromEntries(
    sites.map((name) => [name, new Precise(rows * steps * siteWidth(parseSite(name, config), config))]),
  )
  const stateGradients: Record<string, N> = {}
  const values = new Precise(rows)
  const terms = ({ positions, tokens, factors }: Terms): TermsRequest => ({
    positions,
    tokens,
    factors: new Precise(factors ?? new Float32Array(positions.length).fill(1)),
  })
  const factorsOf = (site: Site): N | null => {
    const factors = of.state?.[siteName(site)]
    return factors ? new Precise(factors) : null
  }
  addon.sensitivities(network, weights, {
    rows,
    steps,
    tokens,
    lengths,
    layers: stateRequest(config, rows, state, stateGradients, (length) => new Precise(length)),
    recordings: sites.map((name) => recordingRequest(name, config, gradients[name])),
    edits: editRequest(edits, config, batch),
    logProbabilities: terms(of.logProbabilities ?? NO_TERMS),
    logits: terms(of.logits ?? NO_TERMS),
    factors: layersOf(config).map((layer) => ({
      hidden: factorsOf({ ...layer, quantity: 'hidden' }),
      cell: factorsOf({ ...layer, quantity: 'cell' }),
    })),
    values,
  })
  return { values, gradients, state: stateGradients }
}

const NO_TERMS: Terms = { positions: new Int32Array(0), tokens: new Int32Array(0) }
