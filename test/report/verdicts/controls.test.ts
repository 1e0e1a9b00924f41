import { describe, expect, it } from 'vitest'
import type { CounterRow, HorizonRow } from '../../../src/analysis/results.ts'
import { judgeControls } from '../../../src/report/verdicts/controls.ts'

function horizon(cell: 'lstm' | 'gru', reached: number, changes: Partial<HorizonRow> = {}): HorizonRow {
  return {
    model: `${cell} by hand`, seed: 1, language: 'a^n b^n', cell, trainedTo: 100, parameters: 602, units: 10,
    trained: false, converged: true, horizon: reached, tested: 10_000, ngramHorizon: 4, untrainedHorizon: 0,
    validationLoss: 4.7, bestLoss: 4.6, ...changes,
  }
}

/** Two units, the first of which was set to count. */
function units(named: readonly boolean[]): CounterRow[] {
  return named.flatMap((counter, unit) => ['a', 'b'].map((block) => ({
    model: 'lstm by hand', seed: 1, language: 'a^n b^n', cell: 'lstm' as const, trainedTo: 100, unit: `0.cell.${unit}`,
    block, slope: 1, r2: 1, slopeOutside: 1, r2Outside: 1, gates: {}, counter, planted: unit === 0,
  })))
}

describe('networks set by hand', () => {
  it('pass where they count as far as they must and the finder names what was planted', () => {
    const controls = [horizon('lstm', 12_345, { tested: 20_000 }), horizon('gru', 10_000)]
    expect(judgeControls(controls, units([true, false]))).toEqual([
      {
        judgement: 'found',
        sentence:
          'Positive controls, whose weights were set by hand, passed: lstm by hand counts to 12,345 on aⁿbⁿ, gru by ' +
          'hand counts to at least 10,000 on aⁿbⁿ; the finder names exactly the units that were planted.',
      },
    ])
  })

  it.each(['lstm', 'gru'] as const)('fail where the %s stops short of 10,000, or of what was tested', (cell) => {
    expect(judgeControls([horizon(cell, 9000)], [])[0]).toEqual({
      judgement: 'not found',
      sentence: `A positive control failed: ${cell} by hand counts to 9,000 on aⁿbⁿ, not to 10,000.`,
    })
    expect(judgeControls([horizon(cell, 12_000, { tested: 20_000 })], [])[0].judgement).toBe('found')
    expect(judgeControls([horizon(cell, 900, { tested: 1000 })], [])[0].judgement).toBe('not found')
  })

  it.each([
    ['misses it', [false, false], 'the finder names no unit where 0.cell.0 was planted'],
    ['names another too', [true, true], 'the finder names 0.cell.0 and 0.cell.1 where 0.cell.0 was planted'],
  ])('fail where the finder %s', (_, named, text) => {
    const [{ judgement, sentence }] = judgeControls([horizon('lstm', 10_000)], units(named))
    expect(judgement).toBe('not found')
    expect(sentence).toContain(text)
  })

  it('are not spoken of where there are none', () => {
    expect(judgeControls([horizon('lstm', 10_000, { trained: true })], [])).toEqual([])
  })
})
