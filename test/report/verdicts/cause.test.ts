import { expect, it } from 'vitest'
import type { CauseRow, FoundUnitRow } from '../../../src/analysis/results.ts'
import { judgeCauses } from '../../../src/report/verdicts/cause.ts'
import { FOUND } from './finding-fixture.ts'

const MEAN: CauseRow = {
  model: 'gru', seed: 1, probe: 'inside-quotes', unit: '1.hidden.41', set: 'mean', serves: 'closing quotation marks',
  events: 300, documents: 11, intactLoss: 1.06, rise: 2.5, low: 2.2, high: 2.8, elsewhere: 0.005, bandLow: -0.1, bandHigh: 0.1,
  comparable: 19,
}
const judged = (mean: Partial<CauseRow>, zero: Partial<CauseRow> = mean, found: Partial<FoundUnitRow> = {}) =>
  judgeCauses([{ ...MEAN, ...mean }, { ...MEAN, set: 'zero', ...zero }], [{ ...FOUND, ...found }], () => 'Here')

it('a unit is used where removing it costs more than removing any comparable one, by the mean and by zero', () => {
  const [{ judgement, sentence }] = judged({})
  expect(judgement).toBe('found')
  expect(sentence).toBe(
    'Here the unit that tells inside-quotes is used: set to its mean, 1.hidden.41 costs 2.500 nats [2.200, 2.800] at closing ' +
      'quotation marks (the intact model has 1.06), set to zero 2.500; comparable units cost −0.100 to 0.100, and elsewhere it ' +
      'costs 0.0050 (n = 300 closing quotation marks in 11 documents, 19 comparable units, seed 1).',
  )
})

it.each<[string, Partial<CauseRow>, Partial<CauseRow>, string]>([
  ['zero alone moves it', { rise: 0.05 }, {}, 'not found'],
  ['the mean alone moves it', {}, { rise: 0.05 }, 'not found'],
  ['the interval includes no change', { low: -0.1 }, {}, 'not found'],
  ['a comparable unit costs as much', { bandHigh: 3 }, {}, 'not found'],
  ['there are fewer than 200 events', { events: 199 }, {}, 'cannot tell'],
  ['there are fewer comparable units than make p = 0.05 possible', { comparable: 18 }, {}, 'cannot tell'],
])('it is not called used where %s', (_, mean, zero, judgement) => {
  expect(judged(mean, zero)[0].judgement).toBe(judgement)
})

it('nothing is said of a unit that does not tell its probe', () => {
  expect(judged({}, {}, { q: 1 })).toEqual([])
})
