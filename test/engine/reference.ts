// A recurrent network written straight from its equations: one row, one layer, one step, one unit at a time, in 64-bit
// floats, sharing no arithmetic with src/. Slow and plain, so that it can be checked by reading.

import type { Batch, RunOptions } from '../../src/engine/engine.ts'
import type { ModelConfig } from '../../src/model/config.ts'
import type { Edit, Precision } from '../../src/model/edits.ts'

type Numbers = ArrayLike<number>
type Named<T> = Record<string, T>

export interface ReferenceOptions extends Omit<RunOptions, 'state' | 'record'> {
  readonly state?: Readonly<Named<Numbers>>
}

export interface ReferenceResult {
  state: Named<Float64Array>
  /** every site, [rows, steps, units] */
  recorded: Named<Float64Array>
  logProbabilities: Float64Array
  candidateLogits: Float64Array
  logits: Float64Array
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index)
const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)

export function referenceRun(
  config: ModelConfig,
  weights: Readonly<Named<Numbers>>,
  batch: Batch,
  options: ReferenceOptions = {},
): ReferenceResult {
  const { rows, steps, tokens } = batch
  const { units } = config
  const outputs = config.tags ?? config.vocabulary
  const result: ReferenceResult = {
    state: {},
    recorded: {},
    logProbabilities: new Float64Array(rows * steps),
    candidateLogits: new Float64Array((options.candidates?.positions.length ?? 0) * (options.candidates?.width ?? 0)),
    logits: new Float64Array((options.logitsAt?.length ?? 0) * outputs),
  }

  const logitPlaces = placesOf(options.logitsAt)
  const candidatePlaces = placesOf(options.candidates?.positions)

  for (let row = 0; row < rows; row++) {
    const length = batch.lengths?.[row] ?? steps
    /** Edits a value, records it, and says what the next step and what stands above see. */
    const see = (site: string, value: number[], step: number): { recurrent: number[]; output: number[] } => {
      const edited = editedValue(options.edits ?? [], site, value, row, step, batch)
      const matrix = (result.recorded[site] ??= new Float64Array(rows * steps * value.length))
      matrix.set(edited.recorded, (row * steps + step) * value.length)
      return edited
    }

    let inputs = range(length).map((step) => {
      const token = tokens[row * steps + step]
      const embedding = range(config.embedding).map((i) => weights.embedding[token * config.embedding + i])
      return see('embedding', embedding, step).output
    })
    for (let layer = 0; layer < config.layers; layer++) {
      const names = config.bidirectional ? [`forward.${layer}`, `backward.${layer}`] : [`${layer}`]
      const handed = names.map((name) => {
        const state: Named<number[]> = {}
        for (const quantity of config.cell === 'lstm' ? ['Hidden', 'Cell'] : ['Hidden']) {
          const site = `${name}.${quantity.toLowerCase()}`
          const given = options.state?.[site]
          const trained = config.initialState === 'trained' ? weights[`${name}.initial${quantity}`] : null
          state[site] = range(units).map((unit) => (given ? given[row * units + unit] : trained ? trained[unit] : 0))
        }
        const order = name.startsWith('backward') ? range(length).reverse() : range(length)
        const hidden: number[][] = []
        for (const step of order) {
          const seeNow = (site: string, value: number[]) => see(site, value, step)
          hidden[step] = layerStep(config, weights, name, inputs[step], state, seeNow)
        }
        for (const [site, values] of Object.entries(state)) {
          ;(result.state[site] ??= new Float64Array(rows * units)).set(values, row * units)
        }
        return hidden
      })
      const below = inputs
      inputs = range(length).map((step) => handed.flatMap((hidden) => hidden[step]))
      if (config.skip && layer > 0) inputs = inputs.map((values, step) => values.map((value, i) => value + below[step][i]))
    }

    for (const [step, x] of inputs.entries()) {
      const position = row * steps + step
      const decoder = config.tied ? weights.embedding : weights.decoder
      const logits = range(outputs).map((answer) => {
        let total = weights.decoderBias[answer]
        for (let i = 0; i < x.length; i++) total += x[i] * decoder[answer * x.length + i]
        return total
      })
      const target = options.targets?.[position] ?? -1
      if (target >= 0) {
        const largest = Math.max(...logits)
        const total = sum(logits.map((logit) => Math.exp(logit - largest)))
        result.logProbabilities[position] = logits[target] - largest - Math.log(total)
      }
      for (const index of logitPlaces.get(position) ?? []) result.logits.set(logits, index * outputs)
      const { tokens: ids, width } = options.candidates ?? { tokens: [], width: 0 }
      for (const index of candidatePlaces.get(position) ?? []) {
        for (let place = index * width; place < (index + 1) * width; place++) {
          result.candidateLogits[place] = logits[ids[place]]
        }
      }
    }
  }
  return result
}

