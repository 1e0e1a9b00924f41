// What `torch.save` writes, without Python: state dicts, checkpoints around them, and whole modules. Since version 1.6 a
// zip archive of a pickle and one entry a storage; before it, pickles one after the other and then the storages. The files
// name classes; those outside of the list in classes.ts are refused, and nothing is ever executed.

import { partOf, readBytesAt, type ByteSource } from '../../../core/byte-source.ts'
import { UserError } from '../../../core/errors.ts'
import { Cursor } from '../pickle/cursor.ts'
import { readPickle, type PickleOptions } from '../pickle/pickle.ts'
import { Persistent, Reference, Tuple, type PickleValue } from '../pickle/values.ts'
import type { OpenEntry } from '../read-zip.ts'
import { NUMBER_TYPES } from '../stored-tensor.ts'
import type { TensorSet } from '../tensor-set.ts'
import { isKnownClass } from './classes.ts'
import { collectTensors } from './collect.ts'
import { storagesIn } from './rebuilt.ts'

const PICKLE = 'data.pkl'

const OPTIONS: PickleOptions = { isKnown: isKnownClass, persistent: outside }

/** A storage stays outside; the class of a module, which came with its source text before version 1.6, is itself. */
function outside(id: PickleValue): PickleValue {
  const [what, made] = id instanceof Tuple ? id.items : []
  return what === 'module' && made instanceof Reference ? made : new Persistent(id)
}

/** The entry of an archive that makes it one of torch.save; undefined where there is none. */
export function torchPickleOf(entries: ReadonlyMap<string, OpenEntry>): string | undefined {
  return [...entries.keys()].find((name) => name === PICKLE || name.endsWith(`/${PICKLE}`))
}

/**
 * @param pickle the entry that `torchPickleOf` found
 * @throws UserError where it is damaged, or holds what no file of weights does
 */
export function readTorchArchive(file: string, entries: ReadonlyMap<string, OpenEntry>, pickle: string): TensorSet {
  const folder = pickle.slice(0, -PICKLE.length)
  if ([...entries.keys()].some((name) => name.startsWith(`${folder}code/`))) {
    throw new UserError(
      `${file} is a TorchScript archive, a program. Save its weights: torch.save(model.state_dict(), "model.pt").`,
    )
  }
  const order = entries.get(`${folder}byteorder`)
  if (order) requireLittleEndian(file, shortText(order()))
  const root = readPickle(new Cursor(entries.get(pickle)!()), OPTIONS)
  const storages = new Map<string, ByteSource>()
  return collectTensors(file, root, (key) => {
    const storage = storages.get(key) ?? entries.get(`${folder}data/${key}`)?.()
    if (!storage) throw new UserError(`${file} is damaged: it lacks the numbers ${JSON.stringify(key)}.`)
    storages.set(key, storage)
    return storage
  })
}

/** By which PyTorch knows its own files. */
const MAGIC = 0x1950a86a20f9469cfc6cn
const PROTOCOL = 1001

/** @throws UserError where it is damaged, or holds what no file of weights does */
export function readLegacyTorch(source: ByteSource): TensorSet {
  const { name: file } = source
  const cursor = new Cursor(source)
  const read = () => readPickle(cursor, OPTIONS)
  if (read() !== MAGIC) throw new UserError(`${file} is a pickle, but none of PyTorch. Save weights with torch.save.`)
  if (read() !== PROTOCOL) throw new UserError(`${file} was written by a version of PyTorch that is not known here.`)
  const system = read()
  if (system instanceof Map && system.get('little_endian') === false) requireLittleEndian(file, 'big')
  const root = read()
  const places = storagePlaces(cursor, root, read())
  return collectTensors(file, root, (key) => {
    const place = places.get(key)
    if (!place) throw new UserError(`${file} is damaged: it lacks the numbers ${JSON.stringify(key)}.`)
    return place
  })
}

/** Behind the pickles each storage has its length and its numbers, in the order of the keys. */
function storagePlaces(cursor: Cursor, root: PickleValue, keys: PickleValue): Map<string, ByteSource> {
  const { source } = cursor
  const storages = storagesIn(root)
  const places = new Map<string, ByteSource>()
  for (const key of Array.isArray(keys) ? keys : []) {
    const storage = storages.get(String(key))
    if (!storage) throw new UserError(`${source.name} is damaged: it has numbers that nothing in it refers to.`)
    const bytes = cursor.uint64() * NUMBER_TYPES[storage.type].bytes
    places.set(storage.key, partOf(source, cursor.position, bytes))
    cursor.position += bytes
  }
  return places
}

function requireLittleEndian(file: string, order: string): void {
  if (order === 'little') return
  throw new UserError(`${file} was written on a machine of another byte order (${order}). Save it again on a common one.`)
}

function shortText(source: ByteSource): string {
  return readBytesAt(source, 0, Math.min(source.size, 64)).toString('utf8').trim()
}
