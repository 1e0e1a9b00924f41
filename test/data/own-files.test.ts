// Many files as a corpus.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { readFilesCorpus } from '../../src/data/own-text.ts'

const reading = { unit: 'characters', lines: false, split: 'spaces', limit: null } as const
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rnn-probe-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, contents: string | Uint8Array): void {
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), contents)
}

const line = (character: string, lines: number) => `${character.repeat(9)}\n`.repeat(lines)

test('each file is a document, in the order of the paths; empty ones are left out', () => {
  for (let file = 0; file < 150; file++) write(`src/${String(file).padStart(3, '0')}.c`, `int a${file};\n`)
  write('src/empty.c', '\n \n')
  const { documents, files, end, unit } = readFilesCorpus(['src/*.c'], folder, reading)
  expect(documents.map(({ name }) => name)).toEqual(files?.map(({ path }) => path))
  expect(documents).toHaveLength(150)
  const sentences = [{ tokens: [...'int a7;'], paragraph: 0 }]
  expect(documents[7]).toEqual({ name: 'src/007.c', category: null, sentences })
  expect({ end, unit }).toEqual({ end: '\n', unit: 'characters' })
})

test('what is read is listed with its checksum', () => {
  write('a.c', 'abc')
  write('b.c', 'd\n')
  // printf abc | sha256sum; echo d | sha256sum
  expect(readFilesCorpus(['*.c'], folder, reading).files).toEqual([
    { path: 'a.c', bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
    { path: 'b.c', bytes: 2, sha256: '8d74beec1be996322ad76813bafb92d40839895d6dd7ee808b17ca201eac98be' },
  ])
})

test('a file that is more than a hundredth of the text is cut into blocks of lines', () => {
  write('large.c', line('a', 600))
  write('small.c', line('b', 390))
  write('tiny.c', line('c', 10))
  const { documents } = readFilesCorpus(['*.c'], folder, reading)
  expect(documents).toHaveLength(100)
  expect(documents[59]).toMatchObject({ name: 'large.c block-60', block: { first: 590 } })
  expect(documents[60].name).toBe('small.c block-1')
  expect(documents[99].name).toBe('tiny.c')
  const lines = documents.flatMap(({ sentences }) => sentences.map(({ tokens }) => tokens[0]))
  expect(lines.join('')).toBe('a'.repeat(600) + 'b'.repeat(390) + 'c'.repeat(10))
})

test('a single file is cut as a text is', () => {
  write('one.c', line('a', 300))
  const { documents } = readFilesCorpus(['one.c'], folder, reading)
  expect(documents).toHaveLength(100)
  expect(documents[1]).toMatchObject({ name: 'block-2', block: { first: 3 } })
})

test('a limit ends the reading with a line; files behind it are not read', () => {
  write('a.c', line('a', 30))
  write('b.c', line('b', 30))
  write('c.c', Buffer.from([0xff]))
  const { documents, files } = readFilesCorpus(['*.c'], folder, { ...reading, limit: 405 })
  const lines = documents.flatMap(({ sentences }) => sentences.map(({ tokens }) => tokens[0]))
  expect(lines.join('')).toBe('a'.repeat(30) + 'b'.repeat(10))
  expect(files).toHaveLength(2)
})

test('the checksum changes with the text and its division, not with names', () => {
  const checksum = (...texts: string[]) => {
    const name = `folder-${texts.length}-${texts.join('').length}-${texts[0].length}`
    texts.forEach((text, number) => write(`${name}/${number}.c`, text))
    return readFilesCorpus([`${name}/*`], folder, reading).sha256
  }
  const sums = [checksum('ab\ncd\n', 'ef\n'), checksum('ab\n', 'cd\nef\n'), checksum('ab\ncd\nef\n')]
  expect(new Set(sums).size).toBe(3)
  write('moved/x.c', 'ab\ncd\n')
  write('moved/y.c', 'ef\n')
  expect(readFilesCorpus(['moved/*'], folder, reading).sha256).toBe(sums[0])
})

test('every file that is no text is named, with what to do', () => {
  write('a.c', 'int a;\nint b;\n')
  write('b.c', Buffer.from('// h\u00e9\n', 'latin1'))
  write('c.c', 'a\0b')
  try {
    readFilesCorpus(['*.c'], folder, reading)
    expect.unreachable()
  } catch (error) {
    const { message, problems } = error as UserError
    expect(message).toBe('2 of 3 files cannot be read as text')
    expect(problems.map(({ path }) => path)).toEqual(['b.c', 'c.c'])
    expect(problems[0].message).toMatch(/is not UTF-8 text: line 1 has the byte 0xe9\. .* add "!b\.c" to files\.$/)
    expect(problems[1].message).toMatch(/line 1 holds a NUL byte/)
  }
  expect(readFilesCorpus(['*.c', '!b.c', '!c.c'], folder, reading).files).toHaveLength(1)
})

test('no file and no text are said', () => {
  expect(() => readFilesCorpus(['*.c', 'src/*.h'], folder, reading)).toThrow(/^No file is met by \*\.c, src\/\*\.h in /)
  write('a.c', '\n')
  expect(() => readFilesCorpus(['*.c'], folder, reading)).toThrow('*.c is empty')
})
