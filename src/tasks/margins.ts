// Margins of pairs under many variants of a model at once. The softmax's normaliser cancels in log p(right) − log
// p(wrong), so that two columns of the decoder are enough; shared prefixes are read once (prefix-tree.ts); rows of one
// batch belong to different variants and carry their edits; what lies below all edits is computed once (upper-layers.ts).

import { setImmediate } from 'node:timers/promises'
import type { Engine, RunResult, State } from '../engine/engine.ts'
import { concatenateStates, gatherState } from '../engine/state.ts'
import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import { requireLanguageModel } from '../recording/language-model.ts'
import { contextOf, type InitialState } from '../recording/sequences.ts'
import type { EncodedChoice } from './items.ts'
import { buildPrefixTree, type TreeLevel } from './prefix-tree.ts'
import { withoutLayersBelow, type Stimuli } from './upper-layers.ts'

export interface MarginOptions {
  /** 'end-of-sentence' by default */
  readonly initial?: InitialState
  /** most rows of one run of the engine; 4096 by default. Changes speed and memory only. */
  readonly rowsPerRun?: number
  /** called now and then with the number of variants done */
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
}

/** What the run of one level needs besides its state. Rows are variant-major: row = variant · nodes + node. */
interface Reading extends Stimuli {
  readonly engine: Engine
  readonly rowsPerRun: number
}

/**
 * Margins [variants, choices], nats. A variant is a list of edits (none for the intact model), which name no rows. They
 * act at every step, the initial state's included, or at the steps that they name: 0 is the first word of a prefix.
 */
export async function marginsOfVariants(
  engine: Engine,
  model: Model,
  choices: readonly EncodedChoice[],
  variants: readonly (readonly Edit[])[],
  options: MarginOptions = {},
): Promise<Float32Array> {
  requireLanguageModel(model, 'it prefers no word')
  const { initial = 'end-of-sentence', rowsPerRun = 4096, onProgress, signal } = options
  const tree = buildPrefixTree(choices.map(({ prefix }) => prefix))
  const widest = tree.reduce((width, { tokens }) => Math.max(width, tokens.length), 1)
  const together = Math.max(1, Math.floor(rowsPerRun / widest))
  const given = { model, context: contextOf(initial, model), tree, choices, variants }
  const reading: Reading = { ...withoutLayersBelow(engine, given, rowsPerRun), engine, rowsPerRun }
  const margins = new Float32Array(variants.length * choices.length)
  for (let first = 0; first < variants.length; first += together) {
    signal?.throwIfAborted()
    const some = reading.variants.slice(first, first + together)
    const own = margins.subarray(first * choices.length, (first + some.length) * choices.length)
    readTree({ ...reading, variants: some }, own)
    onProgress?.(first + some.length)
    await setImmediate() // lets a signal arrive
  }
  return margins
}

function readTree(reading: Reading, margins: Float32Array): void {
  const { model, tree, variants } = reading
  let state = readContext(reading)
  let above = 1
  for (const [step, level] of tree.entries()) {
    const nodes = level.tokens.length
    const from = new Int32Array(variants.length * nodes)
    for (let row = 0; row < from.length; row++) from[row] = Math.floor(row / nodes) * above + level.parents[row % nodes]
    const before = state && gatherState(state, model.config.units, from)
    state = readLevel({ ...reading, variants: variants.map((own) => editsAt(own, step)) }, level, before, margins)
    above = nodes
  }
}

/** The edits that act at one word, as edits of a run that reads this word alone. */
function editsAt(edits: readonly Edit[], step: number): Edit[] {
  return edits.filter(({ steps }) => steps?.includes(step) ?? true).map((edit) => ({ ...edit, steps: undefined }))
}

/** The state of every variant before the first word; undefined for the model's own. */
function readContext({ engine, model, context, variants }: Reading): State | undefined {
  if (context.length === 0) return undefined
  const rows = variants.length
  const tokens = new Int32Array(rows * context.length)
  for (let row = 0; row < rows; row++) tokens.set(context, row * context.length)
  const edits = variants.flatMap((own, row) =>
    own.filter(({ steps }) => steps === undefined).map((edit) => ({ ...edit, rows: [row] })),
  )
  return engine.run(model, { tokens, rows, steps: context.length }, { edits }).state
}

/** Reads one word in every node for every variant, in slabs of rows; fills in the margins of choices that end here. */
function readLevel(
  reading: Reading,
  level: TreeLevel,
  before: State | undefined,
  margins: Float32Array,
): State {
  const { engine, model, variants, choices, rowsPerRun } = reading
  const nodes = level.tokens.length
  const rows = variants.length * nodes
  const states: State[] = []
  for (let start = 0; start < rows; start += rowsPerRun) {
    const end = Math.min(start + rowsPerRun, rows)
    const slab = Int32Array.from({ length: end - start }, (_, row) => start + row)
    const tokens = slab.map((row) => level.tokens[row % nodes])
    const asked = choicesIn(reading, level, start, end)
    const result = engine.run(model, { tokens, rows: slab.length, steps: 1 }, {
      state: before && (slab.length === rows ? before : gatherState(before, model.config.units, slab)),
      edits: editsIn(variants, nodes, start, end),
      candidates: asked.places.length === 0 ? undefined : asked,
    })
    fillMargins(margins, asked.places, result, choices.length)
    states.push(result.state)
  }
  return concatenateStates(states)
}

/** The two candidates of every choice that ends in rows `start` to `end − 1`, and where its margin belongs. */
function choicesIn({ variants, choices }: Reading, level: TreeLevel, start: number, end: number) {
  const nodes = level.tokens.length
  const positions: number[] = []
  const tokens: number[] = []
  const places: { readonly variant: number; readonly choice: number }[] = []
  for (let variant = Math.floor(start / nodes); variant < variants.length && variant * nodes < end; variant++) {
    level.members.forEach((choice, member) => {
      const row = variant * nodes + level.memberNodes[member]
      if (row < start || row >= end) return
      positions.push(row - start)
      tokens.push(choices[choice].right, choices[choice].wrong)
      places.push({ variant, choice })
    })
  }
  return { positions: Int32Array.from(positions), tokens: Int32Array.from(tokens), width: 2, places }
}

/** Every variant's edits on its own rows among `start` to `end − 1`. */
function editsIn(variants: Reading['variants'], nodes: number, start: number, end: number): Edit[] {
  return variants.flatMap((own, variant) => {
    const first = Math.max(start, variant * nodes)
    const last = Math.min(end, (variant + 1) * nodes)
    if (first >= last || own.length === 0) return []
    const rows = Array.from({ length: last - first }, (_, row) => first - start + row)
    return own.map((edit) => ({ ...edit, rows }))
  })
}

function fillMargins(
  margins: Float32Array,
  places: readonly { readonly variant: number; readonly choice: number }[],
  { candidateLogits }: RunResult,
  count: number,
): void {
  places.forEach(({ variant, choice }, index) => {
    margins[variant * count + choice] = candidateLogits![2 * index] - candidateLogits![2 * index + 1]
  })
}
