// A state dict as torch.save writes it since version 1.6: a pickle of an OrderedDict of tensors, and an entry a storage.

import { bytesOf } from '../../../core/byte-view.ts'
import { rowMajor } from '../stored-tensor.ts'
import type { Tensor } from '../tensors.ts'
import { encodeZip } from '../zip.ts'

/** Of an archive of PyTorch 1.6 and later. */
const VERSION = '3\n'

/** @param name of the folder within the archive, as PyTorch takes it from the file. @returns the file as pieces of bytes */
export function encodeTorch(tensors: Readonly<Record<string, Tensor>>, name: string): Iterable<Uint8Array> {
  const storages = [...new Set(Object.values(tensors).map(({ values }) => values))]
  return encodeZip([
    [`${name}/data.pkl`, [encodePickle(tensors, storages)]],
    [`${name}/byteorder`, [Buffer.from('little')]],
    ...storages.map((values, key) => [`${name}/data/${key}`, [bytesOf(values)]] as const),
    [`${name}/version`, [Buffer.from(VERSION)]],
  ])
}

/** Tensors of one array share a storage, as a tied decoder does. */
function encodePickle(tensors: Readonly<Record<string, Tensor>>, storages: readonly Float32Array[]): Buffer {
  const pieces = Object.entries(tensors).flatMap(([name, { shape, values }]) => [
    text(name),
    // _rebuild_tensor_v2((storage), offset, shape, strides, requires_grad, hooks)
    named('torch._utils', '_rebuild_tensor_v2'),
    ascii('(('), text('storage'), named('torch', 'FloatStorage'), text(String(storages.indexOf(values))), text('cpu'),
    integer(values.length), ascii('tQ'), integer(0), tuple(shape), tuple(rowMajor(shape)), FALSE, EMPTY_ORDERED, ascii('tR'),
  ])
  return Buffer.concat([PROTOCOL_2, EMPTY_ORDERED, ascii('('), ...pieces, ascii('u.')])
}

const PROTOCOL_2 = Buffer.from([0x80, 2])
const FALSE = Buffer.from([0x89])
const EMPTY_ORDERED = Buffer.concat([named('collections', 'OrderedDict'), ascii(')R')])

function ascii(opcodes: string): Buffer {
  return Buffer.from(opcodes, 'latin1')
}

/** GLOBAL */
function named(module: string, name: string): Buffer {
  return ascii(`c${module}\n${name}\n`)
}

/** BINUNICODE */
function text(value: string): Buffer {
  const utf8 = Buffer.from(value, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32LE(utf8.length)
  return Buffer.concat([ascii('X'), length, utf8])
}

/** LONG1 with eight bytes: enough for every size. */
function integer(value: number): Buffer {
  const bytes = Buffer.alloc(10)
  bytes[0] = 0x8a
  bytes[1] = 8
  bytes.writeBigInt64LE(BigInt(value), 2)
  return bytes
}

function tuple(values: readonly number[]): Buffer {
  return Buffer.concat([ascii('('), ...values.map(integer), ascii('t')])
}
