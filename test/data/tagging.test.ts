// What a tagger reads and says: every word of a sentence, and no end.

import { expect, test } from 'vitest'
import type { Document } from '../../src/data/corpus.ts'
import { encodePart } from '../../src/data/dataset.ts'
import { taggedSentences, tagsOf } from '../../src/data/tagging.ts'
import { buildVocabulary, decode } from '../../src/data/vocabulary.ts'

const sentence = (text: string) => {
  const pairs = text.split(' ').map((pair) => pair.split('/'))
  return { tokens: pairs.map(([word]) => word), tags: pairs.map(([, tag]) => tag), paragraph: 0 }
}
const document = (...sentences: string[]): Document => ({ name: 'd', category: null, sentences: sentences.map(sentence) })
const training = [document('the/at dog/nn runs/vbz', 'runs/nns end/vb'), document('a/at run/nn')]
const vocabulary = buildVocabulary(training, { unit: 'words', end: '<eos>' }, { size: 'all', rare: 'unknown', lowercase: true })
const datasetOf = (documents: readonly Document[], words = vocabulary) => (
  { name: 'text', training: encodePart(documents, words), vocabulary: words }
)

test('tags stand by how often they come, then by name', () => {
  expect(tagsOf(datasetOf(training))).toEqual(['at', 'nn', 'nns', 'vb', 'vbz'])
})

test('sentences lose their ends and keep their order; a tag that training lacks is −1', () => {
  const part = encodePart([document('the/at dog/nn runs/vbz'), document('xyzzy/uh run/vb', 'end/nn')], vocabulary)
  const { tokens, tags, starts } = taggedSentences(part, tagsOf(datasetOf(training)))
  expect(decode(vocabulary, tokens)).toEqual(['the', 'dog', 'runs', '<unk>', 'run', 'end'])
  expect([...tags]).toEqual([0, 1, 4, -1, 3, 1])
  expect([...starts]).toEqual([0, 3, 5])
})

test('text without tags, and placeholders that give the tag away, are refused in a sentence', () => {
  const untagged = [{ ...document('a/b'), sentences: [{ tokens: ['a'], paragraph: 0 }] }]
  expect(() => tagsOf(datasetOf(untagged))).toThrow('text has no tags, such as parts of speech.')
  expect(() => tagsOf(datasetOf(training, { ...vocabulary, rare: 'part-of-speech' }))).toThrow('Write "rare: unknown" in data.')
})
