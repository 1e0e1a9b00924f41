// Models of PyTorch: `nn.LSTM`, `nn.GRU` or `nn.RNN`, or one of their cells a layer, between an `nn.Embedding` and an
// `nn.Linear`, whatever the attributes are called. The names within a recurrent module are fixed: `weight_ih_l0`,
// `weight_hh_l0`, `bias_ih_l0`, …, of a cell without the number; ends.ts finds the other two.

import { MOST_LAYERS, type Cell } from '../../config.ts'
import type { TensorSet } from '../tensor-set.ts'
import { cannotRead, requireMatrix, requireNothingElse, requireShape, shapeText } from './describe.ts'
import { findEnds } from './ends.ts'
import { PYTORCH_GATES } from './gates.ts'
import type { Layout, LayerParts, LayoutOptions, Parts } from './layout.ts'

const CELLS_BY_GATES: Readonly<Record<number, Cell>> = { 4: 'lstm', 3: 'gru', 1: 'rnn' }

export const pytorch: Layout = {
  name: 'pytorch',
  about: 'nn.LSTM, nn.GRU or nn.RNN with an embedding and a linear decoder, by the names of PyTorch',

  fits: (set) => recurrentModules(set).length > 0,

  find(set, options) {
    const stack = findLayers(set, options)
    const first = requireMatrix(set, stack[0].ih)
    const recurrent = requireMatrix(set, stack[0].hh)
    const units = recurrent.shape[1]
    const gates = recurrent.shape[0] / units
    const cell = CELLS_BY_GATES[gates]
    if (cell === undefined) {
      throw cannotRead(set, `${stack[0].hh} is ${shapeText(recurrent.shape)}, which is no recurrent matrix of a cell.`)
    }
    const inputs = first.shape[1]
    const used = new Set<string>()
    const layers = stack.map((names, layer) => readLayer(set, names, { gates, units, inputs: layer === 0 ? inputs : units }, used))
    const { mode, notes } = activationOf(cell, stack[0].module, set, options)
    const ends = findEnds(set, options, { units, inputs, used })
    const initial = findInitial(set, cell, [stack.length, 1, units], used)
    requireNothingElse(set, used, options)
    const gateSources = PYTORCH_GATES[cell]
    return { cell, units, activation: mode, gates: gateSources, forgetBias: 0, layers, initial, ...ends, notes: [...notes, ...ends.notes] }
  },
}

/** A trained state before the first token, as `probe export` names it. */
function findInitial(set: TensorSet, cell: Cell, shape: readonly number[], used: Set<string>): Parts['initial'] {
  if (!set.tensors.has('h0')) return null
  const hidden = requireShape(set, 'h0', shape)
  used.add('h0')
  if (cell !== 'lstm') return { hidden, cell: null }
  used.add('c0')
  return { hidden, cell: requireShape(set, 'c0', shape) }
}

/** As PyTorch's example word_language_model names its parts, and Gulordava et al. 2018 after it. */
export const gulordava: Layout = {
  ...pytorch,
  name: 'gulordava',
  about: 'encoder, rnn and decoder, as in the example word_language_model and in Gulordava et al. 2018',
  find: (set, options) =>
    pytorch.find(set, { ...options, map: new Map([['embedding', 'encoder'], ['layers', 'rnn'], ['decoder', 'decoder'], ...options.map]) }),
}

/** The names of one layer's weights. */
interface LayerNames {
  readonly module: string
  readonly ih: string
  readonly hh: string
  readonly biases: readonly string[]
}

/** Every module with a first layer, and every cell, by name; '' for the file itself. */
function recurrentModules({ tensors }: TensorSet): string[] {
  return [...tensors.keys()].flatMap((name) => {
    const found = /^(?:(.*)\.)?weight_ih(?:_l0)?$/.exec(name)
    return found ? [found[1] ?? ''] : []
  })
}

