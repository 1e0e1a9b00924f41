import { describe, expect, test } from 'vitest'
import { compareEffects, pooledEffects } from '../../../src/analysis/gradients/pooled-effects.ts'
import type { LagCurvesResult, TokenEffectRow, TrainingRow } from '../../../src/analysis/results.ts'
import { judgeClipping } from '../../../src/report/verdicts/clipping.ts'
import { judgeEffects } from '../../../src/report/verdicts/gradients.ts'

const networks = [{ name: 'gru', cell: 'gru' }, { name: 'rnn', cell: 'rnn' }] as const

/** What another token 50 steps back does in each seed. */
function resultOf(gru: readonly number[], rnn: readonly number[]): LagCurvesResult {
  const rowsOf = (model: string, changes: readonly number[]) => changes.map((change, index): TokenEffectRow => (
    { model, seed: index + 1, moment: 'trained', lag: 50, places: 200, change, low: null, high: null }
  ))
  const effects = [...rowsOf('gru', gru), ...rowsOf('rnn', rnn)]
  return {
    analysis: 'lag-curves', rows: [], pooled: [], effects, pooledEffects: pooledEffects(effects),
    comparisons: compareEffects(effects, networks),
  }
}

describe('that a network with gates depends on what others have forgotten', () => {
  test('is found where it does in every seed', () => {
    const [verdict] = judgeEffects(resultOf([0.4, 0.5, 0.6], [0.001, 0.002, 0.0015]))
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toMatch(
      /^gru still depends on what simple networks have forgotten: after training, another token 50 steps back moves the loss of gru by 0\.49 nats \[0\.3, 0\.82\], that of rnn by 0\.0014 nats/,
    )
    expect(verdict.sentence).toContain('(n = 200 tokens, 3 seeds paired;')
    expect(judgeEffects(resultOf([0.4, 0.4, 0.4], [0, 1e-9, 1e-8]))[0].sentence).toContain(
      'that of rnn by at most 1·10⁻⁷ nats, which is rounding: at least 4·10⁶ times as much',
    )
  })

  test('is not found where neither does, or where it does less', () => {
    expect(judgeEffects(resultOf([1e-7, 1e-7, 2e-7], [0, 0, 0]))[0].judgement).toBe('not found')
    const [less] = judgeEffects(resultOf([0.001, 0.002, 0.0015], [0.4, 0.5, 0.6]))
    expect(less.judgement).toBe('not found')
    expect(less.sentence).toMatch(/^gru depends less on tokens so far back/)
  })

  test('cannot be told from one seed, nor where seeds disagree', () => {
    expect(judgeEffects(resultOf([0.5], [0.001]))[0].judgement).toBe('cannot tell')
    expect(judgeEffects(resultOf([0.5, 1e-6, 0.4], [0.001, 0.3, 1e-7]))[0].judgement).toBe('cannot tell')
    // below what matters in the mean, but one seed may matter
    expect(judgeEffects(resultOf([1e-7, 1e-7, 0.02], [1e-7, 1e-7, 1e-7]))[0].judgement).toBe('cannot tell')
  })
})

describe('clipping', () => {
  const rows = (clip: number | null, losses: readonly number[]) => losses.map((validationLoss, index): TrainingRow => ({
    model: clip === null ? 'rnn-free' : 'rnn-clipped', entry: 'rnn', data: 1, seed: index + 1, clip, validationLoss,
    update: 100, epoch: 1, trainingLoss: 1, heldOut: true, unigramLoss: 3, learningRate: 0.01, gradientNorm: 2,
    largestGradientNorm: 150,
  }))
  const judge = (clipped: readonly number[], free: readonly number[]) =>
    judgeClipping([...rows(1, clipped), ...rows(null, free)])[0]

  test('is judged by the same network on the same data without it', () => {
    expect(judge([1, 1.1, 0.9], [2, 2.1, 2])).toMatchObject({ judgement: 'found' })
    expect(judge([1, 1.1, 0.9], [2, 2.1, 2]).sentence).toBe(
      'Clipping helps: rnn-clipped, clipped at 1, ends at 1.000 nats per token, rnn-free at 2.033, a difference of ' +
      '−1.033 [−1.177, −0.890] (n = 3 seeds, paired, 95 % interval by Student’s t; without clipping the largest norm is ' +
      '150).',
    )
    expect(judge([2, 2.1, 2], [1, 1.1, 0.9]).sentence).toMatch(/^Clipping harms/)
    expect(judge([1, 2, 3], [1.001, 2, 2.999]).sentence).toMatch(/^Clipping changes nothing/)
    expect(judge([1, 2, 3], [3, 2, 1])).toMatchObject({ judgement: 'cannot tell' })
    expect(judge([1], [2])).toMatchObject({ judgement: 'cannot tell' })
    expect(judgeClipping(rows(1, [1, 2, 3]))).toEqual([])
  })
})
