import { describe, expect, test } from 'vitest'
import type { AblationRow, AnalysisResult } from '../../src/analysis/results.ts'
import { applyBar, passesBar, POINTS } from '../../src/report/minimum-bar.ts'
import { judgeBar } from '../../src/report/verdicts/minimum-bar.ts'

const SUBJECT = { model: 'lstm', seed: 1 } as const

function drop(unit: string, condition: string, drop: number, half: 'discovery' | 'confirmation'): AblationRow {
  return {
    ...SUBJECT, unit, set: 'mean', task: condition.length === 1 ? 'simple' : 'nounpp', condition, half, n: 100, intact: 0.95,
    accuracy: 0.95 - drop, drop, dropLow: drop - 0.05, dropHigh: drop + 0.05, bandLow: -0.01, bandHigh: 0.02, comparable: 20,
    marginDrop: drop, marginDropLow: drop - 0.05, marginDropHigh: drop + 0.05, marginBandLow: 0, marginBandHigh: 0,
    p: 0.001, lossChange: null, shrinkage: null, shrinkageLow: null, shrinkageHigh: null,
  }
}

/** Unit 3 passes every point; `changes` replace parts. */
function resultsWith(changes: { readonly sp?: number; readonly p?: number; readonly simple?: number; readonly kept?: number; readonly flips?: number; readonly separation?: number; readonly loss?: number } = {}): AnalysisResult[] {
  const { sp = 0.4, p = 0.001, simple = 0.01, kept = 0.98, flips = 0.5, separation = 0.05, loss = 0.003 } = changes
  const rowsOf = (half: 'discovery' | 'confirmation', own: number) => [
    { ...drop('0.hidden.3', 'SP', own, half), p }, drop('0.hidden.3', 'PS', 0, half), drop('0.hidden.3', 'S', simple, half),
    drop('0.hidden.7', 'SP', 0.01, half), drop('0.hidden.7', 'S', 0, half),
  ]
  const patch = { task: 'nounpp', condition: 'SP', position: 3, word: 'the', n: 100, moved: 0.5, movedLow: 0.4, movedHigh: 0.6, movedBandLow: 0, movedBandHigh: 0, low: 0.4, high: 0.6, bandLow: 0, bandHigh: 0, comparable: 20 }
  return [
    { analysis: 'ablation-sweep', site: '0.hidden', rows: rowsOf('discovery', 0.5), confirmed: rowsOf('confirmation', sp) },
    {
      analysis: 'ablation-kinds', kind: 'number', rows: [], groups: [], sensitivity: [], overSeeds: [],
      losses: [{ ...SUBJECT, unit: '0.hidden.3', n: 3000, change: loss, likeMedian: 0.002, likeDeviation: 0.001, comparable: 20 }],
    },
    {
      analysis: 'generalization', task: 'nounpp', subject: 1, lastNoun: 4, rows: [],
      units: [{
        ...SUBJECT, site: 'cell', unit: '0.cell.3', range: 'long', n: 100, atSubject: 1, atLastNoun: 1, lastNounLow: 1, lastNounHigh: 1,
        atVerb: 1, kept, keptLow: kept, keptHigh: kept, turned: 0, keptByChance: 0.6, turnedByChance: 0.6,
      }],
    },
    {
      analysis: 'verb-weights', forms: [],
      rows: [{ ...SUBJECT, unit: '0.hidden.3', chosen: true, n: 12, difference: -1, low: -1, high: -1, effect: -1, rank: 1, units: 32, separation, bestByChance: 0.8, q: 0.01 }],
    },
    {
      analysis: 'patching', task: 'nounpp', pairs: [{ ...SUBJECT, task: 'nounpp', pairs: 200, right: 200 }], repairs: [], texts: [], writing: [], overSeeds: [],
      rows: [{ ...SUBJECT, ...patch, patched: '0.cell.3', size: 1, flips }, { ...SUBJECT, ...patch, patched: 'all units', size: 32, flips: 1 }],
    },
  ]
}

const failedPoints = (changes: Parameters<typeof resultsWith>[0]) =>
  applyBar(resultsWith(changes))[0].points.filter(({ met }) => met === false).map(({ name }) => name)

