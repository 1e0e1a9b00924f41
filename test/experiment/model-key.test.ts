// Two runs share a trained model exactly if everything that determines its bytes is the same.

import { describe, expect, test } from 'vitest'
import { completeData, type DataConfig } from '../../src/data/config.ts'
import { describeModel, modelKey } from '../../src/experiment/model-key.ts'
import { DEFAULT_INITIALIZATION, type ModelConfig } from '../../src/model/config.ts'
import { DEFAULT_TRAINING } from '../../src/training/config.ts'

const model: ModelConfig = {
  cell: 'lstm', layers: 1, units: 8, embedding: 8, vocabulary: 50, tied: false, dropout: 0, initialState: 'zeros',
  initialization: DEFAULT_INITIALIZATION, forgetBias: 1,
}
const data: DataConfig = completeData({ grammar: 'toy.yaml' })

type Parts = Parameters<typeof describeModel>[0]
const parts: Parts = {
  engine: { name: 'native', numerics: 'native-1' },
  model,
  training: DEFAULT_TRAINING,
  data,
  sha256: 'a'.repeat(64),
  seed: 1,
}
const key = (changes: Partial<Parts> = {}) => modelKey(describeModel({ ...parts, ...changes }))

describe('the key of a model', () => {
  // SHA-256 of the canonical JSON by Python's json and hashlib
  test('stays what it was: changing it orphans every trained model of every user', () => {
    expect(key()).toBe('0b5459a6f9721239cf773606910f6136da937c625996482f6905c6a360dad430')
  })

  test('does not depend on the order of keys or on where the text lies', () => {
    const reversed = Object.fromEntries(Object.entries(model).reverse()) as unknown as ModelConfig
    expect(key({ model: reversed })).toBe(key())
    expect(key({ data: completeData({ grammar: '/elsewhere/toy.yaml' }) })).toBe(key())
    expect(key({ data: completeData({ text: 'a.txt' }) })).toBe(key({ data: completeData({ text: 'b/a.txt' }) }))
  })

  test('of a language depends on how lengths are drawn, and not on its spelling', () => {
    const of = (language: string, lengths: 'uniform' | 'geometric') => key({ data: completeData({ language, lengths }) })
    expect(of('aⁿbⁿ', 'uniform')).toBe(of('a^n b^n', 'uniform'))
    expect(new Set([of('anbn', 'uniform'), of('anbn', 'geometric'), of('anbncn', 'uniform')]).size).toBe(3)
  })

  test('knows a text by its bytes, wherever it comes from and however much of it was left out', () => {
    const text = key({ data: completeData({ text: 'a.c', unit: 'characters' }) })
    expect(key({ data: completeData({ text: 'a.c', unit: 'characters', limit: 100 }) })).toBe(text)
    expect(key({ data: completeData({ npm: 'a@1.0.0', file: 'a.c', sha256: 'c'.repeat(64) }) })).toBe(text)
    const files = key({ data: completeData({ files: ['*.c'] }) })
    expect(key({ data: completeData({ files: ['src/*.c', '!a.c'], limit: 100 }) })).toBe(files)
    expect(files).not.toBe(text)
  })

  test('changes with everything that determines the model', () => {
    const others: Partial<Parts>[] = [
      { engine: { name: 'tfjs', numerics: 'native-1' } },
      { engine: { name: 'native', numerics: 'native-2' } },
      { model: { ...model, units: 9 } },
      { model: { ...model, forgetBias: 0 } },
      { model: { ...model, initialization: { ...DEFAULT_INITIALIZATION, decoder: 'zeros' } } },
      { training: { ...DEFAULT_TRAINING, epochs: 2 } },
      { training: { ...DEFAULT_TRAINING, optimizer: { name: 'sgd', momentum: 0 } } },
      { data: completeData({ grammar: 'toy.yaml', sentences: 10 }) },
      { data: completeData({ text: 'toy.yaml' }) },
      { sha256: 'b'.repeat(64) },
      { seed: 2 },
    ]
    expect(new Set([key(), ...others.map((change) => key(change))]).size).toBe(others.length + 1)
  })
})
