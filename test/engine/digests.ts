// Arrays as hashes of their bytes: for tests that expect the same bytes.

import { createHash } from 'node:crypto'

/** A hash of every array's bytes, by name: quick to compare, and a difference says where it is. */
export function digests(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const hashes: Record<string, string> = {}
  for (const [name, array] of Object.entries(values)) {
    if (!(array instanceof Float32Array)) continue
    hashes[name] = createHash('sha256').update(new Uint8Array(array.slice().buffer)).digest('hex')
  }
  return hashes
}
