import { expect, it } from 'vitest'
import { withSuperscripts } from '../../src/report/superscripts.ts'

it.each([
  ['a^n b^n', 'aⁿbⁿ'],
  ['a^n b^n c^n', 'aⁿbⁿcⁿ'],
  ['a^1000 b^1000', 'a¹⁰⁰⁰b¹⁰⁰⁰'],
  ['ж^2 5^34', 'ж²5³⁴'],
])('%s is written %s', (text, written) => {
  expect(withSuperscripts(text)).toBe(written)
})

it.each(['nounpp', 'see a^n b^n', 'a^x b^n', 'a^n b', ''])('%j, which is no language, stays as it is', (text) => {
  expect(withSuperscripts(text)).toBe(text)
})
