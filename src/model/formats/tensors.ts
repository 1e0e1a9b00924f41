// The safetensors container: eight bytes of length, a JSON header, then the numbers of every tensor end to end,
// little-endian and row-major (https://github.com/huggingface/safetensors). F32 is written. A file is somebody else's
// data: every size in it is checked before it is used.

import { bytesOf } from '../../core/byte-view.ts'
import { partOf, readBytesAt, type ByteSource } from '../../core/byte-source.ts'
import { UserError } from '../../core/errors.ts'
import { NUMBER_TYPES, placeTensor, sizeOf, type NumberType, type StoredTensor, type StoredTensors } from './stored-tensor.ts'

export interface Tensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

export interface TensorFile {
  readonly tensors: Readonly<Record<string, Tensor>>
  /** the texts of `__metadata__` */
  readonly metadata: Readonly<Record<string, string>>
}

/** The format's own bound on the header. */
const LONGEST_HEADER = 100_000_000
const LENGTH_BYTES = 8

/** The file as pieces of bytes; the numbers are views of the tensors, not copies. */
export function encodeTensors({ tensors, metadata }: TensorFile): Uint8Array[] {
  const described = Object.entries(tensors).map(([name, { shape }]) => ({ name, type: 'F32' as const, shape }))
  return [...encodeTensorHeader(described, metadata), ...Object.values(tensors).map(({ values }) => bytesOf(values))]
}

/** The start of a file, before the numbers of its tensors in their order; of four bytes each. */
export function encodeTensorHeader(
  tensors: readonly { readonly name: string; readonly type: 'F32' | 'I32'; readonly shape: readonly number[] }[],
  metadata: TensorFile['metadata'],
): Uint8Array[] {
  let offset = 0
  const entries = tensors.map(({ name, type, shape }) => {
    const begin = offset
    offset += 4 * sizeOf(shape)
    return [name, { dtype: type, shape, data_offsets: [begin, offset] }] as const
  })
  const text = Buffer.from(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }), 'utf8')
  const aligned = Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES
  const header = Buffer.alloc(aligned, ' ')
  text.copy(header)
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeBigUInt64LE(BigInt(header.length))
  return [length, header]
}

/** The tensors of a safetensors file, to be read one by one. */
export interface OpenedTensors {
  readonly tensors: StoredTensors
  /** the texts of `__metadata__` */
  readonly metadata: Readonly<Record<string, string>>
}

/** @throws UserError where the bytes are not a safetensors file, or end too early */
export function openTensors(source: ByteSource): OpenedTensors {
  if (source.size < LENGTH_BYTES) throw notTensors(source, 'it is too short')
  const headerLength = Number(readBytesAt(source, 0, LENGTH_BYTES).readBigUInt64LE())
  if (headerLength > LONGEST_HEADER || LENGTH_BYTES + headerLength > source.size) {
    throw notTensors(source, 'the length of its header does not fit the file')
  }
  const header = parseHeader(readBytesAt(source, LENGTH_BYTES, headerLength), source)
  const dataStart = LENGTH_BYTES + headerLength
  const data = partOf(source, dataStart, source.size - dataStart)
  const { __metadata__: metadata = {}, ...entries } = header
  if (!isTextRecord(metadata)) throw notTensors(source, '"__metadata__" holds something that is not text')
  let used = 0
  const tensors = Object.entries(entries).map(([name, entry]) => {
    const { tensor, bytes } = readTensor(name, entry, data)
    used += bytes
    return [name, tensor] as const
  })
  if (used !== data.size) throw notTensors(source, `its tensors take ${used} bytes and the file has ${data.size}`)
  return { tensors: Object.fromEntries(tensors), metadata }
}

/** Whether a file begins as this format does: a length, then a JSON object. */
export function isTensors(source: ByteSource): boolean {
  if (source.size <= LENGTH_BYTES) return false
  const start = readBytesAt(source, 0, LENGTH_BYTES + 1)
  return start.readBigUInt64LE() <= BigInt(LONGEST_HEADER) && start[LENGTH_BYTES] === 0x7b
}

function parseHeader(bytes: Buffer, source: ByteSource): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(bytes.toString('utf8'))
    if (isRecord(header)) return header
  } catch {
    // the sentence below says it
  }
  throw notTensors(source, 'its header is not a JSON object')
}

const TYPES: Readonly<Record<string, NumberType>> = {
  F32: 'float32', F16: 'float16', BF16: 'bfloat16', F64: 'float64',
  U8: 'uint8', I8: 'int8', I16: 'int16', I32: 'int32', I64: 'int64',
}

function readTensor(name: string, entry: unknown, data: ByteSource): { tensor: StoredTensor; bytes: number } {
  if (!isRecord(entry)) throw notTensors(data, `"${name}" is not described`)
  const { dtype, shape, data_offsets: offsets } = entry
  const type = typeof dtype === 'string' && Object.hasOwn(TYPES, dtype) ? TYPES[dtype] : undefined
  if (type === undefined) {
    throw new UserError(`${data.name}: the tensor "${name}" is ${String(dtype)}. Types that can be read are: ${Object.keys(TYPES).join(', ')}.`)
  }
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw notTensors(data, `"${name}" has no proper size`)
  }
  const [begin, end] = offsets
  const bytes = sizeOf(shape) * NUMBER_TYPES[type].bytes // infinite where there are too many axes, too
  if (!Number.isSafeInteger(bytes) || end - begin !== bytes || end > data.size) {
    throw notTensors(data, `"${name}" of shape [${shape.join(', ')}] does not fit its place in the file`)
  }
  return { tensor: placeTensor({ name, type, shape, storage: partOf(data, begin, bytes), key: name }), bytes }
}

function notTensors({ name }: ByteSource, reason: string): UserError {
  return new UserError(`${name} is damaged or no safetensors file: ${reason}.`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTextRecord(value: unknown): value is Record<string, string> {
  return isRecord(value) && Object.values(value).every((text) => typeof text === 'string')
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && count >= 0)
}
