// Numbers as the bytes that they are in memory: every platform of Node is little-endian, as the file formats here are.

/** A view, not a copy. */
export function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength)
}
