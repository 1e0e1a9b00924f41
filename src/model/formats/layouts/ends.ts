// Which matrix of a PyTorch model is its embedding, and which its decoder. Shapes leave few; a bias beside a matrix makes it
// a decoder; names decide what is left. Nothing is decided by what another part seems to be.

import type { StoredTensor } from '../stored-tensor.ts'
import type { TensorSet } from '../tensor-set.ts'
import { cannotRead, requireMatrix, requireShape, tensorNamed } from './describe.ts'
import type { LayoutOptions, Parts } from './layout.ts'

/** What people call the two, as a part of a name: `word_embeddings`, `lmHead`. */
const EMBEDDING_NAMES = new Set(['encoder', 'enc', 'emb', 'embed', 'embeds', 'embedding', 'embeddings', 'wte', 'lookup', 'input', 'in'])
const DECODER_NAMES = new Set([
  'decoder', 'dec', 'out', 'output', 'proj', 'projection', 'linear', 'fc', 'head', 'softmax', 'classifier', 'logits', 'generator',
])

interface Around {
  readonly units: number
  /** width of what the first layer reads */
  readonly inputs: number
  /** tensors that have found their place; those of the ends are added */
  readonly used: Set<string>
}

/** What is below and above the recurrent layers. @throws UserError where it is missing, or could be several tensors */
export function findEnds(
  set: TensorSet,
  options: LayoutOptions,
  { units, inputs, used }: Around,
): Pick<Parts, 'embedding' | 'decoder' | 'decoderBias' | 'notes'> {
  const matrices = [...set.tensors].filter(([name, { shape }]) => shape.length === 2 && !used.has(name) && !options.ignore.includes(name))
  const ofWidth = (width: number) => matrices.filter(([, { shape }]) => shape[1] === width).map(([name]) => name)
  const hasBias = (name: string) => biasBeside(set, name) !== null
  const above = ofWidth(units)
  if (above.length === 0 && !options.map.has('decoder')) {
    const advice = 'If something stands between it and the decoder, no model here is like this.'
    throw cannotRead(set, `no matrix reads the ${units} numbers of the last layer. ${advice}`)
  }
  const decoder = choose(set, options, 'decoder', above, DECODER_NAMES, [above.filter(hasBias)])!
  const decoderTensor = requireMatrix(set, decoder)
  const vocabulary = decoderTensor.shape[0]
  const below = ofWidth(inputs).filter((name) => name !== decoder)
  const withoutBias = below.filter((name) => !hasBias(name) && set.tensors.get(name)!.shape[0] === vocabulary)
  const embedding = choose(set, options, 'embedding', below, EMBEDDING_NAMES, [withoutBias])
  used.add(decoder)
  if (embedding !== null) used.add(embedding)
  const isOneMatrix = embedding === null && inputs === units && inputs !== vocabulary
  const decoderBias = findBias(set, options, decoder, isOneMatrix, used)
  const ends = { decoder: { tensor: decoderTensor, tokens: 'rows' }, decoderBias } as const
  if (embedding !== null) {
    const tensor = requireMatrix(set, embedding)
    if (tensor.shape[0] === vocabulary && tensor.shape[1] === inputs) return { ...ends, embedding: tensor, notes: [] }
    const wanted = `the decoder knows ${vocabulary} tokens, and the first layer reads ${inputs} numbers`
    throw cannotRead(set, `${embedding} has ${tensor.shape[0]} tokens of ${tensor.shape[1]} numbers; ${wanted}.`)
  }
  if (isOneMatrix) return { ...ends, embedding: decoderTensor, notes: [`${decoder} is both the embedding and the decoder.`] }
  if (inputs === vocabulary) return { ...ends, embedding: null, notes: ['There is no embedding: the inputs are one-hot vectors.'] }
  throw cannotRead(
    set,
    `no matrix gives the ${inputs} numbers that the first layer reads. If something stands between it and the embedding, ` +
      'no model here is like this; else say it with --map embedding=NAME.',
  )
}

/** The one tensor that a part can be: of several the only one that the evidence, or else its name, speaks for. */
function choose(
  set: TensorSet,
  { map }: LayoutOptions,
  part: string,
  candidates: readonly string[],
  names: ReadonlySet<string>,
  evidence: readonly (readonly string[])[],
): string | null {
  const given = map.get(part)
  if (given !== undefined) {
    const name = tensorNamed(set, given, 'weight')
    if (name !== undefined) return name
    throw cannotRead(set, `there is no tensor ${given} or ${given}.weight, as --map ${part}=${given} says.`)
  }
  if (candidates.length === 0) return null
  const named = candidates.filter((name) => wordsOf(name).some((word) => names.has(word)))
  const found = [candidates, ...evidence, named].find((some) => some.length === 1)
  if (found) return found[0]
  throw cannotRead(set, `several tensors could be the ${part}: ${candidates.join(', ')}. Say it with --map ${part}=NAME.`)
}

/** The words of a module's own name: `model.lmHead.weight` → lm, head. */
function wordsOf(tensor: string): string[] {
  const own = tensor.replace(/\.weight$/, '').split('.').at(-1)!
  return own.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase().split(/[^a-z0-9]+/)
}

/** `fc.weight` → `fc.bias`, where there is one with a number for every row. */
function biasBeside(set: TensorSet, matrix: string): string | null {
  const name = matrix.replace(/weight$/, 'bias')
  const rows = set.tensors.get(matrix)?.shape[0]
  return name !== matrix && set.tensors.get(name)?.shape.join() === String(rows) ? name : null
}

/**
 * The bias beside the decoder, or the one that is said.
 * @param isOneMatrix the decoder is stored as the embedding alone, and its bias under another name
 */
function findBias(set: TensorSet, { map }: LayoutOptions, decoder: string, isOneMatrix: boolean, used: Set<string>): StoredTensor | null {
  const shape = [requireMatrix(set, decoder).shape[0]]
  const given = map.get('decoderBias')
  const elsewhere = [...set.tensors.keys()].filter((name) =>
    name.endsWith('.bias') && !used.has(name) && set.tensors.get(name)!.shape.join() === shape.join())
  const found = biasBeside(set, decoder) ?? (isOneMatrix && elsewhere.length === 1 ? elsewhere[0] : null)
  const name = given === undefined ? found : tensorNamed(set, given, 'bias') ?? null
  if (given !== undefined && name === null) throw cannotRead(set, `there is no tensor ${given}, as --map decoderBias=${given} says.`)
  if (name === null) return null
  used.add(name)
  return requireShape(set, name, shape)
}
