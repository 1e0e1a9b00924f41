import { describe, expect, test } from 'vitest'
import type { Measure, Rule } from '../../../src/report/verdicts/across-seeds.ts'
import { judgeByModel } from '../../../src/report/verdicts/rules.ts'

interface Seed { readonly model: string; readonly seed: number; readonly value: number | null }

const seedsOf = (...values: readonly (number | null)[]): Seed[] =>
  values.map((value, index) => ({ model: 'lstm', seed: index + 1, value }))

const rule: Rule<Seed> = ([{ value }], where) => (
  value === null
    ? { judgement: 'cannot tell', sentence: `${where} nothing was measured.` }
    : { judgement: value > 0.5 ? 'found' : 'not found', sentence: `${where} it is ${value}.` }
)
const measure = (as?: Measure<Seed>['as']): Measure<Seed> => ({ name: 'the value', of: ([{ value }]) => value, as })
const judge = (rows: readonly Seed[], ...measures: Measure<Seed>[]) => judgeByModel(rows, 1, rule, { measures })[0]

describe('a rule over several seeds', () => {
  test('counts what each of them shows; what was found has Wilson’s interval', () => {
    // statsmodels: proportion_confint(2, 3, method='wilson') is 0.2077 to 0.9385
    expect(judge(seedsOf(0.2, 0.9, 0.7))).toEqual({
      judgement: 'found',
      sentence: 'Of 3 seeds of lstm: found in 2 (67 % [21, 94]; seed 2, 3) and not found in 1 (seed 1). In seed 2 it is 0.9.',
    })
  })

  test('says so where none found it, and keeps undecided seeds in the count', () => {
    // proportion_confint(0, 3, method='wilson') is 0 to 0.5615
    expect(judge(seedsOf(0.2, null, 0.1)).sentence).toBe(
      'Of 3 seeds of lstm: found in none (0 % [0, 56]), not found in 2 (seed 1, 3) and undecided in 1 (seed 2). In seed 1 it is 0.2.',
    )
  })

  test('cannot tell where no more than half agree, and shows a seed that shows something', () => {
    const verdict = judge(seedsOf(null, null, 0.9, 0.2))
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toMatch(/undecided in 2 \(seed 1, 2\)\. In seed 3 it is 0\.9\.$/)
  })

  test('has no share where no seed is decided', () => {
    expect(judge(seedsOf(null, null)).sentence).toBe('Of 2 seeds of lstm: undecided in 2 (seed 1, 2). In seed 1 nothing was measured.')
  })

  test('tells means over seeds with Student’s interval, of the seeds that have a value', () => {
    // scipy: st.t.interval(0.95, 2, loc=0.6, scale=st.sem([0.2, 0.9, 0.7])) is −0.296 to 1.496
    const rows = seedsOf(0.2, 0.9, 0.7)
    expect(judge(rows, measure()).sentence).toContain('. The mean over seeds, with Student’s interval: the value 0.60 [−0.30, 1.50]. In seed 2')
    expect(judge(rows, measure('share')).sentence).toContain('the value 60.0 % [0.0, 100.0]. ')
    expect(judge(rows, measure('auc')).sentence).toContain('the value 0.60 [0.00, 1.00]. ')
    expect(judge(rows, measure('points'), measure({ digits: 1, unit: 'nats' })).sentence).toContain(
      'the value 60.0 points [−29.6, 149.6] and the value 0.6 [−0.3, 1.5] nats. ',
    )
    expect(judge(seedsOf(0.2, null, 0.9), measure()).sentence).toContain('the value 0.55 [−3.90, 5.00] (2 seeds). ')
    expect(judge(seedsOf(0.2, null, null), measure()).sentence).not.toContain('mean over seeds')
    expect(judge(seedsOf(0.2, 0.2, 0.2), measure('share')).sentence).toContain('the value 20.0 % in each. ')
  })

  test('names what they were asked about; a description names the model, too', () => {
    const [asked] = judgeByModel(seedsOf(0.9, 0.8), 1, rule, { about: 'in cell' })
    expect(asked.sentence).toMatch(/^Of 2 seeds of lstm, in cell: found in 2 /)
    const description: Rule<Seed> = (_, where) => ({ judgement: 'description', sentence: `${where} there is a value.` })
    const [described] = judgeByModel(seedsOf(0.2, 0.9, 0.7), 1, description, { about: 'in cell', measures: [measure()] })
    expect(described.sentence).toBe(
      'Over 3 seeds of lstm, in cell, the mean with Student’s interval: the value 0.60 [−0.30, 1.50]. In seed 1 there is a value.',
    )
  })

  test('of one seed is told as it is', () => {
    expect(judge(seedsOf(0.9), measure())).toEqual({ judgement: 'found', sentence: 'In this model it is 0.9.' })
  })
})
