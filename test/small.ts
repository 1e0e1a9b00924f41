// A small model with a vocabulary, and texts for it: for tests of what stands on the engines.

import { Random } from '../src/core/random.ts'
import type { Vocabulary } from '../src/data/vocabulary.ts'
import type { Model } from '../src/model/model.ts'
import { smallModel, type Cell, type Size } from './engine/models.ts'

export function smallVocabulary(size: number): Vocabulary {
  const tokens = Array.from({ length: size }, (_, id) => (id === 0 ? '<eos>' : id === 1 ? '<unk>' : `word${id}`))
  return { kind: 'words', tokens, rare: 'unknown', lowercase: true, end: '<eos>' }
}

export function modelWithVocabulary(cell: Cell, size: Partial<Size> = {}, seed = 1): Model {
  const complete = { layers: 2, units: 5, embedding: 4, vocabulary: 9, ...size }
  const tags = complete.tags && { tags: Array.from({ length: complete.tags }, (_, tag) => `tag${tag}`) }
  return { ...smallModel(cell, complete, seed), vocabulary: smallVocabulary(complete.vocabulary), ...tags }
}

export function randomTokens(length: number, vocabulary: number, seed: number | string): Int32Array {
  const random = new Random(seed)
  return Int32Array.from({ length }, () => random.integer(vocabulary))
}
