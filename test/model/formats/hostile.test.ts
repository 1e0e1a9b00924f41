// Files from strangers: whatever is in them, a sentence comes out, and nothing is executed, written or taken without bound.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UserError } from '../../../src/core/errors.ts'
import { importModel } from '../../../src/model/formats/import.ts'
import { smallVocabulary } from '../../small.ts'
import { archive, bytes, dictionary, int, legacy, named, pickle, tensor, text, torchArchive, uint32 } from './pickles.ts'

let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'probe-hostile-')) })
afterAll(() => rmSync(folder, { recursive: true }))

/** What is said of a file with these bytes; it must be a mistake of the file's, not of ours. */
function refusal(contents: Uint8Array | string, name = 'model.pt'): string {
  const path = join(folder, name)
  writeFileSync(path, contents)
  try {
    importModel(path, smallVocabulary(11), { map: new Map(), ignore: [] })
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
  throw new Error('the file was taken')
}

const FIXTURES = fileURLToPath(new URL('fixtures/', import.meta.url))
const fixtures = readdirSync(FIXTURES).filter((name) => /\.(pt|npz|safetensors)$/.test(name))

describe('a pickle that calls something is refused, and nothing is called', () => {
  const proof = () => join(folder, 'proof')
  const calls: Readonly<Record<string, () => Buffer>> = {
    'REDUCE of os.system': () => bytes(named('posix', 'system'), text(`touch ${proof()}`), 0x85, 'R'),
    'REDUCE of builtins.eval': () => bytes(named('builtins', 'eval'), text('1'), 0x85, 'R'),
    'REDUCE of Python 2’s getattr': () => bytes(named('__builtin__', 'getattr'), text('a'), text('b'), 0x86, 'R'),
    'STACK_GLOBAL': () => bytes(text('subprocess'), text('Popen'), 0x93, text('ls'), 0x85, 'R'),
    'NEWOBJ': () => bytes(named('subprocess', 'Popen'), text('ls'), 0x85, 0x81),
    'OBJ': () => bytes('(', named('os', 'system'), text('ls'), 'o'),
    'a class of a name that objects have': () => named('torch', 'constructor'),
  }
  test.each(Object.keys(calls))('%s', (name) => {
    const object = pickle(calls[name]())
    for (const file of [torchArchive(object), legacy(object)]) {
      expect(refusal(file)).toMatch(/asks for [\w.]+, which is none of the classes that are known here; nothing was executed/)
    }
    expect(existsSync(proof())).toBe(false)
  })

  test('INST and EXT, which PyTorch never writes', () => {
    expect(refusal(torchArchive(pickle('(', 'ios\nsystem\n')))).toContain('0x69 is no opcode that PyTorch writes')
    expect(refusal(torchArchive(pickle(0x82, 1)))).toContain('0x82 is no opcode that PyTorch writes')
  })
})

/** A module with these parts. */
function module(parts: Uint8Array): Buffer {
  return bytes(named('torch.nn.modules.module', 'Module'), ')', 0x81, dictionary({ _modules: parts }), 'b')
}

describe('a pickle that would grow is bounded', () => {
  test('a dictionary that holds itself twice, thirty times over', () => {
    // d0 = {}; d1 = {a: d0, b: d0}; d2 = {a: d1, b: d1} …: 2^30 ways to nothing
    const levels = Array.from({ length: 30 }, (_, level) => {
      const below = bytes('h', level)
      return bytes(dictionary({ a: below, b: below }), 'q', level + 1, '0')
    })
    const bomb = pickle('}q', 0, '0', ...levels, module(bytes('h', 30)))
    expect(refusal(torchArchive(bomb))).toContain('more parts than any model')
  })

  test('a dictionary within itself', () => {
    expect(refusal(torchArchive(pickle('}q', 0, text('model'), 'h', 0, 's')))).toContain('does not say which of its parts is the model')
    expect(refusal(torchArchive(pickle(module(bytes('}q', 0, text('again'), 'h', 0, 's')))))).toContain('more parts than any model')
  })

  test('a million tuples in each other', () => {
    expect(refusal(torchArchive(pickle(')', Buffer.alloc(1_000_000, 0x85))))).toContain('does not say which of its parts is the model')
  })

  // copied for each reference they take longer than a test may
  test('many references to one module with many attributes', () => {
    const attributes = dictionary(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`a${index}`, bytes('N')])))
    const one = bytes(named('torch.nn.modules.linear', 'Linear'), ')', 0x81, attributes, 'bq', 0, '0')
    const all = dictionary(Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`m${index}`, bytes('h', 0)])))
    expect(refusal(torchArchive(pickle(one, module(all))))).toContain('holds no tensors')
  })

  test.each([
    ['of texts', (index: number) => text(`a${index}`)],
    ['of numbers', (index: number) => int(index)],
  ])('many references to one dictionary with many keys %s', (_, key) => {
    const one = bytes('}(', ...Array.from({ length: 40_000 }, (_, index) => bytes(key(index), 'N')), 'uq', 0, '0')
    const all = dictionary(Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`m${index}`, bytes('h', 0)])))
    expect(refusal(torchArchive(pickle(one, all)))).toContain('does not say which of its parts is the model')
    expect(refusal(torchArchive(pickle(one, dictionary({ model: all }))))).toContain('does not say which of its parts is the model')
    expect(refusal(torchArchive(pickle(one, module(all))))).toMatch(/more parts than any model|holds no tensors/)
  })

  test('more things than any model has', () => {
    expect(refusal(torchArchive(pickle('(', Buffer.alloc(4_000_001, ']'), 'l')))).toContain('4 million things')
  })

  test.each([
    ['a text', bytes('X', uint32(0xffffffff))],
    ['a number', bytes(0x8b, uint32(0xffffffff))],
    ['bytes', bytes(0x8e, Buffer.from('ffffffffffffff00', 'hex'))],
    ['a frame', bytes(0x95, Buffer.from('ffffffffffffffff', 'hex'))],
  ])('%s of a length that no file has', (_, piece) => {
    expect(refusal(torchArchive(pickle(piece)))).toMatch(/damaged/)
  })

  test.each([['nothing to pop', '0'], ['no mark', 't'], ['nothing to recall', bytes('h', 7)], ['no list to append to', bytes('N', int(1), 'a')],
    ['no dictionary to set', bytes('N', int(1), int(2), 's')], ['odd entries', bytes('}(', int(1), 'u')], ['a call of a number', bytes(int(1), ')R')],
    ['attributes of a number', bytes(int(1), '}b')], ['arguments that are no tuple', bytes(named('torch', 'Size'), ']R')]])('%s', (_, piece) => {
    expect(refusal(torchArchive(pickle(piece)))).toContain('is damaged or no file of PyTorch')
  })
})

