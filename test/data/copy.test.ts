import { expect, test } from 'vitest'
import { copyLag, copyTask, isCopied } from '../../src/data/copy/corpus.ts'
import { completeData, type CopyConfig, type CopyInput } from '../../src/data/config.ts'
import { loadDataset } from '../../src/data/dataset.ts'
import { decode } from '../../src/data/vocabulary.ts'

const load = (input: CopyInput) => loadDataset(completeData(input), { baseDirectory: '.' })

test('each sentence is symbols, blanks, a mark, and the same symbols, and a document of its own', async () => {
  const { training, test: held, vocabulary, copy, counts } = await load({ copy: 3, blanks: 4, symbols: 5, sentences: 200 })
  expect(counts).toMatchObject({ documents: 200, sentences: 200, tokens: 200 * 11 })
  expect(vocabulary.tokens.filter((token) => !token.startsWith('<')).sort()).toEqual(['=', '_', 'a', 'b', 'c', 'd', 'e'])
  for (const part of [training, held]) {
    part.documentStarts.forEach((start, index) => {
      const words = decode(vocabulary, part.tokens.subarray(start, part.documentStarts[index + 1]))
      expect(words.slice(0, 3)).toEqual(words.slice(8, 11))
      expect(words.slice(3, 8)).toEqual(['_', '_', '_', '_', '='])
      expect(words[11]).toBe('<eos>')
    })
  }
  expect(copy).toEqual({ length: 3, blanks: 4, symbols: 5 })
  expect(new Set(training.documents.map(({ sentences: [{ tokens }] }) => tokens.slice(0, 3).join(''))).size).toBeGreaterThan(60)
})

test('the copied tokens and their distance from what they copy are known', () => {
  const task = copyTask(completeData({ copy: 3, blanks: 4 }) as CopyConfig)
  const copied = Array.from({ length: 12 }, (_, position) => position).filter((position) => isCopied(task, position))
  expect(copied).toEqual([8, 9, 10])
  // the last token read before position 8 is 7; so many steps before that, position 0 was read
  expect(7 - copyLag(task)).toBe(0)
})

test('it depends on its own seed alone', async () => {
  const [one, again, other] = await Promise.all([1, 1, 2].map((seed) => load({ copy: 2, sentences: 50, seed })))
  expect(one.training.tokens).toEqual(again.training.tokens)
  expect(one.sha256).toBe(again.sha256)
  expect(other.sha256).not.toBe(one.sha256)
  expect(other.training.tokens).not.toEqual(one.training.tokens)
})
