// What every probe promises, whatever it is asked about.

import { describe, expect, test } from 'vitest'
import type { Answer, Probe } from '../../src/probe.ts'

const repeat = (text: string) => text.repeat(20_000)

const TEXTS: Readonly<Record<string, string>> = {
  'no text at all': '',
  'one character': 'a',
  'a text without a line end': 'He said "go" (now) and went',
  'a text of line ends': '\n\n\n',
  'control characters and halves of surrogates': '\u0000\u0001\ud800"\u001b[31m(\udfff{\u0000',
  'characters of two code units': '"😀" (𝔘𝔫𝔦𝔠𝔬𝔡𝔢) {\n\t/* 🎉 */ if (𝑥) "𝑦";\n}\n',
  'thousands of different characters': String.fromCodePoint(...Array.from({ length: 8000 }, (_, index) => 256 + index)),
  'marks that only open': repeat('"([{/*\''),
  'marks that only close': repeat(')]}*/”'),
  'one long line of marks': repeat('a#"('),
  'statements in statements': repeat('if (a) ') + repeat('else if (b) ;'),
  'addresses of dots': `http://${repeat('.')}`,
  'prose': '"Well," he said, "I didn\'t (as you know)--"\n\nShe\nlaughed. See www.example.org.\n',
  'code': '#if A\nint f(int *a) {\n\tif (a[0] == \'"\') return "x"; // no\n#else\nint f() {\n#endif\n}\n',
}

/** Runs the suite over one probe. */
export function testProbe(probe: Probe): void {
  describe(`the probe ${probe.name}`, () => {
    test('has a name in kebab-case, asks one question and says where it is from', () => {
      expect(probe.name).toMatch(/^[a-z]+(?:-[a-z]+)*$/)
      expect(probe.question).toMatch(/^[A-Z][^?.]*\?$/)
      expect(probe.reference).toMatch(/\(\d{4}\), [A-Z]/)
    })

    test.each(Object.entries(TEXTS))('answers for every token of %s, with what it says it answers with', (_, text) => {
      const tokens = [...text]
      const answers = probe.label({ tokens })
      expect(answers).toHaveLength(tokens.length)
      expect(answers.filter((answer) => !fits(probe, answer))).toEqual([])
    })

    test('answers the same again and leaves the text as it is', () => {
      for (const text of Object.values(TEXTS)) {
        const tokens = Object.freeze([...text])
        const answers = probe.label({ tokens })
        const again = probe.label({ tokens })
        expect(again.findIndex((answer, at) => answer !== answers[at])).toBe(-1)
      }
    })
  })
}

function fits(probe: Probe, answer: Answer | undefined): boolean {
  if (answer === undefined) return true
  if (probe.answers === 'yes-no') return typeof answer === 'boolean'
  if (probe.answers === 'amount') return typeof answer === 'number' && Number.isInteger(answer) && answer >= 0
  return typeof answer === 'string'
}
