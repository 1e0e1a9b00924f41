import { describe, expect, it } from 'vitest'
import type { CountingCell, CountingResult, HorizonComparison, HorizonRow } from '../../../src/analysis/results.ts'
import { judgeCounting } from '../../../src/report/verdicts/counting.ts'
import { describeCounting } from '../../../src/report/verdicts/horizon-text.ts'

const CELLS: Readonly<Record<string, CountingCell>> = { lstm: 'lstm', gru: 'gru', rnn: 'tanh rnn', relu: 'relu rnn' }

/** One row a horizon, seeds from 1; below the training lengths a run has not converged. */
function seeds(model: string, horizons: readonly number[], changes: Partial<HorizonRow> = {}): HorizonRow[] {
  return horizons.map((horizon, index) => ({
    model, seed: index + 1, language: 'a^n b^n', cell: CELLS[model.split('-')[0]], trainedTo: 100, parameters: 602,
    units: 10, trained: true, converged: horizon >= 100, horizon, tested: 1000, ngramHorizon: 4, untrainedHorizon: 0,
    validationLoss: 4.62, bestLoss: 4.61, ...changes,
  }))
}

function comparison(other: string, p: number, changes: Partial<HorizonComparison> = {}): HorizonComparison {
  return {
    language: 'a^n b^n', model: 'lstm', other, seeds: 10, wins: 10, losses: 0, ties: 0, medianDifference: 300, p,
    smallestP: 1 / 512, ...changes,
  }
}

function counted(rows: readonly HorizonRow[], comparisons: readonly HorizonComparison[] = []): CountingResult {
  return { analysis: 'counting', rows, rules: [], acceptance: [], comparisons }
}

const judge = (...given: Parameters<typeof counted>) => judgeCounting([counted(...given)])

const FAR = [300, 260, 700, 1000, 412, 150, 280, 1000, 510, 256]
const NEAR = [60, 39, 100, 71, 12, 100, 55, 64, 90, 20]
const NEARER = [9, 5, 12, 30, 7, 8, 11, 14, 6, 10]

