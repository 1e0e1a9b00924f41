import { expect, test } from 'vitest'
import { agreementOverSeeds } from '../../src/analysis/agreement-over-seeds.ts'
import { describeAgreementOverSeeds } from '../../src/report/verdicts/agreement.ts'
import { plantedItems } from './planted.ts'

const items = plantedItems(20)
const network = (model: string, marginOf: (condition: string) => number) => (
  { model, margins: Float32Array.from(items, ({ condition }) => marginOf(condition)) }
)

test('over seeds the accuracy is the mean of the networks, and its interval knows how few they are', () => {
  const right = network('lstm', () => 2)
  const misled = network('lstm', (condition) => (condition === 'PS' ? -1 : 1))
  const rows = agreementOverSeeds(items, [right, misled, network('gru', () => 1)])
  expect(rows.map(({ model, seeds, condition }) => `${model} ${seeds} ${condition}`)).toEqual(
    ['SS', 'SP', 'PS', 'PP'].map((condition) => `lstm 2 ${condition}`),
  )
  const [, sp, ps] = rows
  expect(sp).toMatchObject({ n: 40, accuracy: 1, low: 1, high: 1, margin: 1.5 })
  expect(ps).toMatchObject({ accuracy: 0.5, low: 0, high: 1, margin: 0.5 })
  expect(ps.marginLow).toBeCloseTo(-1, 10)
  expect(ps.marginHigh).toBeCloseTo(2, 10)
  const [sentence, ...others] = describeAgreementOverSeeds(rows).map((verdict) => verdict.sentence)
  expect(others).toEqual([])
  expect(sentence).toContain('Over 2 seeds, lstm is right on 100.0 % [100.0, 100.0] of SP and 50.0 % [0.0, 100.0] of PS of nounpp')
})