describe('the bar of a number unit', () => {
  test('is passed by a unit that meets every point', () => {
    const [result] = applyBar(resultsWith())
    expect(result).toMatchObject({ model: 'lstm', seed: 1, unit: '0.hidden.3', condition: 'SP' })
    expect(result.points.map(({ met }) => met)).toEqual(Array(6).fill(true))
    expect(result.points.map(({ value }) => value)).toEqual(
      ['40.0 points, p = 0.001', '40.0 to 2.0', '1.0 points; 0.0030 of at most 0.0040 nats', 'AUC 0.98', 'AUC 0.05', '50 %'],
    )
    const [verdict] = judgeBar([result], 1)
    expect(verdict).toEqual({ judgement: 'found', sentence: 'In this model a unit passes every point that can be asked of it (seed 1), such as 0.hidden.3 in seed 1 (SP).' })
  })

  test.each([
    [{ sp: 0.08 }, [POINTS[0]]],
    [{ p: 0.06 }, [POINTS[0]]],
    [{ sp: 0.05 }, [POINTS[0], POINTS[1]]],
    [{ simple: 0.06 }, [POINTS[2]]],
    [{ loss: 0.0041 }, [POINTS[2]]],
    [{ kept: 0.9 }, [POINTS[3]]],
    [{ separation: 0.3 }, [POINTS[4]]],
    [{ flips: 0.2 }, [POINTS[5]]],
  ])('fails with %o', (changes, expected) => {
    expect(failedPoints(changes).filter((name) => (expected as readonly string[]).includes(name))).toEqual(expected)
    expect(passesBar(applyBar(resultsWith(changes))[0])).toBe(false)
  })

  test('asks for the drop with zero, too, where that was set; and nothing of few items', () => {
    const withZero = (drop: number) => resultsWith().map((result): AnalysisResult => {
      if (result.analysis !== 'ablation-sweep') return result
      const zero = <R extends AblationRow>(rows: readonly R[], own: number) =>
        rows.flatMap((row) => [row, { ...row, set: 'zero' as const, drop: row.unit === '0.hidden.3' && row.condition === 'SP' ? own : 0, dropLow: own > 0 ? 0.01 : -0.05 }])
      return { ...result, rows: zero(result.rows, 0.4), confirmed: zero(result.confirmed, drop) }
    })
    expect(applyBar(withZero(0.3))[0].points[0]).toMatchObject({ met: true, value: '40.0 points, zero 30.0, p = 0.001' })
    expect(applyBar(withZero(-0.02))[0].points[0]).toMatchObject({ met: false, value: '40.0 points, zero −2.0, p = 0.001' })
    const few = resultsWith().map((result): AnalysisResult => (
      result.analysis === 'patching' ? { ...result, rows: result.rows.map((row) => ({ ...row, n: 27 })) } : result
    ))
    expect(applyBar(few)[0].points[5]).toMatchObject({ met: null, value: '50 % of 27' })
  })

  test('leaves out what cannot be asked of a unit below the top layer', () => {
    const results = resultsWith().filter(({ analysis }) => analysis !== 'verb-weights')
    const [result] = applyBar(results)
    expect(result.points[4]).toMatchObject({ met: null, value: 'not read by it' })
    expect(passesBar(result)).toBe(true)
  })

  test('counts networks in which no chosen unit stood out', () => {
    const quiet = resultsWith().map((result): AnalysisResult => (
      result.analysis === 'ablation-sweep' ? { ...result, rows: result.rows.map((row) => ({ ...row, seed: 2, drop: 0, dropLow: 0 })), confirmed: result.confirmed.map((row) => ({ ...row, seed: 2 })) } : result
    ))
    const both = [...applyBar(resultsWith()), ...applyBar(quiet)]
    expect(both.map(({ unit }) => unit)).toEqual(['0.hidden.3', null])
    const [verdict] = judgeBar(both, 1)
    expect(verdict.judgement).toBe('candidate')
    expect(verdict.sentence).toBe(
      'In this model a unit passes every point that can be asked of it in 1 of 2 seeds [9, 91], such as 0.hidden.3 in seed 1 (SP). What failed: no ' +
      'unit stood out in 1.',
    )
  })
})