describe('a planted difference', () => {
  it('is found: beyond the training lengths, and farther than every bounded network', () => {
    const rows = [...seeds('lstm', FAR), ...seeds('gru', NEAR), ...seeds('rnn', NEARER)]
    expect(judge(rows, [comparison('gru', 0.002), comparison('rnn', 0.002)])).toEqual([
      {
        judgement: 'found',
        sentence:
          'On aⁿbⁿ, trained to n = 100, lstm counts beyond its training lengths, in 10 of 10 seeds [72, 100], and ' +
          'farther than gru and rnn, whose state is bounded. Over seeds lstm reaches 256 in 9 of 10 seeds [60, 98] ' +
          'and 1,000 in 2 of 10 seeds [6, 51] (median 356); gru reaches 256 in 0 of 10 seeds [0, 28] (median 62), ' +
          'lstm is ahead in 10 of 10, p = 0.002; rnn reaches 256 in 0 of 10 seeds [0, 28] (median 10), lstm is ahead ' +
          'in 10 of 10, p = 0.002. Runs that did not converge are counted: 8 of 10 of gru and 10 of 10 of rnn (n = ' +
          '10 seeds a model, 95 % Wilson intervals in %, exact Wilcoxon signed-rank test of horizons paired by seed, ' +
          'smallest possible p = 0.002).',
      },
    ])
  })

  it('counts runs that did not converge: they are seeds like any other', () => {
    const rows = [...seeds('lstm', [...FAR.slice(0, 9), 3]), ...seeds('gru', NEAR)]
    const [{ judgement, sentence }] = judge(rows, [comparison('gru', 0.01, { wins: 9, losses: 1 })])
    expect(judgement).toBe('found')
    expect(sentence).toContain('in 9 of 10 seeds [60, 98], and farther')
    expect(sentence).toContain('Runs that did not converge are counted: 1 of 10 of lstm and 8 of 10 of gru (n')
  })

  it('is found whichever of the two models the comparison names first', () => {
    const turned = comparison('lstm', 0.002, { model: 'gru', wins: 0, losses: 10 })
    const [{ judgement, sentence }] = judge([...seeds('lstm', FAR), ...seeds('gru', NEAR)], [turned])
    expect(judgement).toBe('found')
    expect(sentence).toContain('lstm is ahead in 10 of 10, p = 0.002')
  })

  it('of many rivals speaks of the one that comes nearest, and of the largest p', () => {
    const rows = [...seeds('lstm', FAR), ...seeds('gru', NEAR), ...seeds('rnn', NEARER), ...seeds('gru-2', NEARER)]
    const [{ sentence }] = judge(rows, [comparison('gru', 0.004), comparison('rnn', 0.002), comparison('gru-2', 0.02)])
    expect(sentence).toContain('the nearest of 3 with a bounded state, gru, reaches 256 in 0 of 10 seeds [0, 28]')
    expect(sentence).toContain('of all 3 the largest p = 0.020.')
  })

  it('names horizons at the longest length tested as lower ends', () => {
    const rows = [...seeds('lstm', FAR.map(() => 1000)), ...seeds('gru', NEAR)]
    const [{ sentence }] = judge(rows, [comparison('gru', 0.002)])
    expect(sentence).toContain('(median at least 1,000)')
  })

  it('claims no more than the lengths that were tested allow', () => {
    const short = seeds('lstm', FAR.map(() => 300), { tested: 300 })
    const [{ sentence }] = judge([...short, ...seeds('gru', NEAR, { tested: 300 })], [comparison('gru', 0.002)])
    expect(sentence).toContain('reaches 256 in 10 of 10 seeds [72, 100] (median at least 300)')
    expect(sentence).not.toContain('1,000')
  })

  it('is half of the claim where seeds that go beyond may not be most', () => {
    const rows = [...seeds('lstm', [...FAR.slice(0, 7), 90, 80, 70]), ...seeds('gru', NEARER)]
    const [{ judgement, sentence }] = judge(rows, [comparison('gru', 0.002)])
    expect(judgement).toBe('candidate')
    expect(sentence).toContain('but whether it counts beyond its training lengths cannot be told: it does in 7 of 10')
  })

  it('is not enough where the LSTM stays within its training lengths', () => {
    const rows = [...seeds('lstm', NEAR), ...seeds('rnn', NEARER)]
    const [{ judgement, sentence }] = judge(rows, [comparison('rnn', 0.002)])
    expect(judgement).toBe('not found')
    expect(sentence).toContain('counts farther than rnn, whose state is bounded, but it does not count beyond')
  })

  it('is half of the claim where one rival of two is not beaten', () => {
    const rows = [...seeds('lstm', FAR), ...seeds('gru', NEAR), ...seeds('rnn', NEARER)]
    const comparisons = [comparison('gru', 0.2, { wins: 6, losses: 4 }), comparison('rnn', 0.002)]
    const [{ judgement, sentence }] = judge(rows, comparisons)
    expect(judgement).toBe('candidate')
    expect(sentence).toContain('lstm counts farther than rnn and was not shown to count farther than gru.')
  })
})

describe('no difference', () => {
  it('is not found, with its p', () => {
    const rows = [...seeds('lstm', NEAR), ...seeds('gru', NEAR)]
    const [{ judgement, sentence }] = judge(rows, [comparison('gru', 0.7, { wins: 5, losses: 5 })])
    expect(judgement).toBe('not found')
    expect(sentence).toContain('lstm was not shown to count farther than gru')
    expect(sentence).toContain('lstm is ahead in 5 of 10, p = 0.700')
  })

  it('the other way round is said so', () => {
    const rows = [...seeds('lstm', NEARER), ...seeds('gru', NEAR)]
    const [{ judgement, sentence }] = judge(rows, [comparison('gru', 0.002, { wins: 0, losses: 10 })])
    expect(judgement).toBe('not found')
    expect(sentence).toContain('lstm counts less far than gru.')
  })
})

describe('too few seeds', () => {
  it('cannot tell, and say how small p could have been', () => {
    const rows = [...seeds('lstm', [300, 400, 500]), ...seeds('gru', [10, 20, 30])]
    const [{ judgement, sentence }] = judge(rows, [comparison('gru', 0.25, { seeds: 3, wins: 3, smallestP: 0.25 })])
    expect(judgement).toBe('cannot tell')
    expect(sentence).toContain(
      '3 seeds of each model cannot tell whether lstm counts farther than gru: p cannot fall below 0.250',
    )
  })

  it('one alone claims nothing beyond these models', () => {
    const rows = [...seeds('lstm', [412]), ...seeds('gru', [61])]
    expect(judge(rows, [comparison('gru', 1, { seeds: 1, wins: 1, smallestP: 1 })])).toEqual([
      {
        judgement: 'cannot tell',
        sentence:
          'On aⁿbⁿ, trained to n = 100, in these models the horizon is 412 (lstm) and 61 (gru); one seed decides ' +
          'nothing about others, p cannot fall below 1. Runs that did not converge are counted: gru (seed 1).',
      },
    ])
    expect(judge(seeds('lstm', [412]))[0].sentence).toContain('in this model the horizon is 412 (lstm)')
  })
})