describe('a tensor that does not lie in its numbers is refused', () => {
  const storage = { name: 'm/data/0', bytes: new Uint8Array(new Float32Array(8).buffer) }
  const file = (value: Uint8Array) => torchArchive(pickle(dictionary({ 'rnn.weight_ih_l0': value })), [storage])
  test.each([
    ['too long', tensor('0', [9], [1])],
    ['from too late on', tensor('0', [4], [1], 5)],
    ['with strides beyond', tensor('0', [2, 2], [7, 1])],
    ['one number for a billion', tensor('0', [1_000_000_000], [0])],
    ['of sizes that overflow', tensor('0', [2 ** 32, 2 ** 32], [1, 1])],
    ['of sizes that are no sizes', tensor('0', [-1], [1])],
  ])('%s', (_, value) => {
    expect(refusal(file(value))).toMatch(/does not fit its 8 numbers|is not described/)
  })

  test('and one whose numbers are not there', () => {
    expect(refusal(file(tensor('1', [2], [1])))).toContain('it lacks the numbers "1"')
  })

  test('arrays of NumPy and safetensors, too', () => {
    const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }\n`
    const npy = bytes('\x93NUMPY\x01\x00', header.length & 255, header.length >> 8, header)
    expect(refusal(archive([{ name: 'a.npy', bytes: npy }]))).toContain('does not fit its 0 numbers')
    const described = (shape: readonly number[]) => {
      const json = JSON.stringify({ a: { dtype: 'F32', shape, data_offsets: [0, 4] } })
      return refusal(bytes(uint32(json.length), uint32(0), json, new Uint8Array(4)))
    }
    expect(described([2 ** 40, 2 ** 40])).toContain('does not fit its place')
    expect(described(Array.from({ length: 100_000 }, () => 1))).toContain('has 100000 axes; no model has so many')
  })
})

describe('archives', () => {
  test('that grow a thousandfold are not unpacked', () => {
    const zeros = { name: 'm/data.pkl', bytes: new Uint8Array(100_000_000), deflated: true }
    expect(refusal(archive([zeros]))).toContain('of 100000000 bytes, takes more than weights in 97321 bytes can')
    expect(refusal(archive([{ ...zeros, name: 'a.npy' }]))).toContain('takes more than weights')
  })

  test('that list one entry a hundred times are not unpacked a hundred times', () => {
    const size = 12_000_000
    const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${size},), }\n`
    const npy = bytes('\x93NUMPY\x01\x00', header.length, 0, header, new Uint8Array(size))
    const one = archive([{ name: 'a.npy', bytes: npy, deflated: true }])
    const list = one.indexOf(uint32(0x02014b50))
    const entry = one.subarray(list, one.length - 22)
    const end = Buffer.from(one.subarray(one.length - 22))
    for (const at of [8, 10]) end.writeUInt16LE(100, at)
    end.writeUInt32LE(100 * entry.length, 12)
    const names = Array.from({ length: 100 }, (_, index) => {
      const named = Buffer.from(entry)
      named.write(String.fromCharCode(97 + (index % 26)), 46)
      return named
    })
    names.forEach((named, index) => named.write(['.npy', '.npx'][Number(index >= 26)], 47))
    expect(refusal(Buffer.concat([one.subarray(0, list), ...names, end]))).toContain('takes more than weights')
  })

  test('whose size is a lie are refused', () => {
    const file = archive([{ name: 'm/data.pkl', bytes: new Uint8Array(1000), deflated: true }])
    file.writeUInt32LE(10, file.indexOf(uint32(0x02014b50)) + 24)
    expect(refusal(file)).toContain('cannot be unpacked')
  })

  test('with names that lead out write nothing', () => {
    const name = '../../../../../../../../tmp/probe-hostile-proof'
    expect(refusal(archive([{ name, bytes: new Uint8Array(4) }]))).toContain('neither of torch.save nor of numpy.savez')
    expect(existsSync('/tmp/probe-hostile-proof')).toBe(false)
    expect(refusal(archive([{ name: `${name}.npy`, bytes: new Uint8Array(40) }]))).toContain('does not begin as arrays of NumPy do')
  })

  test('a manifest reads only files beside it', () => {
    mkdirSync(join(folder, 'in'), { recursive: true })
    for (const filename of ['../proof', '/etc/hostname', '..', 'a\\b']) {
      expect(refusal(JSON.stringify({ embedding: { filename, shape: [1] } }), 'in/manifest.json')).toContain('does not lie beside it')
    }
    expect(refusal(JSON.stringify({ embedding: { filename: 'none', shape: [1] } }), 'in/manifest.json')).toContain('There is no file')
    expect(refusal('{"embedding": 1}', 'in/manifest.json')).toContain('is no list of variables')
  })
})

