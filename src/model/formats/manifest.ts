// Variables of a TensorFlow checkpoint as files of raw float32 and a JSON that says which is which: what ml5's charRNN
// loads, { "variable": { "filename": "…", "shape": [2, 3] } }.

import { dirname, join, basename } from 'node:path'
import * as z from 'zod'
import { sourceOf } from '../../core/byte-source.ts'
import { UserError } from '../../core/errors.ts'
import { displayPath, readBytes, readText } from '../../core/files.ts'
import { placeTensor } from './stored-tensor.ts'
import type { TensorSet } from './tensor-set.ts'

const extent = z.int().min(0).max(2 ** 31 - 1)
const manifestSchema = z.record(z.string(), z.object({ filename: z.string(), shape: z.array(extent).max(8) }))

/** @throws UserError where the JSON is no such list, or a file is missing or of another size */
export function readManifest(path: string): TensorSet {
  const file = displayPath(path)
  const manifest = manifestSchema.safeParse(parseJson(readText(path)))
  if (!manifest.success || Object.keys(manifest.data).length === 0) {
    throw new UserError(
      `${file} is no list of variables. It would look like { "embedding": { "filename": "embedding", "shape": [100, 20] } }.`,
    )
  }
  const tensors = Object.entries(manifest.data).map(([name, { filename, shape }]) => {
    if (basename(filename) !== filename || filename === '..' || filename.includes('\\')) {
      throw new UserError(`${file}: the file ${JSON.stringify(filename)} of "${name}" does not lie beside it.`)
    }
    const beside = join(dirname(path), filename)
    const storage = sourceOf(readBytes(beside), displayPath(beside))
    return [name, placeTensor({ name, type: 'float32', shape, storage, key: name })] as const
  })
  return { file, tensors: new Map(tensors), modes: new Map() }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