describe('an LSTM without rivals', () => {
  it('is judged by its training lengths alone', () => {
    const [{ judgement, sentence }] = judge(seeds('lstm', FAR))
    expect(judgement).toBe('found')
    expect(sentence).toContain('lstm counts beyond its training lengths, in 10 of 10 seeds')
    expect(judge(seeds('lstm', NEARER))[0].judgement).toBe('not found')
    expect(judge(seeds('lstm', [300, 90, 500, 60]))[0].judgement).toBe('cannot tell')
  })
})

describe('languages', () => {
  it('are judged one by one, each at the length that the paper reports', () => {
    const other = { language: 'a^n b^n c^n', trainedTo: 50 }
    const rows = [
      ...seeds('lstm', FAR), ...seeds('gru', NEAR), ...seeds('lstm', NEARER, other), ...seeds('gru', NEARER, other),
    ]
    const alike = comparison('gru', 0.9, { language: 'a^n b^n c^n', wins: 5, losses: 5 })
    const comparisons = [comparison('gru', 0.002), alike]
    const verdicts = judge(rows, comparisons)
    expect(verdicts.map(({ judgement }) => judgement)).toEqual(['found', 'not found'])
    expect(verdicts[1].sentence).toMatch(/^On aⁿbⁿcⁿ, trained to n = 50, .*gru reaches 100 in 0 of 10 seeds/)
  })
})

describe('networks set by hand', () => {
  it('are no seeds of the claim', () => {
    const byHand = seeds('lstm-by-hand', [1000], { trained: false })
    expect(judge([...seeds('lstm', FAR), ...byHand])).toEqual(judge(seeds('lstm', FAR)))
    expect(judge(byHand)).toEqual([])
  })
})

describe('beside the claim', () => {
  const describeAll = (...given: Parameters<typeof counted>) => describeCounting([counted(...given)])

  it('stand the baselines and the paper as remembered', () => {
    const rows = [...seeds('lstm', FAR), ...seeds('gru', NEAR, { untrainedHorizon: 1 })]
    expect(describeAll(rows)).toEqual([
      {
        judgement: 'description',
        sentence:
          'On aⁿbⁿ untrained networks get to 1 at most, a 5-gram model to 4. In Weiss et al. (2018), from memory and ' +
          'by the threshold rule, its one LSTM was right to 256 and its one GRU was wrong from 39.',
      },
    ])
  })

  it('says nothing of the paper on a language that it does not have', () => {
    const [{ sentence }] = describeAll(seeds('lstm', FAR, { language: 'x^n y^n z^n' }))
    expect(sentence).toBe('On xⁿyⁿzⁿ untrained networks get to 0 at most, a 5-gram model to 4.')
  })

  it('stand ReLU networks, which are not bounded either', () => {
    const rows = [...seeds('lstm', FAR), ...seeds('relu', NEAR)]
    expect(describeAll(rows, [comparison('relu', 0.03)])[1].sentence).toBe(
      'A ReLU network’s state is not bounded either: on aⁿbⁿ relu reaches 256 in 0 of 10 seeds [0, 28] (median ' +
        '62), lstm is ahead in 10 of 10, p = 0.030. Runs that did not converge are counted: 8 of 10 of relu (n = 10 ' +
        'seeds, 95 % Wilson intervals in %).',
    )
  })

  it('stand the horizons themselves where there is no LSTM', () => {
    expect(judge(seeds('gru', NEAR))).toEqual([])
    expect(describeAll(seeds('gru', NEAR))[0].sentence).toMatch(
      /^On aⁿbⁿ, trained to n = 100, gru reaches 256 in 0 of 10 seeds \[0, 28\] and 1,000 in 0 of .* 8 of 10 of gru\.$/,
    )
  })
})
