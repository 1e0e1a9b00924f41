import { describe, expect, it } from 'vitest'
import type { GeneralizationResult, GeneralizationRow, RangeRow } from '../../../src/analysis/results.ts'
import { countRanges, judgeDecoders, judgeRanges } from '../../../src/report/verdicts/generalization.ts'

function unit(index: number, range: RangeRow['range'], seed = 1, changes: Partial<RangeRow> = {}): RangeRow {
  const kept = range === 'long' ? 0.97 : 0.2
  return {
    model: 'lstm', seed, site: 'cell', unit: `0.cell.${index}`, range, n: 600, atSubject: 0.98, atLastNoun: kept,
    lastNounLow: kept - 0.02, lastNounHigh: kept + 0.02, atVerb: kept, kept, keptLow: kept - 0.02,
    keptHigh: kept + 0.02, turned: range === 'short' ? 0.95 : 0.1, keptByChance: 0.6, turnedByChance: 0.6, ...changes,
  }
}

function decoder(name: string, tested: number, auc: number, n = 600): GeneralizationRow {
  return {
    model: 'lstm', seed: 1, site: 'cell', decoder: name, units: name === 'number units' ? 3 : 61, trained: 1,
    trainedWord: 'noun', tested, testedWord: ['the', 'noun', 'near', 'the', 'other'][tested], n, auc,
    low: Math.max(0, auc - 0.05), high: Math.min(1, auc + 0.05),
  }
}

const result = (units: readonly RangeRow[], rows: readonly GeneralizationRow[] = []): GeneralizationResult => (
  { analysis: 'generalization', task: 'nounpp', subject: 1, lastNoun: 4, rows, units }
)

describe('ranges of units', () => {
  it('are judged in every seed and counted with an interval', () => {
    const seeds = [1, 2, 3].flatMap((seed) => [unit(0, seed < 3 ? 'long' : 'neither', seed), unit(1, 'short', seed)])
    const [verdict] = judgeRanges(result(seeds), 1)
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain('Of 3 seeds of lstm, single units of cell: found in 2 (67 % [21, 94]; seed 1, 2) and not found in 1 (seed 3).')
    const [counted] = countRanges(result(seeds))
    expect(counted.sentence).toContain('long-range units in 2 of 3 seeds [21, 94], 0 to 1 of them a seed')
    expect(counted.sentence).toContain('short-range units in 3 of 3 seeds [44, 100], 1 of them a seed')
    expect(countRanges(result([unit(0, 'long')]))).toEqual([])
  })

  it('cannot be told where chance reaches as far', () => {
    const [verdict] = judgeRanges(result([unit(0, 'neither', 1, { kept: 0.96, keptByChance: 0.97 })]), 1)
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('with so few words the best of 1 unit keeps 0.97 by chance')
  })
})

describe('the number units beside all others', () => {
  const judge = (number: number, other: number, n = 600) => {
    const rows = [
      decoder('number units', 2, 0.99, n), decoder('number units', 4, number, n),
      decoder('other units', 2, 0.99, n), decoder('other units', 4, other, n), decoder('0.cell.3', 4, number, n),
    ]
    return judgeDecoders(result([], rows), 1)[0]
  }

  it('are found where they alone keep the number, at the noun of the other number', () => {
    expect(judge(0.95, 0.1).judgement).toBe('found')
    expect(judge(0.95, 0.1).sentence).toBe(
      'In this model a decoder of the 3 number units of cell, trained at the subject, has AUC 0.95 [0.90, 1.00] at ' +
      'the noun of the other number and 0.95 [0.90, 1.00] at its worst word; one of the other 61 units has 0.10 ' +
      '[0.05, 0.15] at that noun: the number units keep the subject’s number better than the others (n = 600 incongruent ' +
      'nounpp items of words that trained no decoder, seed 1).',
    )
  })

  it('are not found in a distributed code, nor where they follow the last noun', () => {
    expect(judge(0.7, 0.95)).toMatchObject({ judgement: 'not found' })
    expect(judge(0.7, 0.95).sentence).toContain('the others keep it better')
    expect(judge(0.05, 0.5).sentence).toContain('the number units do not keep the subject’s number')
  })

  it('are not found where they lose the number after that noun', () => {
    const rows = [
      decoder('number units', 3, 0.5), decoder('number units', 4, 0.95), decoder('other units', 3, 0.5),
      decoder('other units', 4, 0.1),
    ]
    expect(judgeDecoders(result([], rows), 1)[0].judgement).toBe('not found')
  })

  it('cannot be told apart where intervals overlap, or from few items', () => {
    expect(judge(0.95, 0.93).judgement).toBe('cannot tell')
    expect(judge(0.95, 0.1, 20).judgement).toBe('cannot tell')
  })
})
