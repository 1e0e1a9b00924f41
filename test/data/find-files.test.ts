import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findFiles } from '../../src/data/find-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'rnn-probe-find-'))
const FILES = [
  'b.c', 'a.c', 'a.h', 'B.c', '.hidden.c', 'src/x.c', 'src/deep/er/y.c', 'src/deep/z[1].c', '.git/g.c', 'c.c/in.c',
]

beforeAll(() => {
  for (const file of FILES) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), file)
  }
  symlinkSync(folder, join(folder, 'loop'))
})
afterAll(() => rmSync(folder, { recursive: true }))

test.each<[string[], string[]]>([
  [['*.c'], ['B.c', 'a.c', 'b.c']],
  [['?.{h,c}', '!b.c'], ['B.c', 'a.c', 'a.h']],
  [['**/*.c'], ['B.c', 'a.c', 'b.c', 'c.c/in.c', 'src/deep/er/y.c', 'src/deep/z[1].c', 'src/x.c']],
  [['src/**', '!**/deep/**'], ['src/x.c']],
  [['src/**/y.c', 'src/*/z[1].c', 'a.c', 'a.c'], ['a.c', 'src/deep/er/y.c', 'src/deep/z[1].c']],
  [['.hidden.c', '.git/*'], ['.git/g.c', '.hidden.c']],
  [['./src/../a.c', 'src', 'c.c', 'nowhere/*.c', 'none.c'], ['src/../a.c']],
  [['a+b', '(a).c', '{a,b,nowhere/c}.c'], ['a.c', 'b.c']],
])('%j', (patterns, expected) => {
  expect(findFiles(patterns, folder)).toEqual(expected)
})

test('an absolute pattern has absolute paths', () => {
  expect(findFiles([`${folder}/a.*`], '/nowhere')).toEqual([`${folder}/a.c`, `${folder}/a.h`])
})
