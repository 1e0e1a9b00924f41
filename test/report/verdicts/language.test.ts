import { describe, expect, it } from 'vitest'
import type { PerplexityRow, TrainingRow } from '../../../src/analysis/results.ts'
import { exp, log } from '../../../src/core/math.ts'
import { judgePerplexity, judgeTraining, judgeTrainings } from '../../../src/report/verdicts/language.ts'

function perplexity(value: number, changes: Partial<PerplexityRow> = {}): PerplexityRow {
  const loss = log(value)
  return {
    model: 'lstm', seed: 1, split: 'test', tokens: 200_000, documents: 100,
    loss, lossLow: loss - 0.02, lossHigh: loss + 0.02,
    perplexity: value, unigramPerplexity: 600, ngramPerplexity: 120, ngramOrder: 5, bitsPerCharacter: null, ...changes,
  }
}

describe('perplexity', () => {
  it('better than the n-gram model is found, with its interval', () => {
    expect(judgePerplexity([perplexity(90)], 'In this model')).toEqual({
      judgement: 'found',
      sentence:
        `In this model perplexity on the test text is 90.0 [${(90 * exp(-0.02)).toFixed(1)}, ` +
        `${(90 * exp(0.02)).toFixed(1)}], 25 % below the 120.0 of the 5-gram model; the unigram model has 600.0 (n = ` +
        '200,000 tokens of 100 documents, 95 % interval by bootstrap over documents, seed 1).',
    })
  })

  it('of characters is said in bits', () => {
    const bits = { bitsPerCharacter: 2, ngramPerplexity: 2 ** 2.5, ngramOrder: 20, unigramPerplexity: 2 ** 4.5 }
    const { judgement, sentence } = judgePerplexity([perplexity(4, bits)], 'In this model')
    expect(judgement).toBe('found')
    // ± 0.02 nats are 0.03 bits
    expect(sentence).toContain(
      'In this model the loss on the test text is 2.00 [1.97, 2.03] bits per character, 20 % below the 2.50 of the ' +
        '20-gram model; the unigram model has 4.50 (n = ',
    )
  })

  it('worse than counting is said so', () => {
    const { judgement, sentence } = judgePerplexity([perplexity(150)], 'In this model')
    expect(judgement).toBe('not found')
    expect(sentence).toContain('25 % above the 120.0 of the 5-gram model, which only counts')
  })

  it('whose interval includes the n-gram model, or of few documents, cannot tell', () => {
    expect(judgePerplexity([perplexity(119)], 'In this model').judgement).toBe('cannot tell')
    expect(judgePerplexity([perplexity(60, { documents: 3 })], 'In this model').judgement).toBe('cannot tell')
  })

  it('is judged on the test text where there is one', () => {
    const rows = [perplexity(80, { split: 'validation' }), perplexity(150)]
    expect(judgePerplexity(rows, 'In this model').sentence).toContain('on the test text is 150.0')
  })
})

function training(losses: readonly number[]): TrainingRow[] {
  return losses.map((validationLoss, index) => ({
    model: 'lstm', seed: 1, update: 100 * (index + 1), epoch: index + 1, trainingLoss: validationLoss, validationLoss,
    heldOut: true, unigramLoss: 6, learningRate: 0.002, gradientNorm: 1, largestGradientNorm: 2, entry: 'lstm', data: 1, clip: 1,
  }))
}

describe('training', () => {
  it('that works describes its best point', () => {
    expect(judgeTraining(training([5, 4.5, 4.4]), 'In this model').sentence).toBe(
      'In this model validation loss reached 4.40 nats per token at epoch 3.0; the unigram model has 6.00 (300 ' +
        'updates, 3.0 epochs, seed 1).',
    )
  })

  it('that overfits says so', () => {
    const { sentence } = judgeTraining(training([5, 4.4, 4.7]), 'In this model')
    expect(sentence).toContain('rose again to 4.70: it overfits')
  })

  it('that learns nothing is not found', () => {
    const { judgement, sentence } = judgeTraining(training([6.2, 6.1]), 'In this model')
    expect(judgement).toBe('not found')
    expect(sentence).toContain('learned nothing')
  })

  it('of many models is counted, and those that learned nothing are named', () => {
    const of = (model: string, losses: number[]) => training(losses).map((row) => ({ ...row, model }))
    const good = [...of('a', [5, 4.5]), ...of('b', [5, 4.4])]
    expect(judgeTrainings(good)).toEqual({
      judgement: 'description', sentence: 'Each of the 2 trainings went below the loss of the unigram model.',
    })
    expect(judgeTrainings([...good, ...of('c', [6.2, 6.1])])).toEqual({
      judgement: 'not found',
      sentence: '1 of the 3 trainings learned nothing beyond how common each token is: c, seed 1.',
    })
  })
})
