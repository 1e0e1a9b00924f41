// What a run and its sensitivities ask of the kernels in the same words: sites, edits, states.

import type { ModelConfig } from '../../model/config.ts'
import { compileEdits, OPERATIONS, type Edit } from '../../model/edits.ts'
import { layersOf, parseSite, siteName, type Quantity, type Site } from '../../model/sites.ts'
import type { Batch } from '../engine.ts'
import type { EditRequest, LayerRequest, Numbers, RecordingRequest } from './addon.ts'

/** Numbered as `enum class Quantity` in kernels/interface.h. */
const QUANTITY_NUMBERS: readonly Quantity[] = [
  'embedding', 'input', 'forget', 'candidate', 'output', 'cell', 'hidden', 'update', 'reset',
]

export function recordingRequest(name: string, config: ModelConfig, to: Numbers): RecordingRequest {
  const site = parseSite(name, config)
  return { layer: layerNumber(site, config), quantity: QUANTITY_NUMBERS.indexOf(site.quantity), to }
}

/** Among the layers of all directions; −1 for the embedding. */
function layerNumber({ layer, direction }: Site, config: ModelConfig): number {
  return layersOf(config).findIndex((place) => place.layer === layer && place.direction === direction)
}

/** The state before, from `given`, and room for what comes out of every part of it, put into `out`. */
export function stateRequest<N extends Numbers>(
  config: ModelConfig,
  rows: number,
  given: Readonly<Record<string, N>> | undefined,
  out: Record<string, N>,
  roomFor: (length: number) => N,
): LayerRequest[] {
  const { units } = config
  const before = (name: string): N | null => {
    if (!given) return null
    if (given[name]?.length !== rows * units) throw new Error(`the state ${name} is not [${rows}, ${units}]`)
    return given[name]
  }
  return layersOf(config).map((layer) => {
    const hidden = siteName({ ...layer, quantity: 'hidden' })
    const cell = config.cell === 'lstm' ? siteName({ ...layer, quantity: 'cell' }) : null
    out[hidden] = roomFor(rows * units)
    if (cell) out[cell] = roomFor(rows * units)
    return {
      hiddenIn: before(hidden),
      cellIn: cell === null ? null : before(cell),
      hiddenOut: out[hidden],
      cellOut: cell === null ? null : out[cell],
    }
  })
}

export function editRequest(edits: readonly Edit[], config: ModelConfig, batch: Batch): EditRequest[] {
  return compileEdits(edits, config, batch).map((edit) => ({
    layer: layerNumber(edit.site, config),
    quantity: QUANTITY_NUMBERS.indexOf(edit.site.quantity),
    unit: edit.index,
    operation: OPERATIONS.indexOf(edit.operation),
    operand: edit.operand,
    values: edit.values,
    rows: edit.rows && Int32Array.from(edit.rows),
    steps: edit.steps && Int32Array.from(edit.steps),
    recurrent: edit.recurrent,
    output: edit.output,
  }))
}
