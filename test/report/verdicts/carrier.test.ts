import { describe, expect, it } from 'vitest'
import type { AblationResult, AblationRow, RankingResult, RankingRow } from '../../../src/analysis/results.ts'
import { judgeCarrier } from '../../../src/report/verdicts/carrier.ts'

/** A row of `nounpp PS`, n = 300, that nothing stands out of unless told. */
function row(unit: string, changes: Partial<AblationRow> = {}): AblationRow {
  const drop = changes.drop ?? 0.002
  return {
    model: 'lstm', seed: 1, unit: `0.hidden.${unit}`, set: 'mean', task: 'nounpp', condition: 'PS', half: 'discovery',
    n: 300, intact: 0.86, accuracy: 0.86 - drop, drop, dropLow: drop - 0.03, dropHigh: drop + 0.03,
    marginDrop: drop * 6, marginDropLow: drop * 6 - 0.1, marginDropHigh: drop * 6 + 0.1,
    bandLow: -0.02, bandHigh: 0.02, marginBandLow: -0.1, marginBandHigh: 0.1, comparable: 20, p: drop > 0.05 ? 0.001 : 1, lossChange: null,
    shrinkage: null, shrinkageLow: null, shrinkageHigh: null, ...changes,
  }
}

function ranked(changes: Partial<RankingRow> = {}): RankingResult {
  const base: RankingRow = {
    model: 'lstm', seed: 1, unit: '0.cell.61', site: '0.cell', auc: 0.96, low: 0.93, high: 0.98, n: 600, q: 0.0001,
    aucAtSubject: 1, aucAtAttractor: 0.1, chanceBest: 0.62, confirmedAuc: 0.94, shrinkage: 0.02,
  }
  return { analysis: 'unit-ranking', probe: 'number', rows: [{ ...base, ...changes }] }
}

const noise = [row('1'), row('2', { drop: 0.012 }), row('2', { set: 'zero' }), row('3', { drop: -0.01 })]
const planted = [row('61', { drop: 0.28 }), row('61', { drop: 0.3, set: 'zero' })]
const confirmed = planted.map((each) => ({
  ...each, half: 'confirmation' as const, drop: each.drop - 0.01, shrinkage: 0.01, shrinkageLow: -0.03,
  shrinkageHigh: 0.05,
}))
const elsewhere = row('61', { task: 'simple', condition: 'P', drop: 0.004 })

type Rows = readonly AblationRow[]

function judge(rows: Rows, onOtherItems: Rows = [], rankings: readonly RankingResult[] = []) {
  const result: AblationResult = { analysis: 'ablation-sweep', site: 'hidden', rows, confirmed: onOtherItems }
  return judgeCarrier(result, rankings, 1)
}

