// One NumPy array: a header that is a Python literal, then the numbers, little-endian and row-major. Format 1.0 of
// https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html; text is UCS-4 of one fixed width (`<U7`).

export type NpyType = 'float32' | 'int32' | 'text'
export type NpyValues = Float32Array | Int32Array | readonly string[]

/** Shape and type of an array, known before its values. */
export interface NpyHeader {
  readonly type: NpyType
  readonly shape: readonly number[]
  /** code points of the longest text; 0 for numbers */
  readonly width: number
}

const MAGIC = Buffer.from('\x93NUMPY\x01\x00', 'latin1')
const ALIGNMENT = 64

export function textHeader(texts: readonly string[]): NpyHeader {
  const width = texts.reduce((longest, text) => Math.max(longest, [...text].length), 1)
  return { type: 'text', shape: [texts.length], width }
}

/** Bytes of the values that a header announces. */
export function npyDataBytes({ type, shape, width }: NpyHeader): number {
  return shape.reduce((product, extent) => product * extent, type === 'text' ? 4 * width : 4)
}

export function encodeNpyHeader({ type, shape, width }: NpyHeader): Buffer {
  const descr = type === 'float32' ? '<f4' : type === 'int32' ? '<i4' : `<U${width}`
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  const literal = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`
  const unpadded = MAGIC.length + 2 + literal.length + 1
  const text = literal + ' '.repeat(Math.ceil(unpadded / ALIGNMENT) * ALIGNMENT - unpadded) + '\n'
  const length = Buffer.alloc(2)
  length.writeUInt16LE(text.length)
  return Buffer.concat([MAGIC, length, Buffer.from(text, 'latin1')])
}

/** Some values of an array as bytes: numbers as a view, text padded with zeros to the header's width. */
export function encodeNpyValues(values: NpyValues, { width }: NpyHeader): Uint8Array {
  if (!isTexts(values)) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  const points = new Uint32Array(values.length * width)
  values.forEach((text, index) => points.set(Array.from(text, (point) => point.codePointAt(0) ?? 0), index * width))
  return new Uint8Array(points.buffer)
}

function isTexts(values: NpyValues): values is readonly string[] {
  return Array.isArray(values)
}
