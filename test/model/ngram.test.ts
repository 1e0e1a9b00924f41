import { describe, expect, it } from 'vitest'
import { Random } from '../../src/core/random.ts'
import { trainNgram, trainUnigram, type CountModel } from '../../src/model/ngram.ts'
import { estimateDiscounts, FALLBACK } from '../../src/model/ngram/discounts.ts'
import { naiveKneserNey } from './naive-kneser-ney.ts'

const END = 0

/** Sentences of a random language in which some words like to follow others; each ends with END. */
function randomText(sentences: number, vocabulary: number): { tokens: Int32Array; starts: number[] } {
  const random = new Random('text')
  const tokens: number[] = []
  const starts: number[] = []
  for (let sentence = 0; sentence < sentences; sentence++) {
    starts.push(tokens.length)
    let last = 0
    for (let word = random.integer(8); word >= 0; word--) {
      const likely = 1 + ((last * 7 + random.integer(3)) % (vocabulary - 1))
      last = random.uniform() < 0.7 ? likely : 1 + Math.floor((vocabulary - 1) * random.uniform() ** 3)
      tokens.push(last)
    }
    tokens.push(END)
  }
  return { tokens: Int32Array.from(tokens), starts }
}

function total(model: CountModel, context: readonly number[], vocabulary: number): number {
  let sum = 0
  for (let token = 0; token < vocabulary; token++) sum += Math.exp(model.logProbability(context, token))
  return sum
}

describe('the Kneser-Ney model', () => {
  it('gives the probabilities worked out by hand for "a b a b <eos>"', () => {
    // Too small for estimated discounts: D1 = 0.5, D2 = 1, D3+ = 1.5.
    // Pairs: (<eos> a) 1, (a b) 2, (b a) 1, (b <eos>) 1. Different tokens before a: 2, b: 1, <eos>: 1; together 4.
    // p(a) = (2 − 1)/4 + γ/3 with γ = (1 + 0.5 + 0.5)/4 = 1/2: 5/12. p(b) = p(<eos>) = 0.5/4 + 1/6 = 7/24.
    const [a, b] = [1, 2]
    const model = trainNgram(Int32Array.of(a, b, a, b, END), { order: 2, vocabulary: 3, end: END })
    const p = (context: number[], token: number) => Math.exp(model.logProbability(context, token))
    expect(p([], a)).toBeCloseTo(5 / 12, 14)
    expect(p([], b)).toBeCloseTo(7 / 24, 14)
    expect(p([], END)).toBeCloseTo(7 / 24, 14)
    // a is followed by b twice: p(b | a) = (2 − 1)/2 + 1/2 · p(b)
    expect(p([a], b)).toBeCloseTo(1 / 2 + 7 / 48, 14)
    expect(p([a], a)).toBeCloseTo(5 / 24, 14)
    // b by a and by <eos>: p(a | b) = 0.5/2 + (0.5 + 0.5)/2 · p(a)
    expect(p([b], a)).toBeCloseTo(1 / 4 + 5 / 24, 14)
    expect(p([END], a)).toBeCloseTo(1 / 2 + 5 / 24, 14)
  })

  it.each([1, 2, 3, 5])('of order %i equals an independent implementation with maps of strings', (order) => {
    const vocabulary = 40
    const { tokens, starts } = randomText(1500, vocabulary)
    const sentences = starts.map((start, index) => [...tokens.subarray(start, starts[index + 1])])
    const naive = naiveKneserNey(sentences, { order, vocabulary, end: END })
    const scores = trainNgram(tokens, { order, vocabulary, end: END, starts }).score(tokens, starts)
    sentences.forEach((sentence, number) =>
      sentence.forEach((token, at) => {
        const expected = Math.log(naive([END, ...sentence.slice(0, at)], token))
        expect(Math.abs(scores[starts[number] + at] - expected)).toBeLessThan(1e-12)
      }),
    )
  })

  it.each([4, 12])('of order %i equals it where long passages come again', (order) => {
    const vocabulary = 6
    const random = new Random('passages')
    const passage = () => Array.from({ length: 15 }, () => 1 + random.integer(vocabulary - 1))
    const passages = [passage(), passage(), passage()]
    const sequences = Array.from({ length: 30 }, (_, number) => {
      const start = passages[number % 3].slice(0, 6 + random.integer(10))
      const more = number % 2 === 0 ? passage().slice(0, random.integer(5)) : []
      return [...start, ...more, ...(number % 4 === 0 ? [END] : [])]
    })
    const starts = sequences.map((_, number) => sequences.slice(0, number).flat().length)
    const naive = naiveKneserNey(sequences, { order, vocabulary, end: END })
    const model = trainNgram(Int32Array.from(sequences.flat()), { order, vocabulary, end: END, starts })
    const asked = [...sequences, ...passages, passage(), [1], [END, END]]
    for (const sequence of asked) {
      const scores = model.score(Int32Array.from(sequence))
      sequence.forEach((token, at) => {
        const context = [END, ...sequence.slice(0, at)]
        const expected = Math.log(naive(context, token))
        expect(Math.abs(scores[at] - expected)).toBeLessThan(1e-12)
        expect(model.logProbability(context, token)).toBe(scores[at])
      })
    }
  })

  it('of every order is scored at once as each is alone', () => {
    const vocabulary = 20
    const { tokens, starts } = randomText(400, vocabulary)
    const other = randomText(100, vocabulary)
    const losses = trainNgram(tokens, { order: 9, vocabulary, end: END, starts }).losses(other.tokens, other.starts)
    losses.forEach((loss, at) => {
      const alone = trainNgram(tokens, { order: at + 1, vocabulary, end: END, starts })
      const scores = alone.score(other.tokens, other.starts)
      const counted = scores.subarray(1)
      expect(loss).toBeCloseTo(-counted.reduce((sum, score) => sum + score, 0) / counted.length, 12)
    })
    expect(losses).toHaveLength(9)
    expect(losses[1]).toBeLessThan(losses[0])
  })

  it('gives every context, seen or not, probabilities that sum to 1', () => {
    const vocabulary = 40
    const { tokens, starts } = randomText(800, vocabulary)
    const model = trainNgram(tokens, { vocabulary, end: END, starts })
    const seen = [...tokens.slice(7, 10)]
    const contexts = [[], [END], [5], seen, [39, ...seen], [...seen, 39], [39, 39, 39, 39]]
    for (const context of contexts) expect(total(model, context, vocabulary)).toBeCloseTo(1, 12)
  })

  it('does not look across the start of a sequence', () => {
    const { tokens, starts } = randomText(300, 20)
    const model = trainNgram(tokens, { vocabulary: 20, end: END, starts })
    const scores = model.score(tokens, starts)
    const second = tokens.subarray(starts[1], starts[2])
    expect(Array.from(scores.subarray(starts[1], starts[2]))).toEqual(Array.from(model.score(second)))
    expect(scores[starts[1]]).toBe(model.logProbability([END], tokens[starts[1]]))
  })

  it('ignores what lies further back than its order', () => {
    const { tokens } = randomText(300, 20)
    const model = trainNgram(tokens, { order: 3, vocabulary: 20, end: END })
    expect(model.logProbability([9, 8, 7, 3, 4], 5)).toBe(model.logProbability([3, 4], 5))
  })

  it('gives the same bits every time', () => {
    const { tokens, starts } = randomText(500, 30)
    const score = () => trainNgram(tokens, { vocabulary: 30, end: END, starts }).score(tokens, starts)
    expect(score()).toEqual(score())
  })

  it('refuses an order that is not a whole number from 1 up', () => {
    expect(() => trainNgram(Int32Array.of(1, 0), { order: 0, vocabulary: 2, end: END })).toThrow('order 0')
  })
})