describe('a planted unit', () => {
  it('carries number when removal and decoding are confirmed on other items', () => {
    const [verdict] = judge([...noise, ...planted, elsewhere], [...confirmed, { ...elsewhere, drop: 0.012, half: 'confirmation' }], [ranked()])
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toBe(
      'In this model unit 0.hidden.61 carries the subject’s number: on items that did not choose it, setting it to ' +
        'its mean costs 27.0 points [25.0, 31.0] (its 20 comparable units: −2.0 to 2.0) on nounpp PS (plural ' +
        'subjects before a singular noun), setting it to zero costs 29.0 points, and before the verb 0.cell.61 tells ' +
        'singular from plural with AUC 0.94, higher for plural subjects; by chance the best unit reaches 0.62. ' +
        'Elsewhere it costs at most 1.2 points on simple (P). Where it was chosen it costs 28.0 points: shrinkage 1.0 ' +
        'points [−3.0, 5.0] (n = 300 items, intact accuracy 86.0 %, 95 % interval, corrected over ' +
        'the confirmed units and all conditions, p = 0.001, smallest possible p among comparable units 0.048, seed 1).',
    )
  })

  it.each([
    ['there is no ranking', confirmed, [], 'whether it tells the number before the verb was not measured'],
    ['no other items confirmed it', [], [ranked()], 'other items did not confirm it yet'],
    ['its AUC is no better than luck', confirmed, [ranked({ confirmedAuc: 0.58 })], 'does not tell the number'],
    ['its AUC was not confirmed', confirmed, [ranked({ confirmedAuc: null })], 'was not confirmed'],
    ['its AUC changes sides', confirmed, [ranked({ confirmedAuc: 0.04 })], 'does not tell the number'],
    ['few items confirm it', confirmed.map((each) => ({ ...each, n: 30 })), [ranked()], 'only 30 other items'],
  ] as const)('is a candidate when %s', (_, others, rankings, reason) => {
    const [verdict] = judge([...noise, ...planted], others, rankings)
    expect(verdict.judgement).toBe('candidate')
    expect(verdict.sentence).toContain('It is no more than a candidate because')
    expect(verdict.sentence).toContain(reason)
  })

  it('is a candidate when its drop does not stand a correction over all units, or on other items over those confirmed', () => {
    const unsure = (rows: readonly AblationRow[]) => rows.map((each) => ({ ...each, p: 0.08 }))
    const [chosen] = judge([...noise, ...unsure(planted)], confirmed, [ranked()])
    expect(chosen.judgement).toBe('candidate')
    expect(chosen.sentence).toContain('because where it was chosen, corrected over all units and conditions, p = 0.080 (')
    const [other] = judge([...noise, ...planted], unsure(confirmed), [ranked()])
    expect(other.judgement).toBe('candidate')
    expect(other.sentence).toContain('because on other items, corrected over the confirmed units and all conditions, p = 0.080 (')
  })

  it('is a candidate when only the mean moves it: zero stays within the band', () => {
    const [verdict] = judge([...noise, planted[0], row('61', { set: 'zero', drop: 0.01 })], confirmed, [ranked()])
    expect(verdict.judgement).toBe('candidate')
    expect(verdict.sentence).toContain('set to zero it costs 1.0 points')
  })

  it('is given up when other items do not show it', () => {
    const vanished = planted.map((each) => row('61', { drop: 0.01, set: each.set }))
    const [verdict] = judge([...noise, ...planted], vanished, [ranked()])
    expect(verdict.judgement).toBe('not found')
    expect(verdict.sentence).toContain('no unit was shown to carry number')
  })

  it('is a candidate when only items without a second noun show it', () => {
    const simple = (rows: readonly AblationRow[]) => rows.map((each) => ({ ...each, task: 'simple', condition: 'P' }))
    const [verdict] = judge(simple([...noise, ...planted]), simple(confirmed), [ranked()])
    expect(verdict.judgement).toBe('candidate')
    expect(verdict.sentence).toContain('it was not shown where the nouns disagree')
  })

  it('is found behind a unit that costs more and does not tell the number, and says how many were on top', () => {
    const bold = [row('9', { drop: 0.4 }), row('9', { drop: 0.4, set: 'zero' })]
    const boldConfirmed = bold.map((each) => ({ ...each, half: 'confirmation' as const }))
    const ranking = ranked()
    const turned = { ...ranking.rows[0], unit: '0.cell.9', aucAtSubject: 0.1 }
    const both = [{ ...ranking, rows: [...ranking.rows, turned] }]
    const [verdict] = judge([...bold, ...planted], [...boldConfirmed, ...confirmed], both)
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain('unit 0.hidden.61 carries the subject’s number')
    expect(verdict.sentence).toContain('. Of the 2 units on top it alone passes all these tests (n = 300 items')
    const [alone] = judge([...bold, ...planted], boldConfirmed, both)
    expect(alone.judgement).toBe('candidate')
    expect(alone.sentence).toContain('unit 0.hidden.9 is a candidate')
    expect(alone.sentence).toContain('AUC 0.94, higher for plural subjects, on the other side than at the subject')
  })

  it('is a candidate when it costs much in one condition, and no unit anything in pairs, as where all choices shift one way', () => {
    const pair = (unit: string, set: 'mean' | 'zero' = 'mean') => row(unit, { condition: 'SP and PP', drop: 0, dropLow: 0, dropHigh: 0, bandLow: 0, bandHigh: 0, intact: 1, p: 1, set })
    const rows = [...planted, ...noise, ...['1', '61'].flatMap((unit) => [pair(unit), pair(unit, 'zero')])]
    const [verdict] = judge(rows, confirmed, [ranked()])
    expect(verdict.judgement).toBe('candidate')
    expect(verdict.sentence).toContain('unit 0.hidden.61 is a candidate for carrying number: set to its mean it costs 28.0 points')
    expect(verdict.sentence).toContain('and 27.0 points [25.0, 31.0] (its 20 comparable units: −2.0 to 2.0) on items that did not choose it')
    expect(verdict.sentence).toContain('where a shift of every choice towards one number cancels, no unit costs more than units like it: at most 0.0 points, intact 100.0 %')
    const unsure = rows.map((each) => ({ ...each, p: 0.2 }))
    expect(judge(unsure, confirmed, [ranked()])[0].judgement).toBe('not found')
  })

  it('is found by pairs that differ in the subject alone, where a shift to one form cancels', () => {
    const pairs = (rows: readonly AblationRow[]) => rows.map((each) => ({ ...each, condition: 'SP and PP' }))
    const [verdict] = judge(pairs([...noise, ...planted]), pairs(confirmed), [ranked()])
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain('nounpp SP and PP (pairs that differ in the subject alone, before a plural noun)')
    const simple = (rows: readonly AblationRow[]) => rows.map((each) => ({ ...each, condition: 'S and P' }))
    expect(judge(simple([...noise, ...planted]), simple(confirmed), [ranked()])[0].judgement).toBe('candidate')
  })

  it('is preferred to a unit that costs more where the nouns agree', () => {
    const simple = row('9', { task: 'simple', condition: 'S', drop: 0.45 })
    expect(judge([simple, ...planted])[0].sentence).toContain('unit 0.hidden.61 is a candidate')
  })

  it('is preferred to a unit that costs more but no more than its like', () => {
    const bold = row('9', { drop: 0.4, bandHigh: 0.5 })
    expect(judge([bold, ...planted])[0].sentence).toContain('unit 0.hidden.61 is a candidate')
  })
})