/** Where each position stands in a list of positions. */
function placesOf(positions: Int32Array = new Int32Array(0)): Map<number, number[]> {
  const places = new Map<number, number[]>()
  positions.forEach((position, place) => places.set(position, [...(places.get(position) ?? []), place]))
  return places
}

/** One layer, one row, one step. Replaces the layer's state; returns its hidden values as the layer above sees them.
 *  @param layer `1`, or `backward.1` */
function layerStep(
  config: ModelConfig,
  weights: Readonly<Named<Numbers>>,
  layer: string,
  x: number[],
  state: Named<number[]>,
  see: (site: string, value: number[]) => { recurrent: number[]; output: number[] },
): number[] {
  const { units } = config
  const kernel = weights[`${layer}.kernel`]
  const recurrentKernel = weights[`${layer}.recurrentKernel`]
  const bias = weights[`${layer}.bias`]
  const columns = bias.length
  const before = state[`${layer}.hidden`]
  /** x · W + b for one unit of the gate in block `gate` */
  const fromInput = (gate: number, unit: number): number => {
    let total = bias[gate * units + unit]
    for (let i = 0; i < x.length; i++) total += x[i] * kernel[i * columns + gate * units + unit]
    return total
  }
  /** h · U for the same */
  const fromHidden = (gate: number, unit: number, hidden: number[]): number => {
    let total = 0
    for (let i = 0; i < units; i++) total += hidden[i] * recurrentKernel[i * columns + gate * units + unit]
    return total
  }
  const each = (value: (unit: number) => number): number[] => range(units).map(value)
  const seen = (quantity: string, value: number[]): number[] => see(`${layer}.${quantity}`, value).output

  let computed: number[]
  if (config.cell === 'lstm') {
    const gate = (block: number): number[] => each((unit) => fromInput(block, unit) + fromHidden(block, unit, before))
    const input = seen('input', gate(0).map(sigmoid))
    const forget = seen('forget', gate(1).map(sigmoid))
    const candidate = seen('candidate', gate(2).map(Math.tanh))
    const output = seen('output', gate(3).map(sigmoid))
    const old = state[`${layer}.cell`]
    const cell = seen('cell', each((unit) => forget[unit] * old[unit] + input[unit] * candidate[unit]))
    state[`${layer}.cell`] = cell
    computed = each((unit) => output[unit] * Math.tanh(cell[unit]))
  } else if (config.cell === 'gru') {
    const update = seen('update', each((unit) => sigmoid(fromInput(0, unit) + fromHidden(0, unit, before))))
    const reset = seen('reset', each((unit) => sigmoid(fromInput(1, unit) + fromHidden(1, unit, before))))
    const kept = each((unit) => reset[unit] * before[unit])
    const remembered =
      config.reset === 'before'
        ? each((unit) => fromHidden(2, unit, kept))
        : each((unit) => reset[unit] * (fromHidden(2, unit, before) + weights[`${layer}.recurrentBias`][unit]))
    const candidate = seen('candidate', each((unit) => Math.tanh(fromInput(2, unit) + remembered[unit])))
    computed = each((unit) => update[unit] * candidate[unit] + (1 - update[unit]) * before[unit])
  } else {
    const sums = each((unit) => fromInput(0, unit) + fromHidden(0, unit, before))
    computed = sums.map((value) => (config.activation === 'tanh' ? Math.tanh(value) : Math.max(0, value)))
  }
  const hidden = see(`${layer}.hidden`, computed)
  state[`${layer}.hidden`] = hidden.recurrent
  return hidden.output
}

