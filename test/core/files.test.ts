// Files appear whole or not at all, and what the system refuses is a sentence.

import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { explainFileError, makeFolder, readText, sha256, writeFileAtomic } from '../../src/core/files.ts'
import { canonicalJson, readableJson } from '../../src/core/json.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a file is written with its folders, from text or from pieces, and leaves nothing beside it', () => {
  const path = join(folder, 'a', 'b', 'c.txt')
  writeFileAtomic(path, 'première')
  expect(readText(path)).toBe('première')
  writeFileAtomic(path, [Buffer.from('se'), Buffer.from('cond')])
  expect(readText(path)).toBe('second')
  expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['c.txt'])
})

test('a file that cannot be replaced is as it was, with nothing beside it', () => {
  const path = join(folder, 'taken')
  mkdirSync(join(path, 'inside'), { recursive: true })
  expect(() => writeFileAtomic(path, 'text')).toThrow(UserError)
  expect(readdirSync(folder)).toEqual(['taken'])
  expect(existsSync(join(path, 'inside'))).toBe(true)
})

test('what the system refuses is said in a sentence that says what to do', () => {
  const refusal = (code: string) => explainFileError(Object.assign(new Error(code), { code }), '/x/y', 'write')
  expect(refusal('ENOSPC')).toMatchObject({
    name: 'UserError',
    message: '/x/y cannot be written: the disk is full. What was finished is kept; make room and run it again.',
  })
  expect(refusal('EROFS')).toMatchObject({
    message: '/x/y cannot be written: the file system is read-only. Choose another place with --out and --store.',
  })
  expect(refusal('EACCES')).toMatchObject({
    message: '/x/y may not be written by you. Change the permissions there, or choose another place.',
  })
  expect(refusal('EMFILE')).not.toBeInstanceOf(UserError)
})

test('a folder is made with those above it, once or twice, but not where a file stands', () => {
  makeFolder(join(folder, 'a', 'b', 'c'))
  makeFolder(join(folder, 'a', 'b', 'c'))
  expect(readdirSync(join(folder, 'a', 'b'))).toEqual(['c'])
  writeFileSync(join(folder, 'file'), '')
  expect(() => makeFolder(join(folder, 'file'))).toThrow(/a file of this name stands where a folder is needed/)
  expect(() => makeFolder(join(folder, 'file', 'x'))).toThrow(/a part of this path is a file/)
})

test.runIf(existsSync('/proc/self'))('a folder where the system makes none is refused at once', () => {
  expect(() => makeFolder('/proc/none/x')).toThrow(/^\/proc\/none cannot be made: .* --out and --store\.$/)
})

test('a file that is not there, or not UTF-8, is said with its place', () => {
  expect(() => readText(join(folder, 'none'))).toThrow(/^There is no file /)
  const path = join(folder, 'latin1.txt')
  writeFileSync(path, Buffer.from('ok\ncaf\xe9\n', 'latin1'))
  expect(() => readText(path)).toThrow(/latin1\.txt is not UTF-8 text: line 2 has the byte 0xe9\. Save it as UTF-8\.$/)
})

test('a byte order mark is not part of the text', () => {
  writeFileSync(join(folder, 'bom'), '\uFEFFtext')
  expect(readText(join(folder, 'bom'))).toBe('text')
})

test('the hash is SHA-256', () => {
  // FIPS 180-4, example of the National Institute of Standards and Technology
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('canonical JSON is the same for the same content and refuses what JSON cannot hold', () => {
  const value = { b: [1, { d: null, c: 'x' }], a: true, z: undefined }
  expect(canonicalJson(value)).toBe('{"a":true,"b":[1,{"c":"x","d":null}]}')
  expect(() => canonicalJson({ a: NaN })).toThrow(TypeError)
})

test('readable JSON has a row on a line and is read back as it was', () => {
  const value = { name: 'x', rows: [{ a: 1, b: null }, { a: 0.1, b: 'two' }], empty: [] }
  const text = readableJson(value)
  expect(JSON.parse(text)).toEqual(value)
  expect(text.split('\n').filter((line) => line.trim().startsWith('{"a"'))).toHaveLength(2)
  writeFileSync(join(folder, 'x.json'), text)
  expect(readFileSync(join(folder, 'x.json'), 'utf8')).toBe(text)
})

test('two processes make and remove the same folders, and neither takes the other for a file in the way', async () => {
  const program = join(folder, 'worker.mjs')
  const module = join(import.meta.dirname, '../../dist/src/core/files.js')
  writeFileSync(program, `
    import { makeFolder, removeEmptyFolders } from ${JSON.stringify(module)}
    for (let i = 0; i < 1000; i++) removeEmptyFolders(makeFolder(${JSON.stringify(join(folder, 'a', 'b'))}))
  `)
  const run = promisify(execFile)
  await Promise.all([run(process.execPath, [program]), run(process.execPath, [program])])
})
