// A tensor as pickles describe it: `_rebuild_tensor_v2(storage, offset, shape, strides, …)`, where the storage is outside.

import type { ByteSource } from '../../../core/byte-source.ts'
import { UserError } from '../../../core/errors.ts'
import { Instance, Persistent, Reference, Tuple, type PickleValue } from '../pickle/values.ts'
import { placeTensor, type NumberType, type StoredTensor } from '../stored-tensor.ts'
import { storageType } from './classes.ts'

export interface Storage {
  readonly key: string
  readonly type: NumberType
}

export function isRebuilt(value: PickleValue): value is Instance {
  return value instanceof Instance && value.of.startsWith('torch._utils._rebuild_')
}

/**
 * The tensor or parameter.
 * @param open the numbers of a storage
 * @throws UserError where it is not described, or does not lie within its storage
 */
export function rebuild(value: Instance, name: string, file: string, open: (key: string) => ByteSource): StoredTensor {
  const [first = null] = value.given
  const isParameter = value.of.startsWith('torch._utils._rebuild_parameter')
  const { given } = isParameter && isRebuilt(first) ? first : value
  const [persistent, offset, shape, strides] = given
  const storage = storageOf(persistent)
  if (!storage || !isCounts(shape) || !isCounts(strides) || typeof offset !== 'number') {
    throw new UserError(`${file} is damaged: the tensor "${name}" is not described.`)
  }
  const { key, type } = storage
  const [extents, steps] = [shape, strides].map(({ items }) => items.map(Number))
  return placeTensor({ name, type, shape: extents, strides: steps, offset, storage: open(key), key })
}

/** Every storage that is named anywhere, each thing looked at once however often it is referred to. */
export function storagesIn(root: PickleValue): Map<string, Storage> {
  const storages = new Map<string, Storage>()
  const seen = new Set<PickleValue>()
  const left: PickleValue[] = [root]
  while (left.length > 0) {
    const value = left.pop()!
    if (value === null || typeof value !== 'object' || seen.has(value)) continue
    seen.add(value)
    const storage = storageOf(value)
    if (storage) storages.set(storage.key, storage)
    else for (const part of partsOf(value)) left.push(part)
  }
  return storages
}

/** ('storage', torch.FloatStorage, key, where it was, how many numbers, …) */
function storageOf(value: PickleValue | undefined): Storage | null {
  if (!(value instanceof Persistent && value.id instanceof Tuple)) return null
  const [what, made, key, , , view = null] = value.id.items
  const type = made instanceof Reference ? storageType(made.name) : null
  // before version 0.4 a storage could be a part of another one: such files are too old to be read
  return what === 'storage' && type !== null && typeof key === 'string' && view === null ? { key, type } : null
}

function partsOf(value: Exclude<PickleValue, null>): Iterable<PickleValue> {
  if (Array.isArray(value)) return value
  if (value instanceof Tuple) return value.items
  if (value instanceof Map) return value.values()
  return value instanceof Instance ? [...value.given, value.state, value.entries] : []
}

function isCounts(value: PickleValue | undefined): value is Tuple {
  return value instanceof Tuple && value.items.every((count) => Number.isSafeInteger(count) && Number(count) >= 0)
}
