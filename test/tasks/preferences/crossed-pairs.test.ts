import { describe, expect, it, test } from 'vitest'
import { loadDataset } from '../../../src/data/dataset.ts'
import { completeData } from '../../../src/data/config.ts'
import {
  choicesOf, distanceOf, knownPairs, loadCrossedPairs, parseCrossedPairs,
} from '../../../src/tasks/preferences/crossed-pairs.ts'
import { smallVocabulary } from '../../small.ts'

const LECTURE = 'The _ moved from the city because they wanted a larger: [{ family: house, team: market }]'

test('each continuation is right after its own word and wrong after the other', () => {
  const [pair] = parseCrossedPairs(LECTURE, 'pairs.yaml')
  expect(choicesOf(pair)).toEqual([
    { prefix: 'The family moved from the city because they wanted a larger'.split(' '), right: 'house', wrong: 'market' },
    { prefix: 'The team moved from the city because they wanted a larger'.split(' '), right: 'market', wrong: 'house' },
  ])
  expect(distanceOf(pair)).toBe(9)
})

describe('the pairs of the package', () => {
  const pairs = loadCrossedPairs()

  it('are at least 120, no two of them alike, with four different words each', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(120)
    const texts = pairs.map(({ frame, sides }) =>
      `${frame.join(' ')} | ${sides.map(({ word, continuation }) => `${word} ${continuation}`).sort().join(' | ')}`)
    expect(new Set(texts).size).toBe(pairs.length)
    for (const { frame, sides: [first, second] } of pairs) {
      const words = [first.word, second.word, first.continuation, second.continuation]
      expect(new Set(words).size, words.join(' ')).toBe(4)
      for (const word of words) expect(frame).not.toContain(word)
    }
  })

  it('let no word be right on both sides of pairs more often than it is wrong', () => {
    const right = pairs.flatMap(choicesOf).map((choice) => choice.right).sort()
    const wrong = pairs.flatMap(choicesOf).map((choice) => choice.wrong).sort()
    expect(right).toEqual(wrong)
  })

  it('are known to a model with the 5,000 commonest words of Brown, and half of them lie beyond a 5-gram', async () => {
    const config = completeData({ corpus: 'brown', vocabulary: 5000, rare: 'part-of-speech', test: 0.2 })
    const { vocabulary } = await loadDataset(config, { baseDirectory: '.' })
    expect(knownPairs(pairs, vocabulary)).toHaveLength(pairs.length)
    const far = pairs.filter((pair) => distanceOf(pair) >= 4).length
    expect(far).toBeGreaterThanOrEqual(60)
    expect(pairs.length - far).toBeGreaterThanOrEqual(60)
  }, 60_000)
})

describe('own pairs', () => {
  const problems = (yaml: string) => {
    try {
      parseCrossedPairs(yaml, 'own.yaml')
    } catch (error) {
      return (error as { problems: { path: string; message: string }[] }).problems.map(({ path, message }) => `${path}: ${message}`)
    }
    return []
  }

  it('are refused with everything that is wrong', () => {
    expect(problems('The dog: [{ a: b, c: d }]\nThe _ was: [{ a: b }, { a b: c, d: e }, { a: b, c: b }]')).toEqual([
      'The dog: needs one _, which stands for the two words.',
      'The _ was: { a: b } has 1 entries. Write two: { family: house, team: market }.',
      'The _ was: "a b" is more than one word; words that both sides share belong to the frame.',
      'The _ was: { a: b, c: b } has one continuation for both.',
    ])
    expect(() => parseCrossedPairs('a: [', 'own.yaml')).toThrow(/own\.yaml is not YAML/)
    expect(() => parseCrossedPairs('- a', 'own.yaml')).toThrow('own.yaml is not a file of crossed pairs.')
  })

  it('of unknown words are said before anything is asked', () => {
    expect(() => knownPairs(parseCrossedPairs(LECTURE, 'own.yaml'), smallVocabulary(9))).toThrow(
      'The model does not know the words of any of the 1 crossed pairs.',
    )
  })
})
