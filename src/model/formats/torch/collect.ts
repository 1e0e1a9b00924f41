// The tensors of what torch.save was given, under the names that a state dict has: of a state dict itself, of a
// checkpoint that holds one beside other things, or of a whole module and its parts.

import type { ByteSource } from '../../../core/byte-source.ts'
import { UserError } from '../../../core/errors.ts'
import { oncePer } from '../../../core/once.ts'
import { attributesOf, entriesOf, Instance, Tuple, type PickleValue } from '../pickle/values.ts'
import type { StoredTensor } from '../stored-tensor.ts'
import type { TensorSet } from '../tensor-set.ts'
import { isModule } from './classes.ts'
import { isRebuilt, rebuild } from './rebuilt.ts'

/** Where training programs keep the weights, in the order in which they are looked for. */
const PLACES = ['state_dict', 'model_state_dict', 'model_state', 'model', 'net', 'network', 'lm']
/** modules within modules */
const DEEPEST = 32
/** things on the way to the tensors */
const MOST_PARTS = 100_000

/** @throws UserError where there are no tensors, or it is not clear which are the model's */
export function collectTensors(file: string, root: PickleValue, open: (key: string) => ByteSource): TensorSet {
  const tensors = new Map<string, StoredTensor>()
  const modes = new Map<string, string>()
  let parts = 0
  const collect = (value: PickleValue, name: string, depth: number): void => {
    if (depth > DEEPEST || ++parts > MOST_PARTS) throw new UserError(`${file} has more parts than any model here.`)
    if (isRebuilt(value)) return void tensors.set(name, rebuild(value, name, file, open))
    for (const [key, each] of childrenOf(value)) collect(each, name === '' ? key : `${name}.${key}`, depth + 1)
    const mode = value instanceof Instance && isModule(value.of) ? attributesOf(value).get('mode') : undefined
    if (typeof mode === 'string') modes.set(name, mode)
  }
  collect(modelIn(file, root), '', 0)
  if (tensors.size === 0) throw new UserError(`${file} holds no tensors.`)
  return { file, tensors, modes }
}

/** The parts of a module, or the entries of a dictionary. */
function childrenOf(value: PickleValue): (readonly [string, PickleValue])[] {
  if (!(value instanceof Instance) || !isModule(value.of)) return [...(entriesOf(value) ?? [])]
  const attributes = attributesOf(value)
  return ['_parameters', '_buffers', '_modules'].flatMap((part) => [...(entriesOf(attributes.get(part)) ?? [])])
}

/** The state dict or the module in what was saved: by the name of its place, or as the only part that has recurrent weights. */
function modelIn(file: string, root: PickleValue): PickleValue {
  const parts = partsOf(root)
  if (isModel(root) || parts.length === 0) return root
  const named = PLACES.flatMap((place) => parts.filter(([name]) => name === place)).filter(([, value]) => holdsTensors(value))
  const models = parts.filter(([, value]) => isModel(value))
  if (named.length > 0) return named[0][1]
  if (models.length === 1) return models[0][1]
  if (parts.some(([, value]) => isRebuilt(value))) return root
  const keys = parts.map(([name]) => name).slice(0, 20).join(', ')
  throw new UserError(
    `${file} does not say which of its parts is the model. Its parts are: ${keys}; looked for: ${PLACES.join(', ')}. ` +
      'Save the weights alone: torch.save(model.state_dict(), "model.pt").',
  )
}

/** The entries of a dictionary, or the members of a list or tuple by number. */
function partsOf(value: PickleValue): (readonly [string, PickleValue])[] {
  const members = value instanceof Tuple ? value.items : Array.isArray(value) ? value : null
  return members === null ? [...(entriesOf(value) ?? [])] : members.map((member, index) => [String(index), member])
}

/** A module, or a state dict with the weights of a recurrent one; each dictionary is looked through once. */
function isModel(value: PickleValue): boolean {
  if (value instanceof Instance && isModule(value.of)) return true
  const entries = entriesOf(value)
  return entries !== null && holdsRecurrent(entries)
}

const holdsRecurrent = oncePer((entries: Map<string, PickleValue>) =>
  [...entries].some(([name, entry]) => /(?:^|\.)weight_ih(?:_l0)?$/.test(name) && isRebuilt(entry)),
)

function holdsTensors(value: PickleValue): boolean {
  return isModel(value) || [...(entriesOf(value)?.values() ?? [])].some((entry) => isRebuilt(entry) || isModel(entry))
}
