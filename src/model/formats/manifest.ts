// Variables of a TensorFlow checkpoint as files of raw float32 and a JSON that says which is which: what ml5's charRNN
// loads, { "variable": { "filename": "…", "shape": [2, 3] } }.

import { dirname, join, basename } from 'node:path'
import * as z from 'zod'
import { sourceOf, withFile } from '../../core/byte-source.ts'
import { UserError } from '../../core/errors.ts'
import { displayPath, readBytes, readText } from '../../core/files.ts'
import { parseJson } from '../../core/json.ts'
import { placeTensor, sizeOf } from './stored-tensor.ts'
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
  const files = new Set<string>()
  const tensors = Object.entries(manifest.data).map(([name, { filename, shape }]) => {
    if (basename(filename) !== filename || filename === '..' || filename.includes('\\')) {
      throw new UserError(`${file}: the file ${JSON.stringify(filename)} of "${name}" does not lie beside it.`)
    }
    if (files.has(filename)) throw new UserError(`${file}: two variables are in the file ${filename}.`)
    files.add(filename)
    const beside = join(dirname(path), filename)
    const bytes = 4 * sizeOf(shape)
    const size = withFile(beside, (source) => source.size)
    if (size !== bytes) throw new UserError(`${displayPath(beside)} has ${size} bytes; "${name}" of [${shape.join(', ')}] takes ${bytes}.`)
    const storage = sourceOf(readBytes(beside), displayPath(beside))
    return [name, placeTensor({ name, type: 'float32', shape, storage, key: name })] as const
  })
  return { file, tensors: new Map(tensors), modes: new Map() }
}