describe('noise', () => {
  it('is called noise: no single unit matters', () => {
    const [verdict] = judge(noise)
    expect(verdict.judgement).toBe('not found')
    expect(verdict.sentence).toMatch(/^In this model no single unit matters: the largest drop, of 0\.hidden\.2 /)
    expect(verdict.sentence).toContain('; units like it cost as much (n = 300 items')
  })

  it('is undecided where the drop leaves the band but its interval includes none', () => {
    const [verdict] = judge([...noise, row('5', { drop: 0.025, dropLow: -0.01 })])
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('its interval includes no change')
  })
})

describe('too little data', () => {
  it('claims nothing from fewer than 50 items', () => {
    const [verdict] = judge([...noise, ...planted].map((each) => ({ ...each, n: 40 })))
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('no condition has more than 40 items')
  })

  it('claims nothing from so few comparable units that p cannot be small', () => {
    const [verdict] = judge([...noise, ...planted].map((each) => ({ ...each, comparable: 9 })))
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('p cannot fall below 0.100')
  })

  it('claims nothing where the intact model has nothing to lose', () => {
    const [verdict] = judge([...noise, ...planted].map((each) => ({ ...each, intact: 0.3 })))
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('nothing to lose')
  })
})

describe('several seeds', () => {
  const inSeed = (seed: number, rows: readonly AblationRow[]) => rows.map((each) => ({ ...each, seed }))

  it('are counted, and the majority decides', () => {
    const [verdict] = judge([...inSeed(1, noise), ...inSeed(2, noise), ...inSeed(3, planted)])
    expect(verdict.judgement).toBe('not found')
    expect(verdict.sentence).toContain('Of 3 seeds of lstm, single units of hidden: found in none (0 % [0, 56]), a candidate in 1 (seed 3) and not found in 2 (seed 1, 2).')
    expect(verdict.sentence).toContain('In seed 1 no single unit matters')
  })

  it('without a majority cannot tell', () => {
    expect(judge([...inSeed(1, noise), ...inSeed(2, planted)])[0].judgement).toBe('cannot tell')
  })
})
