import { expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { parsePairs } from '../../src/tasks/pairs-csv.ts'

function problemsOf(csv: string) {
  try {
    parsePairs(csv, 'mine.csv')
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(({ path, message }) => `${path}: ${message}`)
  }
  throw new Error('no UserError')
}

test('reads pairs with and without a condition, in any order of columns', () => {
  expect(parsePairs('prefix,right,wrong\nThe keys,are,is\n', 'mine.csv')).toEqual([
    { prefix: ['The', 'keys'], right: 'are', wrong: 'is', condition: '', columns: {} },
  ])
  const shuffled = '\uFEFFwrong,condition,Prefix,right\r\nis,P,"  Well ,  the keys ",are\r\n\r\n'
  expect(parsePairs(shuffled, 'mine.csv')).toEqual([
    { prefix: ['Well', ',', 'the', 'keys'], right: 'are', wrong: 'is', condition: 'P', columns: {} },
  ])
})

test('every row with a mistake is named', () => {
  const rows = ['The keys,are,', 'The keys,are,are', 'Well, the keys,are,is', 'The key,is not,are', 'The key,is,are']
  expect(problemsOf(['prefix,right,wrong', ...rows].join('\n'))).toEqual([
    'row 2: has no wrong.',
    'row 3: has "are" as right and as wrong.',
    'row 4: has 4 cells for 3 columns. A cell with a comma is written "in quotes".',
    'row 5: "is not" is more than one word; the first ones belong to the prefix.',
  ])
})

test('missing columns, stray quotes and files without rows are one sentence each', () => {
  expect(problemsOf('sentence,right\nThe keys,are')[0]).toBe(
    'row 1: has no column prefix, wrong. Its columns are: sentence, right. Needed: prefix, right, wrong.',
  )
  expect(problemsOf('prefix,right,wrong,Right,right\nThe keys,are,is,is,is')).toEqual([
    'row 1: has the column right twice. Leave one of them out.',
  ])
  const stray = 'has a stray quote. A cell with quotes is written "like ""this""".'
  expect(problemsOf('prefix,right,wrong\n"The keys,are,is\nThe key,is,are\n')).toEqual([`line 2: ${stray}`])
  expect(problemsOf('prefix,right,wrong\nThe keys,are,is\nThe "key,is,are\n')).toEqual([`line 3: ${stray}`])
  expect(problemsOf('prefix,right,wrong\n"The\nkeys",are,is"\n')).toEqual([`line 3: ${stray}`])
  const quoted = 'prefix,right,wrong\r\n"He said ""well"" , the keys",are,"is"\r\n"",are,is'
  expect(problemsOf(quoted)).toEqual(['row 3: has no prefix.'])
  expect(() => parsePairs('prefix,right,wrong\n', 'mine.csv')).toThrow('mine.csv holds no pairs')
  expect(() => parsePairs('', 'mine.csv')).toThrow(UserError)
})
