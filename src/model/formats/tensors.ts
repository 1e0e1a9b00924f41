// The safetensors container: eight bytes of length, a JSON header, then the numbers of every tensor end to end,
// little-endian and row-major (https://github.com/huggingface/safetensors). Only F32 is read and written. A file is
// somebody else's data: every size in it is checked before it is used.

import { UserError } from '../../core/errors.ts'

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
const BYTES = Float32Array.BYTES_PER_ELEMENT

/** The file as pieces of bytes; the numbers are views of the tensors, not copies. */
export function encodeTensors({ tensors, metadata }: TensorFile): Uint8Array[] {
  let offset = 0
  const entries = Object.entries(tensors).map(([name, { shape, values }]) => {
    const entry = { dtype: 'F32', shape, data_offsets: [offset, offset + values.byteLength] }
    offset += values.byteLength
    return [name, entry] as const
  })
  const text = Buffer.from(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }), 'utf8')
  const aligned = Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES
  const header = Buffer.alloc(aligned, ' ')
  text.copy(header)
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeBigUInt64LE(BigInt(header.length))
  return [length, header, ...Object.values(tensors).map(({ values }) => bytesOf(values))]
}

/**
 * @param name of the file, for the sentences
 * @throws UserError where the bytes are not a safetensors file of F32 tensors, or end too early
 */
export function decodeTensors(bytes: Uint8Array, name: string): TensorFile {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (file.length < LENGTH_BYTES) throw notTensors(name, 'it is too short')
  const headerLength = Number(file.readBigUInt64LE(0))
  if (headerLength > LONGEST_HEADER || LENGTH_BYTES + headerLength > file.length) {
    throw notTensors(name, 'the length of its header does not fit the file')
  }
  const header = parseHeader(file.subarray(LENGTH_BYTES, LENGTH_BYTES + headerLength), name)
  const data = file.subarray(LENGTH_BYTES + headerLength)
  const { __metadata__: metadata = {}, ...entries } = header
  if (!isTextRecord(metadata)) throw notTensors(name, '"__metadata__" holds something that is not text')
  const tensors = Object.entries(entries).map(([key, entry]) => [key, readTensor(key, entry, data, name)] as const)
  const used = tensors.reduce((sum, [, { values }]) => sum + values.byteLength, 0)
  if (used !== data.length) throw notTensors(name, `its tensors take ${used} bytes and the file has ${data.length}`)
  return { tensors: Object.fromEntries(tensors), metadata }
}

function parseHeader(bytes: Buffer, name: string): Record<string, unknown> {
  try {
    const header: unknown = JSON.parse(bytes.toString('utf8'))
    if (isRecord(header)) return header
  } catch {
    // the sentence below says it
  }
  throw notTensors(name, 'its header is not a JSON object')
}

function readTensor(key: string, entry: unknown, data: Buffer, name: string): Tensor {
  if (!isRecord(entry)) throw notTensors(name, `"${key}" is not described`)
  const { dtype, shape, data_offsets: offsets } = entry
  if (dtype !== 'F32') throw new UserError(`${name}: the tensor "${key}" is ${String(dtype)}; only F32 can be read.`)
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2) {
    throw notTensors(name, `"${key}" has no proper size`)
  }
  const [begin, end] = offsets
  const size = shape.reduce((product, extent) => product * extent, BYTES)
  if (!Number.isSafeInteger(size) || end - begin !== size || end > data.length) {
    throw notTensors(name, `"${key}" of shape [${shape.join(', ')}] does not fit its place in the file`)
  }
  const values = new Float32Array(size / BYTES)
  bytesOf(values).set(data.subarray(begin, end))
  return { shape, values }
}

function notTensors(name: string, reason: string): UserError {
  return new UserError(`${name} is damaged or no safetensors file: ${reason}.`)
}

/** Every platform of Node is little-endian, as the format is. */
function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
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
