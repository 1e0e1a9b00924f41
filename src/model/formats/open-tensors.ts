// A file of weights by what is in it, whatever it is called.

import { readBytesAt, withFile, type ByteSource } from '../../core/byte-source.ts'
import { UserError } from '../../core/errors.ts'
import { readManifest } from './manifest.ts'
import { isNpz, readNpz } from './read-npy.ts'
import { isZip, readZip } from './read-zip.ts'
import type { TensorSet } from './tensor-set.ts'
import { isTensors, openTensors } from './tensors.ts'
import { readLegacyTorch, readTorchArchive, torchPickleOf } from './torch/torch.ts'

/**
 * Opens a file of weights for as long as `use` takes; its tensors are read from the file only then.
 * @throws UserError where it is missing, damaged, or of no format that is known here
 */
export function withTensors<T>(path: string, use: (tensors: TensorSet) => T): T {
  return withFile(path, (source) => {
    if (isZip(source)) return use(ofArchive(source))
    if (isTensors(source)) {
      const { tensors } = openTensors(source)
      return use({ file: source.name, tensors: new Map(Object.entries(tensors)), modes: new Map() })
    }
    const start = readBytesAt(source, 0, Math.min(64, source.size))
    if (start[0] === 0x80) return use(readLegacyTorch(source))
    if (/^(?:\xef\xbb\xbf)?\s*\{/.test(start.toString('latin1'))) return use(readManifest(path))
    throw new UserError(unknownFormat(source, start))
  })
}

function ofArchive(source: ByteSource): TensorSet {
  const entries = readZip(source)
  const pickle = torchPickleOf(entries)
  if (pickle !== undefined) return readTorchArchive(source.name, entries, pickle)
  if (isNpz(entries)) return readNpz(source.name, entries)
  throw new UserError(`${source.name} is a zip archive, but neither of torch.save nor of numpy.savez.`)
}

function unknownFormat({ name, size }: ByteSource, start: Uint8Array): string {
  if (size === 0) return `${name} is empty.`
  const gzip = start[0] === 0x1f && start[1] === 0x8b ? ' It is compressed: unpack it first.' : ''
  return `${name} is no file of weights that is known here: PyTorch's .pt, .safetensors, .npz, or a JSON list of variables.${gzip}`
}
