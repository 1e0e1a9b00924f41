// Every internal quantity has a name, and the name is its address: the site `1.cell` (layer 1, counted from 0), its unit
// `1.cell.41`; in a bidirectional model the direction stands first: `backward.1.cell.41`. A pattern may leave out direction
// and layer: `cell` is every cell site. The one parser of these strings.

import { UserError } from '../core/errors.ts'
import { oncePer } from '../core/once.ts'
import type { Cell, ModelConfig } from './config.ts'

export type Quantity =
  | 'embedding'
  | 'input' | 'forget' | 'output' | 'candidate' | 'cell' | 'hidden'
  | 'update' | 'reset'

export type Direction = 'forward' | 'backward'
export const DIRECTIONS = ['forward', 'backward'] as const satisfies readonly Direction[]

/** A layer, or one direction of it: only bidirectional models have these. */
export interface Layer {
  readonly layer: number
  readonly direction?: Direction
}

/** A quantity of one layer; `embedding` belongs to no layer. */
export interface Site {
  readonly layer: number | null
  readonly direction?: Direction
  readonly quantity: Quantity
}

export interface Unit {
  readonly site: Site
  readonly index: number
}

/** The quantities of one layer, in the order in which they are computed. */
export const QUANTITIES = {
  lstm: ['input', 'forget', 'candidate', 'output', 'cell', 'hidden'],
  gru: ['update', 'reset', 'candidate', 'hidden'],
  rnn: ['hidden'],
} as const satisfies Record<Cell, readonly Quantity[]>

/** The state that a cell hands to its next step. */
export const STATE_QUANTITIES = {
  lstm: ['hidden', 'cell'],
  gru: ['hidden'],
  rnn: ['hidden'],
} as const satisfies Record<Cell, readonly Quantity[]>

/** What a cell remembers with from step to step: an LSTM's cell, the hidden state of others. */
export function memoryOf(cell: Cell): Quantity {
  return STATE_QUANTITIES[cell].at(-1)!
}

/** Every layer of a model, bottom first, and each in the order of its directions. */
export function layersOf(config: ModelConfig): readonly Layer[] {
  return knownLayers(config)
}

const knownLayers = oncePer(({ layers, bidirectional }: ModelConfig) => {
  const levels = Array.from({ length: layers }, (_, layer) => layer)
  return frozen(levels.flatMap((layer): Layer[] => (bidirectional ? DIRECTIONS.map((direction) => ({ layer, direction })) : [{ layer }])))
})

/** `1`, or `backward.1`: how the names of a layer's sites and weights begin. */
export function layerName({ layer, direction }: Layer): string {
  return direction === undefined ? `${layer}` : `${direction}.${layer}`
}

/** Every site of a model, bottom first. */
export function sitesOf(config: ModelConfig): readonly Site[] {
  return knownSites(config)
}

const knownSites = oncePer((config: ModelConfig) => {
  const ofLayers = layersOf(config).flatMap((layer) => QUANTITIES[config.cell].map((quantity): Site => ({ ...layer, quantity })))
  return frozen<Site>([{ layer: null, quantity: 'embedding' }, ...ofLayers])
})

/** They are handed out again and again. */
function frozen<T extends object>(values: T[]): readonly T[] {
  return Object.freeze(values.map((value) => Object.freeze(value)))
}

/** The names of the state that goes from step to step, bottom first. */
export function stateNames(config: ModelConfig): string[] {
  const quantities = STATE_QUANTITIES[config.cell]
  return layersOf(config).flatMap((layer) => quantities.map((quantity) => siteName({ ...layer, quantity })))
}

export function siteName({ layer, direction, quantity }: Site): string {
  return layer === null ? quantity : `${layerName({ layer, direction })}.${quantity}`
}

const sitesByName = oncePer((config: ModelConfig) => new Map(sitesOf(config).map((site) => [siteName(site), site])))

/** The names that patterns may give a site: whole, without the direction, without the layer, without both. */
function patternsOf(site: Site): string[] {
  const { layer, direction, quantity } = site
  if (layer === null || direction === undefined) return [siteName(site), quantity]
  return [siteName(site), `${layer}.${quantity}`, `${direction}.${quantity}`, quantity]
}

export function unitName(unit: Unit): string {
  return `${siteName(unit.site)}.${unit.index}`
}

/** Number of units of a site. */
export function siteWidth(site: Site, config: ModelConfig): number {
  return site.quantity === 'embedding' ? config.embedding : config.units
}

/**
 * The sites that a pattern names: `0.cell` one, `cell` every layer's; in a bidirectional model `0.cell` that of both
 * directions, and `backward.cell` every layer's of one.
 * @throws UserError where the model has no such site
 */
export function matchSites(pattern: string, config: ModelConfig): Site[] {
  const matches = sitesOf(config).filter((site) => patternsOf(site).includes(pattern))
  if (matches.length === 0) throw new UserError(explainSite(pattern, config))
  return matches
}

/** A quantity from 0 to 1: closed to open. */
export function isGate(quantity: string): boolean {
  return ['input', 'forget', 'output', 'update', 'reset'].includes(quantity)
}

/** @throws UserError where the name is not one site of the model; a pattern is not enough */
export function parseSite(name: string, config: ModelConfig): Site {
  const site = sitesByName(config).get(name)
  if (!site) throw new UserError(explainSite(name, config))
  return site
}

/** @throws UserError where the name is not one unit of the model */
export function parseUnit(name: string, config: ModelConfig): Unit {
  const match = /^(.+)\.(\d+)$/.exec(name)
  if (!match) {
    throw new UserError(`${JSON.stringify(name)} is not a unit. A unit is a site and a number, such as ${example(config)}.`)
  }
  const site = parseSite(match[1], config)
  const index = Number(match[2])
  const width = siteWidth(site, config)
  if (index >= width) {
    throw new UserError(`${JSON.stringify(name)}: the site ${match[1]} has ${width} units, 0 to ${width - 1}.`)
  }
  return { site, index }
}

function explainSite(name: string, config: ModelConfig): string {
  const [, direction, layer, quantity] = /^(?:(forward|backward)\.)?(?:(\d+)\.)?(.*)$/s.exec(name) as (string | undefined)[]
  const quantities: readonly (string | undefined)[] = QUANTITIES[config.cell]
  const given = JSON.stringify(name)
  if (quantity === 'embedding') return `${given}: the embedding is below all layers: write embedding.`
  if (quantities.includes(quantity)) {
    if (Number(layer ?? 0) >= config.layers) {
      return `${given}: the model has ${config.layers} layer${config.layers > 1 ? 's' : ''}, counted from 0.`
    }
    if (direction !== undefined && !config.bidirectional) {
      return `${given}: the model is not bidirectional: write ${layer ?? 0}.${quantity}.`
    }
    const missing = [layer === undefined && 'layer', config.bidirectional && !direction && 'direction'].filter(Boolean)
    const known = { ...(direction && { direction: direction as Direction }), ...(layer && { layer: Number(layer) }) }
    const whole = siteName({ ...layersOf(config)[0], ...known, quantity: quantity as Quantity })
    return `${given} leaves out the ${missing.join(' and the ')}: write ${whole}.`
  }
  const cell = config.cell === 'lstm' ? 'an LSTM' : config.cell === 'gru' ? 'a GRU' : 'an RNN'
  return `${cell} has no site ${JSON.stringify(quantity)}. Its sites are: embedding, ${quantities.join(', ')}.`
}

function example(config: ModelConfig): string {
  return unitName({ site: { ...layersOf(config).at(-1)!, quantity: 'hidden' }, index: config.units - 1 })
}
