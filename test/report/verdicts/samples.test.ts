import { expect, test } from 'vitest'
import type { SampleRow } from '../../../src/analysis/results.ts'
import { describeHolding } from '../../../src/report/verdicts/samples.ts'

const row: SampleRow = {
  model: 'gru', seed: 1, unit: '1.hidden.4', temperature: 0.5, held: null, probe: 'inside-quotes', yes: 0.3, text: '…',
}

test('what holding a unit does to the text is a description, one text each', () => {
  const [verdict, ...others] = describeHolding([row, { ...row, held: -1, yes: 0.02 }, { ...row, held: 1, yes: 0.98 }])
  expect(others).toEqual([])
  expect(verdict).toEqual({
    judgement: 'description',
    sentence:
      'Of what gru writes, 30 % is inside-quotes by itself, 2 % with the unit held at −1 and 98 % with the unit held at 1 ' +
      '(unit 1.hidden.4, one text each, temperature 0.5, seed 1).',
  })
})

test('nothing is said of a unit that was not held, or that no probe chose', () => {
  expect(describeHolding([row])).toEqual([])
  expect(describeHolding([{ ...row, probe: null, yes: null }, { ...row, held: 1, probe: null, yes: null }])).toEqual([])
})
