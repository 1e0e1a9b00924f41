// One NumPy array of an .npz, as npy.ts writes it and NumPy in all its numeric types. The header is a Python literal of
// three known keys: it is matched, not evaluated.

import { partOf, readBytesAt, type ByteSource } from '../../core/byte-source.ts'
import { UserError } from '../../core/errors.ts'
import type { OpenEntry } from './read-zip.ts'
import { placeTensor, type NumberType, type StoredTensor } from './stored-tensor.ts'
import type { TensorSet } from './tensor-set.ts'

const MAGIC = '\x93NUMPY'
const EXTENSION = '.npy'
/** of a header: the arrays of models have a handful of axes */
const LONGEST_HEADER = 1 << 16

const TYPES: Readonly<Record<string, NumberType>> = {
  '<f2': 'float16', '<f4': 'float32', '<f8': 'float64', '|u1': 'uint8', '|i1': 'int8', '<i2': 'int16', '<i4': 'int32', '<i8': 'int64',
}

/** Whether an archive holds arrays of NumPy. */
export function isNpz(entries: ReadonlyMap<string, OpenEntry>): boolean {
  return [...entries.keys()].some((name) => name.endsWith(EXTENSION))
}

/** The arrays of numbers of an .npz; texts and records in it are passed over. @throws UserError where one is damaged */
export function readNpz(file: string, entries: ReadonlyMap<string, OpenEntry>): TensorSet {
  const tensors = new Map<string, StoredTensor>()
  for (const [entry, open] of entries) {
    if (!entry.endsWith(EXTENSION)) continue
    const name = entry.slice(0, -EXTENSION.length)
    const tensor = readNpy(open(), name)
    if (tensor) tensors.set(name, tensor)
  }
  if (tensors.size === 0) throw new UserError(`${file} holds no arrays of numbers.`)
  return { file, tensors, modes: new Map() }
}

/** null for an array of texts. */
function readNpy(source: ByteSource, name: string): StoredTensor | null {
  const damaged = (reason: string) => new UserError(`${source.name}: the array "${name}" is damaged: ${reason}.`)
  const start = readBytesAt(source, 0, 12)
  if (start.toString('latin1', 0, 6) !== MAGIC) throw damaged('it does not begin as arrays of NumPy do')
  const isShort = start[6] === 1
  const length = isShort ? start.readUInt16LE(8) : start.readUInt32LE(8)
  if (length > LONGEST_HEADER) throw damaged(`its header has ${length} bytes`)
  const headerStart = isShort ? 10 : 12
  const header = readBytesAt(source, headerStart, length).toString('utf8')
  const [, descr] = /'descr':\s*'([^']*)'/.exec(header) ?? []
  const [, order] = /'fortran_order':\s*(True|False)/.exec(header) ?? []
  const [, extents] = /'shape':\s*\(([\d,\s]*)\)/.exec(header) ?? []
  if (order === undefined || extents === undefined) throw damaged('its header cannot be read')
  if (descr !== undefined && /^[<|>]?[US]\d+$/.test(descr)) return null
  if (descr === undefined || !Object.hasOwn(TYPES, descr)) {
    const what = descr?.startsWith('>') ? 'was written on a machine of another byte order' : 'is no array of plain numbers'
    throw new UserError(`${source.name}: the array "${name}" ${what} (${descr ?? 'records'}). Save it as float32.`)
  }
  const shape = extents.split(',').filter((part) => part.trim() !== '').map(Number)
  const strides = order === 'True' ? columnMajor(shape) : undefined
  const dataStart = headerStart + length
  const storage = partOf(source, dataStart, source.size - dataStart)
  return placeTensor({ name, type: TYPES[descr], shape, strides, storage, key: name })
}

/** Fortran's order: from one index of the first axis to the next it is one number. */
function columnMajor(shape: readonly number[]): number[] {
  let numbers = 1
  return shape.map((extent) => {
    const stride = numbers
    numbers *= extent
    return stride
  })
}
