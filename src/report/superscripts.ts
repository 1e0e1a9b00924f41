// Languages and words as mathematics writes them: `a^n b^n` → aⁿbⁿ, `a^1000 b^1000` → a¹⁰⁰⁰b¹⁰⁰⁰.

const RAISED: Readonly<Record<string, string>> = {
  '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', n: 'ⁿ',
}

/** Text that is not of this form stays as it is. */
export function withSuperscripts(text: string): string {
  if (!/^\S\^(n|\d+)( \S\^(n|\d+))*$/u.test(text)) return text
  const raise = (exponent: string) => [...exponent].map((character) => RAISED[character]).join('')
  return text.replace(/(\S)\^(n|\d+) ?/gu, (_, letter: string, exponent: string) => letter + raise(exponent))
}