describe('discounts', () => {
  it('follow Chen and Goodman from the counts of counts', () => {
    // 8 counts of 1, 4 of 2, 2 of 3, 1 of 4: Y = 8/16, D1 = 1 − 2Y·4/8, D2 = 2 − 3Y·2/4, D3+ = 3 − 4Y·1/2.
    const counts = Int32Array.of(1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4)
    expect(estimateDiscounts(counts)).toEqual([0, 0.5, 1.25, 2])
  })

  it('count what is not in the table and occurs once', () => {
    expect(estimateDiscounts(Int32Array.of(1, 1, 1, 2, 2, 2, 2, 3, 3, 4), 5)).toEqual([0, 0.5, 1.25, 2])
  })

  it('fall back to fixed ones where nothing occurs once', () => {
    expect(estimateDiscounts(Int32Array.of(2, 3, 3, 9))).toBe(FALLBACK)
  })
})

describe('the unigram model', () => {
  it('adds one to every count', () => {
    const model = trainUnigram(Int32Array.of(1, 1, 2, END), { vocabulary: 4, end: END })
    const [seenTwice, seenOnce, unseen] = Array.from(model.score(Int32Array.of(1, 2, 3)), Math.exp)
    expect(seenTwice).toBeCloseTo(3 / 8, 14)
    expect(seenOnce).toBeCloseTo(2 / 8, 14)
    expect(unseen).toBeCloseTo(1 / 8, 14)
    expect(total(model, [2], 4)).toBeCloseTo(1, 14)
  })
})
