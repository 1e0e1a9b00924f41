import { expect, test } from 'vitest'
import { defineProbe } from '../src/probe.ts'

const probe = { name: 'any', question: 'Any?', answers: 'yes-no', reference: 'none' } as const
const label = ({ tokens }: { readonly tokens: readonly string[] }) => tokens.map(() => true)

test('a probe of characters takes characters of any script and placeholders, and no words', () => {
  const ofCharacters = defineProbe({ ...probe, unit: 'characters', label })
  expect(ofCharacters.label({ tokens: ['a', '\n', '😀', '<unk>', '<eos>'] })).toHaveLength(5)
  expect(() => ofCharacters.label({ tokens: ['I', 'am'] })).toThrow('The probe any asks about characters; "am" is a word.')
})

test('a probe that does not say what it is about takes both', () => {
  expect(defineProbe({ ...probe, label }).label({ tokens: ['I', 'am'] })).toEqual([true, true])
})
