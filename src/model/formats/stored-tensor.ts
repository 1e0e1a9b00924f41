// A tensor in a file, read when it is wanted and straight to where it is wanted: whatever the type and the order of its
// numbers, out come float32 values, row-major.

import { readBytesAt, type ByteSource } from '../../core/byte-source.ts'
import { UserError } from '../../core/errors.ts'

export interface StoredTensor {
  readonly shape: readonly number[]
  /** two tensors with one identity are the same numbers of the file, as where a decoder is tied */
  readonly identity: string
  /** @param target as long as the tensor. @throws UserError where the file ends before */
  readInto(target: Float32Array): void
}

/** The tensors of a file by name. */
export type StoredTensors = Readonly<Record<string, StoredTensor>>

export const NUMBER_TYPES = {
  float16: { bytes: 2, read: (view, at) => half(view.getUint16(at, true)) },
  bfloat16: { bytes: 2, read: (view, at) => upperHalf(view.getUint16(at, true)) },
  float32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  float64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  uint8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  int8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  int16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  int32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  int64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
} as const satisfies Record<string, { readonly bytes: number; readonly read: (view: DataView, at: number) => number }>

export type NumberType = keyof typeof NUMBER_TYPES

export interface Placement {
  /** the tensor's name, for the sentences */
  readonly name: string
  readonly type: NumberType
  readonly shape: readonly number[]
  /** numbers from one index to the next of each axis; row-major by default */
  readonly strides?: readonly number[]
  /** the numbers that it is a view of, and its place among them */
  readonly storage: ByteSource
  /** what the storage is called: storages of one key are the same */
  readonly key: string
  /** number of the storage that it begins with; 0 by default */
  readonly offset?: number
}

/** of a tensor: those of models have one to three */
const MOST_AXES = 8

/** @throws UserError where the tensor does not lie within its storage */
export function placeTensor({ name, type, shape, storage, key, offset = 0, ...given }: Placement): StoredTensor {
  if (shape.length > MOST_AXES) throw new UserError(`${storage.name}: the tensor "${name}" has ${shape.length} axes; no model has so many.`)
  const strides = given.strides ?? rowMajor(shape)
  const size = sizeOf(shape)
  const last = offset + shape.reduce((sum, extent, axis) => sum + Math.max(0, extent - 1) * strides[axis], 0)
  const held = Math.floor(storage.size / NUMBER_TYPES[type].bytes)
  const counts = [offset, ...shape, ...strides]
  const fits = strides.length === shape.length && counts.every(isCount) && (size === 0 || last < held)
  if (!fits || size > held) {
    const view = `shape [${shape.join(', ')}], strides [${strides.join(', ')}]`
    throw new UserError(`${storage.name} is damaged: the tensor "${name}" (${view}) does not fit its ${held} numbers.`)
  }
  const place = { type, shape, strides, storage, offset }
  return {
    shape,
    identity: `${key}/${offset}/${shape.join()}/${strides.join()}`,
    readInto(target) {
      if (target.length !== size) throw new Error(`${name} has ${size} numbers, not ${target.length}`)
      if (size === 0) return
      if (strides.join() !== rowMajor(shape).join()) readStrided(place, last + 1 - offset, target)
      else readInOrder(place, target)
    },
  }
}

/** A tensor's numbers as a new array. */
export function valuesOf(tensor: StoredTensor): Float32Array<ArrayBuffer> {
  const values = new Float32Array(sizeOf(tensor.shape))
  tensor.readInto(values)
  return values
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}

interface Place {
  readonly type: NumberType
  readonly shape: readonly number[]
  readonly strides: readonly number[]
  readonly storage: ByteSource
  readonly offset: number
}

/** numbers that are converted at a time */
const PIECE = 1 << 16

function readInOrder({ type, storage, offset }: Place, target: Float32Array): void {
  const { bytes, read } = NUMBER_TYPES[type]
  if (type === 'float32') {
    // every platform of Node is little-endian, as the file is
    storage.readInto(new Uint8Array(target.buffer, target.byteOffset, target.byteLength), offset * bytes)
    return
  }
  const piece = new Uint8Array(bytes * Math.min(PIECE, target.length))
  const view = new DataView(piece.buffer)
  for (let start = 0; start < target.length; start += PIECE) {
    const count = Math.min(PIECE, target.length - start)
    storage.readInto(piece.subarray(0, bytes * count), bytes * (offset + start))
    for (let index = 0; index < count; index++) target[start + index] = read(view, bytes * index)
  }
}

/** @param span numbers from the first to the last, both counted */
function readStrided({ type, shape, strides, storage, offset }: Place, span: number, target: Float32Array): void {
  const { bytes, read } = NUMBER_TYPES[type]
  const region = readBytesAt(storage, bytes * offset, bytes * span)
  const view = new DataView(region.buffer, region.byteOffset, region.byteLength)
  const index = shape.map(() => 0)
  let at = 0
  for (let written = 0; written < target.length; written++) {
    target[written] = read(view, bytes * at)
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      at += strides[axis]
      if (++index[axis] < shape[axis]) break
      at -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
}

/** Numbers from one index to the next of each axis, where they lie in order. */
export function rowMajor(shape: readonly number[]): number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

/** IEEE 754 binary16: sign, five bits of exponent, ten of fraction. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

const word = new DataView(new ArrayBuffer(4))

/** bfloat16 is the upper half of a float32. */
function upperHalf(bits: number): number {
  word.setUint32(0, bits << 16)
  return word.getFloat32(0)
}
