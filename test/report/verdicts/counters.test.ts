import { describe, expect, it } from 'vitest'
import type { CounterRow, CountingCell, InterventionRow, StepSizeRow } from '../../../src/analysis/results.ts'
import { describeSteps, judgeCounters, judgeUse } from '../../../src/report/verdicts/counters.ts'

const CELLS: Readonly<Record<string, CountingCell>> = { lstm: 'lstm', gru: 'gru', rnn: 'tanh rnn', relu: 'relu rnn' }

interface Changes extends Partial<CounterRow> {
  readonly counter: boolean
}

/** Three units in two blocks; unit 1 counts in the seeds of `counting`. */
function model(
  name: string,
  seeds: number,
  counting: readonly number[],
  changes: Partial<CounterRow> = {},
): CounterRow[] {
  return Array.from({ length: seeds }, (_, index) => index + 1).flatMap((seed) =>
    [0, 1, 2].flatMap((unit) => ['a', 'b'].map((block) => row(name, seed, unit, block, {
      counter: unit === 1 && counting.includes(seed), ...changes,
    }))),
  )
}

function row(name: string, seed: number, unit: number, block: string, changes: Changes): CounterRow {
  const sign = block === 'a' ? 1 : -1
  const { counter } = changes
  return {
    model: name, seed, language: 'a^n b^n', cell: CELLS[name], trainedTo: 100,
    unit: `0.${name === 'lstm' ? 'cell' : 'hidden'}.${unit}`, block,
    slope: sign * (counter ? 0.998 : 0.01), r2: counter ? 0.9996 : 0.9, slopeOutside: sign * (counter ? 0.99 : 0.0001),
    r2Outside: counter ? 0.998 : 0.3, gates: name === 'lstm' ? { input: 1, forget: 1 } : {}, planted: null, ...changes,
  }
}

const every = (seeds: number) => Array.from({ length: seeds }, (_, index) => index + 1)

describe('a planted counter', () => {
  it('in most seeds is found, and the unit of the first is named with its slopes', () => {
    expect(judgeCounters(model('lstm', 10, every(9)))).toEqual([
      {
        judgement: 'found',
        sentence:
          'On aⁿbⁿ a unit of lstm counts in 9 of 10 seeds [60, 98]; in seed 1 it is 0.cell.1: +0.998 per a and ' +
          '−0.998 per b within the training lengths (R² at least 1.000), +0.990 and −0.990 beyond them (R² at least ' +
          '0.998) (n = 10 seeds, 95 % Wilson interval in %).',
      },
    ])
  })

  it('of several is the straightest beyond the training lengths, in its worst block', () => {
    const both = model('lstm', 1, [1]).map((each) => (
      each.unit === '0.cell.2' ? 
        { ...each, counter: true, r2: 1, r2Outside: each.block === 'a' ? 1 : 0.995, slopeOutside: each.slope } : each
    ))
    expect(judgeCounters(both)[0].sentence).toContain('; it is 0.cell.1, the straightest of 2: ')
  })

  it('that takes small steps is told with the digits that count', () => {
    const small = model('lstm', 1, [1], { slope: -1.455e-11, slopeOutside: -1.4e-11 })
    expect(judgeCounters(small)[0].sentence).toContain('−1.5e-11 per a and −1.5e-11 per b within')
    expect(judgeCounters(small)[0].sentence).toContain('−1.4e-11 and −1.4e-11 beyond them')
  })

  it('is told in the blocks in which it counts, not where it rests', () => {
    const resting = model('lstm', 1, [1]).flatMap((each) => (
      each.block === 'a' ? [each, { ...each, block: 'c', slope: 0, r2: 0, slopeOutside: 0, r2Outside: 0 }] : [each]
    ))
    expect(judgeCounters(resting)[0].sentence).toContain('0.cell.1: +0.998 per a and −0.998 per b within')
  })

  it('in one seed claims nothing beyond this model', () => {
    const [{ judgement, sentence }] = judgeCounters(model('lstm', 1, [1]))
    expect(judgement).toBe('found')
    expect(sentence).toMatch(/^On aⁿbⁿ, in this model, a unit of lstm counts; it is 0\.cell\.1.* \(seed 1\)\.$/)
  })
})

describe('without a counter', () => {
  it('an LSTM is said to have none', () => {
    expect(judgeCounters(model('lstm', 10, []))[0]).toEqual({
      judgement: 'not found',
      sentence:
        'On aⁿbⁿ most seeds of lstm have no unit that counts: 0 of 10 seeds [0, 28] have (n = 10 seeds, 95 % Wilson ' +
        'interval in %).',
    })
    const [{ sentence }] = judgeCounters(model('lstm', 1, []))
    expect(sentence).toBe('On aⁿbⁿ, in this model, no unit of lstm counts (seed 1).')
  })

  it('bounded networks share a sentence', () => {
    expect(judgeCounters([...model('gru', 10, []), ...model('rnn', 10, [])])).toEqual([
      {
        judgement: 'not found',
        sentence:
          'On aⁿbⁿ a unit of gru and rnn, whose state is bounded, counts in 0 of 10 seeds [0, 28] (95 % Wilson ' +
          'interval in %, of each model).',
      },
    ])
  })
})

