// Languages and words as mathematics writes them: `a^n b^n` → aⁿbⁿ, `a^1000 b^1000` → a¹⁰⁰⁰b¹⁰⁰⁰.

import { exp, log } from '../core/math.ts'
import { count } from './format.ts'

const RAISED: Readonly<Record<string, string>> = {
  '-': '⁻', '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', n: 'ⁿ',
}

/** Text that is not of this form stays as it is. */
export function withSuperscripts(text: string): string {
  if (!/^\S\^(n|\d+)( \S\^(n|\d+))*$/u.test(text)) return text
  return text.replace(/(\S)\^(n|\d+) ?/gu, (_, letter: string, exponent: string) => letter + raise(exponent))
}

/** A positive number of any size with two digits: `0.0051`, `9,100`, `2·10⁻⁷`. */
export function scientific(value: number): string {
  if (value === 0) return '0'
  if (value >= 100 && value < 1e6) return count(Number(value.toPrecision(2)))
  if (value >= 1e-4 && value < 100) return String(Number(value.toPrecision(2)))
  const [digits, exponent] = value.toExponential(0).split('e')
  return `${digits}·10${raise(String(Number(exponent)))}`
}

/** The same of a number whose logarithm to base 10 is given. */
export function powerOf(logarithm: number): string {
  return scientific(exp(logarithm * log(10)))
}

function raise(exponent: string): string {
  return [...exponent].map((character) => RAISED[character]).join('')
}
