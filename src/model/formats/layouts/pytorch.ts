// Models of PyTorch: `nn.LSTM`, `nn.GRU` or `nn.RNN` between an `nn.Embedding` and an `nn.Linear`, whatever the attributes
// are called. The names within the recurrent module are fixed (`weight_ih_l0`, `weight_hh_l0`, `bias_ih_l0`, …); the other
// two parts are found by their shapes, and by their names where shapes leave a choice.

import { MOST_LAYERS, type Cell } from '../../config.ts'
import type { StoredTensor } from '../stored-tensor.ts'
import type { TensorSet } from '../tensor-set.ts'
import { cannotRead, requireNothingElse, requireShape, shapeText, tensorNamed } from './describe.ts'
import { PYTORCH_GATES } from './gates.ts'
import type { Layout, LayerParts, LayoutOptions, Parts } from './layout.ts'

const FIRST = 'weight_ih_l0'
const CELLS_BY_GATES: Readonly<Record<number, Cell>> = { 4: 'lstm', 3: 'gru', 1: 'rnn' }
const EMBEDDING_NAMES = /enc|emb|wte|lookup|input/i
const DECODER_NAMES = /dec|out|proj|linear|fc|head|softmax|lm_/i

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
    requireNothingElse(set, used, options)
    const gateSources = PYTORCH_GATES[cell]
    return { cell, units, activation: mode, gates: gateSources, forgetBias: 0, layers, ...ends, notes: [...notes, ...ends.notes] }
  },
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

/** Every module with a first layer, by name; '' for the file itself. */
function recurrentModules({ tensors }: TensorSet): string[] {
  return [...tensors.keys()].flatMap((name) => (name === FIRST ? [''] : name.endsWith(`.${FIRST}`) ? [name.slice(0, -FIRST.length - 1)] : []))
}

function findLayers(set: TensorSet, { map }: LayoutOptions): LayerNames[] {
  const separate = Array.from({ length: MOST_LAYERS }, (_, layer) => map.get(String(layer))).filter((name) => name !== undefined)
  if (separate.length > 0) return separate.map((module) => layerNames(set, module, 0))
  const modules = recurrentModules(set)
  const module = map.get('layers') ?? modules[0]
  if (module === undefined) throw cannotRead(set, `there is no recurrent module: no tensor is called ${FIRST}. Say it with --map layers=MODULE.`)
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
  const name = (what: string) => inModule(module, `${what}_l${layer}`)
  if (set.tensors.has(`${name('weight_ih')}_reverse`)) {
    throw cannotRead(set, `${module || 'it'} is bidirectional (${name('weight_ih')}_reverse); models here read forward.`)
  }
  if (set.tensors.has(name('weight_hr'))) {
    throw cannotRead(set, `${module || 'it'} has projections (${name('weight_hr')}, proj_size); models here have none.`)
  }
  const ih = name('weight_ih')
  if (!set.tensors.has(ih)) throw cannotRead(set, `there is no tensor ${ih}.`)
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

interface Around {
  readonly units: number
  readonly inputs: number
  readonly used: Set<string>
}

/** What is below and above the recurrent layers. */
function findEnds(
  set: TensorSet,
  options: LayoutOptions,
  { units, inputs, used }: Around,
): Pick<Parts, 'embedding' | 'decoder' | 'decoderBias' | 'notes'> {
  const matrices = [...set.tensors].filter(([name, { shape }]) =>
    shape.length === 2 && !used.has(name) && !options.ignore.includes(name))
  const widths = (width: number) => matrices.filter(([, { shape }]) => shape[1] === width).map(([name]) => name)
  const decoder = choose(set, options, 'decoder', widths(units), DECODER_NAMES, EMBEDDING_NAMES)
  if (decoder === null) throw cannotRead(set, `no matrix has ${units} columns, as a decoder of these layers has. Say it with --map decoder=NAME.`)
  const below = widths(inputs).filter((name) => name !== decoder || options.map.has('embedding'))
  const embedding = choose(set, options, 'embedding', below, EMBEDDING_NAMES, DECODER_NAMES)
  const decoderTensor = requireMatrix(set, decoder)
  const vocabulary = decoderTensor.shape[0]
  used.add(decoder)
  const notes: string[] = []
  let table: StoredTensor | null = null
  if (embedding !== null) {
    used.add(embedding)
    table = requireShape(set, embedding, [vocabulary, inputs])
  } else if (inputs === units && inputs !== vocabulary) {
    table = decoderTensor
    notes.push(`${decoder} is both the embedding and the decoder.`)
  } else if (inputs === vocabulary) {
    notes.push('There is no embedding: the inputs are one-hot vectors.')
  } else {
    throw cannotRead(set, `no matrix has ${inputs} columns, as an embedding for these layers has. Say it with --map embedding=NAME.`)
  }
  return { embedding: table, decoder: { tensor: decoderTensor, tokens: 'rows' }, decoderBias: findBias(set, options, decoder, used), notes }
}

/** The one tensor that a part can be; of several, the one whose name says so. */
function choose(
  set: TensorSet,
  { map }: LayoutOptions,
  part: string,
  candidates: readonly string[],
  itsNames: RegExp,
  otherNames: RegExp,
): string | null {
  const given = map.get(part)
  if (given !== undefined) {
    const name = tensorNamed(set, given, 'weight')
    if (name !== undefined) return name
    throw cannotRead(set, `there is no tensor ${given} or ${given}.weight, as --map ${part}=${given} says.`)
  }
  const named = candidates.filter((name) => itsNames.test(name) && !otherNames.test(name))
  const left = candidates.filter((name) => !otherNames.test(name))
  const found = [named, left, candidates].find((names) => names.length === 1)
  if (found) return found[0]
  if (candidates.length === 0) return null
  throw cannotRead(set, `several tensors could be the ${part}: ${candidates.join(', ')}. Say it with --map ${part}=NAME.`)
}

/** The bias beside the decoder; else the only vector with a number for every token. */
function findBias(set: TensorSet, { map, ignore }: LayoutOptions, decoder: string, used: Set<string>): StoredTensor | null {
  const shape = [requireMatrix(set, decoder).shape[0]]
  const given = map.get('decoderBias')
  const vectors = [...set.tensors].filter(([name, tensor]) =>
    tensor.shape.join() === shape.join() && !used.has(name) && !ignore.includes(name)).map(([name]) => name)
  const beside = decoder.replace(/weight$/, 'bias')
  const found = vectors.includes(beside) ? beside : vectors.length === 1 ? vectors[0] : undefined
  const name = given === undefined ? found : tensorNamed(set, given, 'bias')
  if (given !== undefined && name === undefined) throw cannotRead(set, `there is no tensor ${given}, as --map decoderBias=${given} says.`)
  if (name === undefined) return null
  used.add(name)
  return requireShape(set, name, shape)
}

function requireMatrix(set: TensorSet, name: string): StoredTensor {
  const tensor = set.tensors.get(name)
  if (tensor?.shape.length === 2 && tensor.shape.every((extent) => extent > 0)) return tensor
  throw cannotRead(set, tensor ? `${name} is ${shapeText(tensor.shape)} and should be a matrix.` : `the tensor ${name} is missing.`)
}
