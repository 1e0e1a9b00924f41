import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UserError } from '../../../src/core/errors.ts'
import { textHeader } from '../../../src/model/formats/npy.ts'
import { NpzWriter } from '../../../src/model/formats/npz.ts'
import { centralDirectory, localHeader } from '../../../src/model/formats/zip.ts'
import { readNpz } from './read-npz.ts'

let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'probe-npz-')) })
afterAll(() => rmSync(folder, { recursive: true }))

test('arrays written in blocks that alternate are read back whole', () => {
  const path = join(folder, 'alternating.npz')
  const words = ['the', '𝄞 clef', '']
  const writer = new NpzWriter(path, {
    '0.cell': { type: 'float32', shape: [3, 2], width: 0 },
    token: { type: 'int32', shape: [3], width: 0 },
    vocabulary: textHeader(words),
  })
  writer.append('0.cell', Float32Array.of(1.5, -2))
  writer.append('token', Int32Array.of(7))
  writer.append('vocabulary', words)
  writer.append('0.cell', Float32Array.of(0, 1e-30, 3, NaN))
  writer.append('token', Int32Array.of(-1, 2 ** 31 - 1))
  writer.finish()
  expect(readNpz(path)).toEqual({
    '0.cell': { shape: [3, 2], values: [1.5, -2, 0, Math.fround(1e-30), 3, NaN] },
    token: { shape: [3], values: [7, -1, 2 ** 31 - 1] },
    vocabulary: { shape: [3], values: words },
  })
})

test('an archive that cannot take its name leaves nothing behind', () => {
  const path = join(folder, 'taken.npz')
  mkdirSync(path)
  const writer = new NpzWriter(path, { token: { type: 'int32', shape: [1], width: 0 } })
  writer.append('token', Int32Array.of(1))
  expect(() => writer.finish()).toThrow(UserError)
  writer.abandon()
  expect(readdirSync(folder).filter((name) => name.startsWith('taken.npz.'))).toEqual([])
})

test('an array of nothing is an array', () => {
  const path = join(folder, 'nothing.npz')
  const writer = new NpzWriter(path, { tags: textHeader([]), token: { type: 'int32', shape: [0], width: 0 } })
  writer.append('tags', [])
  writer.append('token', new Int32Array(0))
  writer.finish()
  expect(readNpz(path)).toEqual({ tags: { shape: [0], values: [] }, token: { shape: [0], values: [] } })
})

test('an archive that is given up or not complete leaves no file behind', () => {
  const path = join(folder, 'given-up.npz')
  const writer = new NpzWriter(path, { a: { type: 'int32', shape: [2], width: 0 } })
  writer.append('a', Int32Array.of(1))
  expect(() => writer.finish()).toThrow('a.npy is not complete')
  writer.abandon()
  expect(readdirSync(folder).filter((name) => name.includes('given-up'))).toEqual([])
})

test('an entry above 4 GiB keeps its sizes and its place in the zip64 fields', () => {
  const five = 5 * 2 ** 30
  const local = localHeader({ name: 'a.npy', size: five, crc: 1 })
  expect(local.readUInt32LE(18)).toBe(0xffffffff)
  expect(local.subarray(-16).readBigUInt64LE()).toBe(BigInt(five))
  const directory = centralDirectory([{ name: 'b.npy', offset: five, size: 8, crc: 1 }], five + 50)
  const field = directory.subarray(46 + 5)
  expect([field.readUInt16LE(0), field.readUInt16LE(2), field.readBigUInt64LE(4)]).toEqual([1, 8, BigInt(five)])
  const end = directory.length - 22
  expect(directory.readUInt32LE(end + 16)).toBe(0xffffffff)
  expect(directory.readBigUInt64LE(end - 20 + 8)).toBe(BigInt(five + 50 + 46 + 5 + 12)) // end of the directory
})

test('a path through a file is a sentence', () => {
  expect(() => new NpzWriter(join(import.meta.filename, 'a.npz'), {})).toThrow(UserError)
})