test('another byte order is said', () => {
  const big = { name: 'm/byteorder', bytes: Buffer.from('big') }
  expect(refusal(torchArchive(pickle('}'), [big]))).toContain('another byte order (big)')
  const system = legacy(pickle('}'))
  system[system.indexOf(text('little_endian')) + text('little_endian').length] = 0x89
  expect(refusal(system)).toContain('another byte order (big)')
  const header = `{'descr': '>f4', 'fortran_order': False, 'shape': (1,), }\n`
  const npy = bytes('\x93NUMPY\x01\x00', header.length, 0, header, new Uint8Array(4))
  expect(refusal(archive([{ name: 'a.npy', bytes: npy }]))).toContain('another byte order (>f4)')
})

test('a weight that is no number is said', () => {
  const file = readFileSync(join(FIXTURES, 'gru-f32.safetensors'))
  file.writeFloatLE(NaN, file.length - 4)
  expect(refusal(file, 'nan.safetensors')).toContain('"decoderBias" holds a value that is not a finite number')
})

test('other files are told apart', () => {
  expect(refusal('')).toContain('is empty')
  expect(refusal('hello there')).toContain('is no file of weights that is known here')
  expect(refusal(bytes(0x1f, 0x8b, 'rest'))).toContain('unpack it first')
  expect(refusal(pickle(int(1)))).toContain('is a pickle, but none of PyTorch')
  expect(refusal(torchArchive(pickle(dictionary({ a: int(1), b: int(2) }))))).toContain('Its parts are: a, b')
})

test.each(fixtures)('%s, cut off at every 64th byte, is refused in a sentence', (name) => {
  const whole = readFileSync(join(FIXTURES, name))
  for (let length = 0; length < whole.length; length += 64) expect(refusal(whole.subarray(0, length))).not.toBe('')
})