function findLayers(set: TensorSet, { map }: LayoutOptions): LayerNames[] {
  const separate = Array.from({ length: MOST_LAYERS }, (_, layer) => map.get(String(layer))).filter((name) => name !== undefined)
  if (separate.length > 0) return separate.map((module) => layerNames(set, module, 0))
  const modules = recurrentModules(set)
  const module = map.get('layers') ?? modules[0]
  if (module === undefined) throw cannotRead(set, 'there is no recurrent module: no tensor is called weight_ih_l0.')
  if (!map.has('layers') && modules.length > 1) {
    const each = modules.map((name, layer) => `--map ${layer}=${name}`).join(' ')
    throw cannotRead(set, `it has ${modules.length} recurrent modules. Say which are the layers, from below: ${each}.`)
  }
  const layers: LayerNames[] = []
  while (layers.length === 0 || set.tensors.has(inModule(module, `weight_ih_l${layers.length}`))) {
    layers.push(layerNames(set, module, layers.length))
  }
  if (layers.length > MOST_LAYERS) throw cannotRead(set, `it has ${layers.length} layers; models here have at most ${MOST_LAYERS}.`)
  return layers
}

function layerNames(set: TensorSet, module: string, layer: number): LayerNames {
  const isCell = layer === 0 && set.tensors.has(inModule(module, 'weight_ih'))
  const name = (what: string) => inModule(module, isCell ? what : `${what}_l${layer}`)
  if (set.tensors.has(`${name('weight_ih')}_reverse`)) {
    throw cannotRead(set, `${module || 'it'} is bidirectional (${name('weight_ih')}_reverse); models here read forward.`)
  }
  if (set.tensors.has(name('weight_hr'))) {
    throw cannotRead(set, `${module || 'it'} has projections (${name('weight_hr')}, proj_size); models here have none.`)
  }
  const ih = name('weight_ih')
  if (!set.tensors.has(ih)) {
    throw cannotRead(set, `there is no tensor ${ih}.`)
  }
  if (set.tensors.has(`${name('weight_hh')}_raw`)) {
    throw cannotRead(set, `${module || 'it'} drops weights at run time (${name('weight_hh')}_raw): save those that evaluation uses.`)
  }
  return { module, ih, hh: name('weight_hh'), biases: [name('bias_ih'), name('bias_hh')] }
}

function inModule(module: string, name: string): string {
  return module === '' ? name : `${module}.${name}`
}

function readLayer(
  set: TensorSet,
  { ih, hh, biases }: LayerNames,
  { gates, units, inputs }: { gates: number; units: number; inputs: number },
  used: Set<string>,
): LayerParts {
  const named = biases.filter((name) => set.tensors.has(name)) // none with bias=False
  const own = requireMatrix(set, hh).shape[1]
  if (own !== units) throw cannotRead(set, `its layers are of different sizes, ${units} and ${own} units; those of models here are alike.`)
  for (const name of [ih, hh, ...named]) used.add(name)
  return {
    kernel: { tensor: requireShape(set, ih, [gates * units, inputs]), gates: 'rows', inputs },
    recurrentKernel: { tensor: requireShape(set, hh, [gates * units, units]), gates: 'rows', inputs: units },
    biases: named.map((name) => requireShape(set, name, [gates * units])),
  }
}

/** tanh, PyTorch's default, where neither the file nor the user says it. */
function activationOf(cell: Cell, module: string, { modes }: TensorSet, { activation }: LayoutOptions) {
  const said = modes.get(module)
  const mode = said === 'RNN_RELU' ? 'relu' : said === 'RNN_TANH' ? 'tanh' : activation ?? 'tanh'
  const isGuess = cell === 'rnn' && said === undefined && activation === undefined
  const note = 'A state dict does not say how an RNN squashes; taken as tanh, PyTorch’s default (--activation relu if not).'
  return { mode, notes: isGuess ? [note] : [] } as const
}