function editedValue(edits: readonly Edit[], site: string, value: number[], row: number, step: number, batch: Batch) {
  const copies = { recurrent: [...value], output: [...value], recorded: [...value] }
  for (const edit of edits.filter(({ unit }) => unit.startsWith(`${site}.`))) {
    const unit = value.findIndex((_, index) => edit.unit === `${site}.${index}`)
    const rowPlace = (edit.rows ?? range(batch.rows)).indexOf(row)
    const stepPlace = (edit.steps ?? range(batch.steps)).indexOf(step)
    if (unit < 0 || rowPlace < 0 || stepPlace < 0) continue
    const change = (old: number): number => {
      if ('scale' in edit) return old * edit.scale
      if ('add' in edit) return old + edit.add
      if ('round' in edit) return nearest(gridOf(edit.round), old)
      if (typeof edit.set === 'number') return edit.set
      return edit.set[rowPlace * (edit.steps?.length ?? batch.steps) + stepPlace]
    }
    const recurrent = edit.readers?.includes('recurrent') ?? true
    const output = edit.readers?.some((reader) => reader !== 'recurrent') ?? true
    if (recurrent) copies.recurrent[unit] = change(copies.recurrent[unit])
    if (output) copies.output[unit] = change(copies.output[unit])
    if (recurrent && output) copies.recorded[unit] = change(copies.recorded[unit])
  }
  return copies
}

const grids = new Map<Precision, number[]>()

/** Every finite value of a number format, in rising order. */
export function gridOf(precision: Precision): number[] {
  const known = grids.get(precision)
  if (known) return known
  const values = precision === 'int8' ? range(255).map((k) => (k - 127) / 127) : range(65536).map(decoderOf(precision))
  const grid = [...new Set(values.filter(Number.isFinite))].sort((a, b) => a - b)
  grids.set(precision, grid)
  return grid
}

/** The value of 16 bits: sign, exponent of 8 bits (bfloat16) or 5 (float16), fraction of 7 or 10. */
function decoderOf(precision: 'bfloat16' | 'float16'): (bits: number) => number {
  const fractionBits = precision === 'bfloat16' ? 7 : 10
  const exponents = 2 ** (15 - fractionBits)
  return (bits) => {
    const sign = bits >= 32768 ? -1 : 1
    const exponent = Math.floor((bits % 32768) / 2 ** fractionBits)
    const fraction = (bits % 2 ** fractionBits) / 2 ** fractionBits
    if (exponent === exponents - 1) return NaN
    const bias = exponents / 2 - 1
    return exponent === 0 ? sign * fraction * 2 ** (1 - bias) : sign * (1 + fraction) * 2 ** (exponent - bias)
  }
}

/** The member of a rising list that is nearest to `value`. Ties are for the tests of the rounding itself. */
export function nearest(grid: readonly number[], value: number): number {
  let low = 0
  let high = grid.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (grid[middle] <= value) low = middle
    else high = middle
  }
  return Math.abs(value - grid[low]) <= Math.abs(grid[high] - value) ? grid[low] : grid[high]
}

/** Σ −log p over the targets of a batch, nats. */
export function referenceLoss(
  config: ModelConfig,
  weights: Readonly<Named<Numbers>>,
  batch: Batch & { readonly targets: Int32Array },
  state?: Readonly<Named<Numbers>>,
): number {
  return -sum([...referenceRun(config, weights, batch, { targets: batch.targets, state }).logProbabilities])
}

/**
 * The gradient of `referenceLoss` by central differences, at some coordinates of one weight. With a step of 1e-5 in 64
 * bits truncation (of order 1e-10) and cancellation (1e-16 / 1e-5) lie far below the tolerance for 32-bit engines.
 */
export function finiteDifferences(
  config: ModelConfig,
  weights: Readonly<Named<Numbers>>,
  batch: Batch & { readonly targets: Int32Array },
  name: string,
  coordinates: readonly number[],
  state?: Readonly<Named<Numbers>>,
): number[] {
  const moved = Float64Array.from(weights[name])
  const lossAt = (coordinate: number, value: number): number => {
    const kept = moved[coordinate]
    moved[coordinate] = value
    const loss = referenceLoss(config, { ...weights, [name]: moved }, batch, state)
    moved[coordinate] = kept
    return loss
  }
  const step = 1e-5
  return coordinates.map((coordinate) => {
    const value = moved[coordinate]
    return (lossAt(coordinate, value + step) - lossAt(coordinate, value - step)) / (2 * step)
  })
}
