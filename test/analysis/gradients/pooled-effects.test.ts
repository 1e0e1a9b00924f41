import { expect, test } from 'vitest'
import { compareEffects, pooledEffects } from '../../../src/analysis/gradients/pooled-effects.ts'
import type { TokenEffectRow } from '../../../src/analysis/results.ts'

const row = (model: string, seed: number, change: number, lag = 50): TokenEffectRow => (
  { model, seed, moment: 'trained', lag, places: 10, change, low: null, high: null }
)

const networks = [
  { name: 'gated', cell: 'lstm' },
  { name: 'simple', cell: 'rnn' },
] as const

test('seeds are pooled on a logarithmic scale, and what is rounding counts as such', () => {
  const [pooled] = pooledEffects([row('gated', 1, 0.1), row('gated', 2, 0.01), row('gated', 3, 0.001)])
  expect(pooled).toMatchObject({ model: 'gated', moment: 'trained', lag: 50, seeds: 3 })
  expect(pooled.change).toBeCloseTo(0.01, 10)
  // t with 2 degrees of freedom is 4.3027; the logarithms have a standard deviation of 1
  expect(Math.log10(pooled.low!)).toBeCloseTo(-2 - 4.3027 / Math.sqrt(3), 3)
  expect(Math.log10(pooled.high!)).toBeCloseTo(-2 + 4.3027 / Math.sqrt(3), 3)
  expect(pooledEffects([row('gated', 1, 0)])).toMatchObject([{ low: null, high: null }])
  expect(pooledEffects([row('gated', 1, 0)])[0].change).toBeCloseTo(1e-7, 12)
})

test('models with gates are compared with simple ones by seed, at each lag', () => {
  const rows = [row('gated', 1, 0.4), row('gated', 2, 0.9), row('simple', 1, 0.1), row('simple', 2, 0.1), row('simple', 3, 5)]
  const [comparison, ...others] = compareEffects(rows, networks)
  expect(others).toEqual([])
  expect(comparison).toMatchObject({ model: 'gated', other: 'simple', lag: 50, seeds: 2 })
  expect(comparison.ratio).toBeCloseTo(6, 10) // √(4 · 9)
  expect(comparison.low).toBeLessThan(1) // two seeds decide little
})
