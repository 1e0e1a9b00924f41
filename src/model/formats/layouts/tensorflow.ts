// TensorFlow 1's BasicLSTMCell in a MultiRNNCell, as char-rnn-tensorflow trains it and ml5's charRNN loads it: one kernel
// [inputs + units, 4 units] a layer, gates i j f o, and 1 added to the forget gate at run time.

import { MOST_LAYERS } from '../../config.ts'
import type { TensorSet } from '../tensor-set.ts'
import { cannotRead, requireNothingElse, requireShape, tensorNamed } from './describe.ts'
import { TENSORFLOW_GATES } from './gates.ts'
import type { Layout, LayerParts, LayoutOptions } from './layout.ts'

const CELL = /(?:cell|lstm)_(\d+)(?=[_/])/i
/** What optimisers keep beside a variable, and counters of a training: no part of any model. */
const OF_TRAINING = /(?:^|[_/])(?:Adam(?:_\d+)?|Momentum|RMSProp(?:_\d+)?|Adagrad|ExponentialMovingAverage|beta\d_power|global_step)$/
const MATRIX = /kernel|weight|_w$|\/w$/i
const FORGET_BIAS = 1

export const tensorflow: Layout = {
  name: 'tensorflow',
  about: 'BasicLSTMCell with an embedding and a softmax, as ml5’s charRNN has them',

  fits: ({ tensors }) => [...tensors.keys()].some((name) => CELL.test(name) && /kernel/i.test(name)),

  find(all, options) {
    const set = ofModel(all, options)
    const kernels = byLayer(set, true)
    const biases = byLayer(set, false)
    const count = kernels.size
    if (count === 0 || count > MOST_LAYERS) throw cannotRead(set, `it has ${count} kernels of cells; models here have 1 to ${MOST_LAYERS}.`)
    const columns = set.tensors.get(kernels.get(0) ?? '')?.shape[1] ?? 0
    const units = columns / 4
    if (!Number.isInteger(units) || units === 0) throw cannotRead(set, `the kernel of cell 0 has ${columns} columns, not four times the units.`)
    const ends = findEnds(set, options)
    const vocabulary = set.tensors.get(ends.decoder)?.shape[1] ?? 0
    const embedding = ends.embedding === null ? null : set.tensors.get(ends.embedding)!
    const width = embedding?.shape[1] ?? vocabulary
    const layers = Array.from({ length: count }, (_, layer) =>
      readLayer(set, kernels.get(layer), biases.get(layer), layer === 0 ? width : units, units))
    const used = [...kernels.values(), ...biases.values(), ends.decoder, ends.decoderBias, ends.embedding]
    requireNothingElse(set, new Set(used.filter((name) => name !== null)), options)
    return {
      cell: 'lstm', initial: null, units, activation: 'tanh', gates: TENSORFLOW_GATES, forgetBias: FORGET_BIAS, layers, embedding,
      decoder: { tensor: requireShape(set, ends.decoder, [units, vocabulary]), tokens: 'columns' },
      decoderBias: ends.decoderBias === null ? null : requireShape(set, ends.decoderBias, [vocabulary]),
      notes: embedding === null ? ['There is no embedding: the inputs are one-hot vectors.'] : [],
    }
  },
}

/** Without what a training kept, and what the user says is no part of the model. */
function ofModel({ tensors, ...rest }: TensorSet, { ignore }: LayoutOptions): TensorSet {
  return { ...rest, tensors: new Map([...tensors].filter(([name]) => !OF_TRAINING.test(name) && !ignore.includes(name))) }
}

/** Layer → the name of its kernel, or of its bias. @throws UserError where a cell has two */
function byLayer(set: TensorSet, isMatrix: boolean): Map<number, string> {
  const names = [...set.tensors.keys()].filter((name) => CELL.test(name) && MATRIX.test(name) === isMatrix)
  const layers = new Map<number, string>()
  for (const name of names) {
    const layer = Number(CELL.exec(name)![1])
    const other = layers.get(layer)
    const what = `the ${isMatrix ? 'kernel' : 'bias'} of cell ${layer}`
    if (other !== undefined) throw cannotRead(set, `${other} and ${name} could both be ${what}. Leave one out with --ignore NAME.`)
    layers.set(layer, name)
  }
  return layers
}

function readLayer(
  set: TensorSet,
  kernel: string | undefined,
  bias: string | undefined,
  inputs: number,
  units: number,
): LayerParts {
  if (kernel === undefined) throw cannotRead(set, 'the cells are not numbered from 0.')
  const tensor = requireShape(set, kernel, [inputs + units, 4 * units])
  return {
    kernel: { tensor, gates: 'columns', from: 0, inputs },
    recurrentKernel: { tensor, gates: 'columns', from: inputs, inputs: units },
    biases: bias === undefined ? [] : [requireShape(set, bias, [4 * units])],
  }
}

interface Ends {
  readonly embedding: string | null
  readonly decoder: string
  readonly decoderBias: string | null
}

function findEnds(set: TensorSet, { map }: LayoutOptions): Ends {
  const outside = [...set.tensors.keys()].filter((name) => !CELL.test(name))
  const find = (part: string, isIt: (name: string) => boolean): string | null => {
    const given = map.get(part)
    const name = given === undefined ? outside.find(isIt) : tensorNamed(set, given)
    if (given !== undefined && name === undefined) throw cannotRead(set, `there is no tensor ${given}, as --map ${part}=${given} says.`)
    return name ?? null
  }
  const decoder = find('decoder', (name) => /softmax/i.test(name) && MATRIX.test(name))
  if (decoder === null) throw cannotRead(set, 'no tensor is called softmax…w. Say which is the decoder with --map decoder=NAME.')
  return {
    decoder,
    decoderBias: find('decoderBias', (name) => /softmax/i.test(name) && !MATRIX.test(name)),
    embedding: find('embedding', (name) => /embedding/i.test(name)),
  }
}