describe('too few seeds', () => {
  it('cannot tell what most seeds do', () => {
    const [{ judgement, sentence }] = judgeCounters(model('lstm', 3, [1, 2, 3]))
    expect(judgement).toBe('cannot tell')
    expect(sentence).toContain('whether most seeds of lstm have a unit that counts: 3 of 3 seeds [44, 100] have')
    expect(judgeCounters(model('gru', 3, []))[0].judgement).toBe('cannot tell')
  })
})

describe('ReLU networks', () => {
  it('are described', () => {
    const [, described] = judgeCounters([...model('lstm', 10, every(10)), ...model('relu', 10, [4, 7])])
    expect(described).toEqual({
      judgement: 'description',
      sentence: 'On aⁿbⁿ a unit counts of relu in 2 of 10 seeds [6, 51] (95 % Wilson intervals in %).',
    })
  })
})

/** What changing unit 1 does in each seed; 9 other units were changed alike. */
function changed(
  seeds: number,
  changes: Partial<InterventionRow> = {},
  moves: Partial<InterventionRow> = {},
): InterventionRow[] {
  return every(seeds).flatMap((seed) => {
    const base = {
      model: 'lstm', seed, language: 'a^n b^n', cell: 'lstm' as const, trainedTo: 100, unit: '0.cell.1', counter: true,
      intactHorizon: 412, n: 1000, comparable: 9,
    }
    return [
      ...(['removed', 'frozen'] as const).map((change): InterventionRow => ({
        ...base, change, shift: null, horizon: 0, expectedOff: null, meanOff: null, share: null, comparableLow: 7,
        comparableHigh: 412, ...changes,
      })),
      {
        ...base, change: 'shifted', shift: 5, horizon: null, expectedOff: 5, meanOff: 4.96, share: 0.97,
        comparableLow: -0.2, comparableHigh: 0.3, ...moves,
      },
    ]
  })
}

describe('changing the counter', () => {
  const rows = model('lstm', 10, every(10))

  it('that takes the end of the word along, seed after seed, shows that its count is used', () => {
    expect(judgeUse(rows, changed(10))).toEqual([
      {
        judgement: 'found',
        sentence:
          'The model uses the counter of lstm on aⁿbⁿ: moved by some symbols it takes the end of the word along, ' +
          'farther than any unit that does not count, in 10 of 10 seeds. In seed 1, 0.cell.1: removed, the ' +
          'horizon goes from 412 to 0 (9 others: 7 to 412); frozen, the horizon goes from 412 to 0 (9 others: 7 to ' +
          '412); shifted by +5, the word ends +5.0 symbols off, exactly as expected at 97 % of the lengths (9 ' +
          'others: −0.2 to 0.3) (binomial test against one in 10 units, p < 0.001, smallest possible p < 0.001).',
      },
    ])
  })

  it('that moves the end no farther than others do, or the other way, shows nothing', () => {
    for (const moves of [{ meanOff: 0.2 }, { meanOff: -4 }, { comparableHigh: 5 }]) {
      const [{ judgement, sentence }] = judgeUse(rows, changed(10, {}, moves))
      expect(judgement).toBe('not found')
      expect(sentence).toContain('It was not shown that the model uses the counter of lstm on aⁿbⁿ; moved by some')
      expect(sentence).toContain('in 0 of 10 seeds')
    }
  })

  it('tells horizons at the longest length tested as lower ends', () => {
    const capped = changed(10, { intactHorizon: 200, n: 200, comparableLow: 180, comparableHigh: 200 })
    expect(judgeUse(rows, capped)[0].sentence).toContain(
      'removed, the horizon goes from at least 200 to 0 (9 others: 180 to at least 200)',
    )
  })

  it('in one seed cannot tell: one unit in ten goes farthest by luck', () => {
    const [{ judgement, sentence }] = judgeUse(model('lstm', 1, [1]), changed(1))
    expect(judgement).toBe('cannot tell')
    expect(sentence).toMatch(/^1 seed cannot tell whether the model uses .* smallest possible p = 0\.100\)\.$/)
  })

  it('without other units to compare is described', () => {
    const none = { comparable: 0, comparableLow: null, comparableHigh: null }
    const [{ judgement, sentence }] = judgeUse(rows, changed(10, none, none))
    expect(judgement).toBe('description')
    expect(sentence).toContain('(no other unit was moved).')
  })

  it('speaks of the unit that was named, not of another that was changed', () => {
    expect(judgeUse(rows, changed(10).map((each) => ({ ...each, unit: '0.cell.0' })))).toEqual([])
  })
})

describe('steps of the state', () => {
  it('are given at the first symbol, the end of the training lengths and the last', () => {
    const steps = (name: string, sizes: readonly number[]): StepSizeRow[] => [1, 2].flatMap((seed) =>
      [1, 10, 100, 1000].map((step, index) => (
        { model: name, seed, language: 'a^n b^n', cell: CELLS[name], trainedTo: 100, step, size: sizes[index] }
      )),
    )
    const relu = steps('relu', [1, 10, 100]).filter(({ step }) => step <= 100)
    expect(describeSteps([...steps('lstm', [1.2, 1, 1, 1]), ...steps('gru', [0.5, 0.1, 0.004, 0]), ...relu])).toEqual([
      {
        judgement: 'description',
        sentence:
          'On aⁿbⁿ the state moves, at symbols 1, 100 and 1,000 of the first block, by: lstm 1.20 → 1.00 → 1.00; gru ' +
          '0.50 → 0.0040 → 0; relu 1.00 → 100.00 → overflow (medians over 2 seeds).',
      },
    ])
  })
})
