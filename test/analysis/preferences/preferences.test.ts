import { beforeAll, describe, expect, it } from 'vitest'
import { Random } from '../../../src/core/random.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import type { Model } from '../../../src/model/model.ts'
import { trainNgram, trainUnigram } from '../../../src/model/ngram.ts'
import { preferences } from '../../../src/analysis/preferences/preferences.ts'
import { crossedRows, objectRows } from '../../../src/analysis/preferences/shares.ts'
import { influences } from '../../../src/analysis/preferences/influence.ts'
import type { CrossedPair } from '../../../src/tasks/preferences/crossed-pairs.ts'
import type { VerbObject } from '../../../src/tasks/preferences/verb-objects.ts'
import { modelWithVocabulary, randomTokens } from '../../small.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const WORDS = 12
const model: Model = modelWithVocabulary('lstm', { layers: 1, units: 6, embedding: 4, vocabulary: WORDS })
const subject = { name: 'lstm', seed: 1, model }
const text = randomTokens(400, WORDS, 'text')
const unigram = trainUnigram(text, { vocabulary: WORDS, end: 0 })
const ngram = trainNgram(text, { vocabulary: WORDS, end: 0, order: 5 })
const scoring = { subject, unigram, ngram, resamples: 200, random: new Random(1) }

const pairs: CrossedPair[] = Array.from({ length: 60 }, (_, index) => ({
  frame: ['word2', '_', ...Array<string>(index % 2 === 0 ? 1 : 5).fill('word3')],
  place: 1,
  sides: [{ word: 'word4', continuation: 'word6' }, { word: 'word5', continuation: `word${7 + (index % 5)}` }],
}))
const objects: VerbObject[] = Array.from({ length: 60 }, (_, index) => ({
  prefix: ['word2', 'word9', 'word8', `word${4 + (index % 3)}`, ...Array<string>(index % 4).fill('word3')],
  right: `word${5 + (index % 4)}`, wrong: 'word10', verb: `word${4 + (index % 3)}`, verbPlace: 3, distance: index % 4,
  seenRight: index % 2, seenWrong: 0,
}))

describe('shares', () => {
  it('are 1 for a model that knows, ½ for one that is indifferent, and pairs count together', () => {
    const right = (margins: number[]) => crossedRows(pairs, pairs.flatMap(() => margins), scoring)[0].right
    expect(right([1, 1])).toBe(1)
    expect(right([2, -1])).toBe(1) // what a continuation has of itself cancels
    expect(right([1, -2])).toBe(0)
    expect(right([1, -1])).toBe(0.5)
  })

  it('leave nothing to unigrams, nor to a 5-gram model of what it cannot see', () => {
    const [all, near, far] = crossedRows(pairs, new Float32Array(120), scoring)
    expect([all.group, near.group, far.group]).toEqual(['all', 'up to 3 words between', '4 or more words between'])
    expect([all.unigram, far.unigram, far.ngram]).toEqual([0.5, 0.5, 0.5])
    expect(near.ngram).not.toBe(0.5)
    expect([all.n, near.n, far.n]).toEqual([60, 30, 30])
    expect(all.counted).toBeNull()
  })

  it('of pairs that share their words have the interval of one cluster', () => {
    const margins = pairs.flatMap((_, index) => (index < 45 ? [1, 1] : [-1, -1]))
    const [{ low, high, clusters }] = crossedRows(pairs, margins, scoring)
    expect(clusters).toBe(1) // word4 word6 is in all of them
    expect(low).toBeLessThan(0.2)
    expect(high).toBeGreaterThan(0.9)
  })

  it('tell objects apart by distance, and by what training had', () => {
    const rows = objectRows(objects, objects.map((_, index) => (index % 2 === 0 ? -1 : 1)), scoring)
    expect(rows.map(({ group, n, right }) => [group, n, right])).toEqual([
      ['all', 60, 0.5], ['no word between', 15, 0], ['1 word between', 15, 1], ['2 words between', 15, 0],
      ['3 or more words between', 15, 1], ['seen with the verb in training', 30, 1], ['never seen with the verb', 30, 0],
    ])
    expect(rows.map(({ counted }) => counted).slice(-2)).toEqual([1, 0.5])
  })
})

/** log p(right) − log p(wrong) in a run of its own, after one end of sentence. */
function marginOf(tokens: readonly number[], right: number, wrong: number, edits: Parameters<Engine['run']>[2] = {}): number {
  const ids = Int32Array.from([0, ...tokens])
  const { logits } = engine.run(model, { tokens: ids, rows: 1, steps: ids.length }, { ...edits, logitsAt: Int32Array.of(ids.length - 1) })
  return logits![right] - logits![wrong]
}
const idOf = (word: string) => Number(word.slice('word'.length))

describe('the influence of a word', () => {
  it('is what the margin loses without it, and to first order what its embedding is worth', async () => {
    const [object] = objects.slice(3, 4)
    const rows = await influences(engine, subject, [object], { ngram, resamples: 100, random: new Random(1) })
    const ids = object.prefix.map(idOf)
    const [right, wrong] = [idOf(object.right), idOf(object.wrong)]
    const intact = marginOf(ids, right, wrong)
    const verb = rows.find(({ role }) => role === 'the verb')!
    expect(verb.deletion).toBeCloseTo(intact - marginOf(ids.toSpliced(3, 1), right, wrong), 5)
    const between = rows.find(({ role }) => role === 'between verb and object')!
    const changes = [4, 5, 6].map((place) => intact - marginOf(ids.toSpliced(place, 1), right, wrong))
    expect(between.deletion).toBeCloseTo((changes[0] + changes[1] + changes[2]) / 3, 5)
    expect([between.n, between.words]).toEqual([1, 3])

    const scaled = (factor: number) => marginOf(ids, right, wrong, {
      edits: Array.from({ length: 4 }, (_, unit) => ({ unit: `embedding.${unit}`, scale: factor, steps: [1 + object.verbPlace] })),
    })
    const step = 0.01
    expect(verb.attribution).toBeCloseTo((scaled(1 + step) - scaled(1 - step)) / (2 * step), 3)
  })

  it('is none for an n-gram model beyond what it sees', async () => {
    const rows = await influences(engine, subject, objects, { ngram, resamples: 100, random: new Random(1) })
    expect(rows.map(({ role }) => role)).toEqual([
      'between verb and object', 'the verb', '1–2 words before the verb', '3–5 words before the verb',
    ])
    expect(rows[3].ngramSize).toBeLessThan(rows[1].ngramSize)
    expect(rows[1].n).toBe(60)
    expect(rows[0].words).toBe(15 * (1 + 2 + 3))
  })
})

it('every pair is shown, and objects drawn at random', async () => {
  const { rows, influences: found, examples } = await preferences(engine, subject, pairs, objects, {
    unigram, ngram, resamples: 100, influenceItems: 10, examples: 5,
  })
  expect(rows.map(({ task }) => task)).toEqual([...Array<string>(3).fill('crossed'), ...Array<string>(7).fill('objects')])
  expect(found.find(({ role }) => role === 'the verb')!.n).toBe(10)
  expect(examples.filter(({ task }) => task === 'crossed')).toHaveLength(60)
  expect(examples.filter(({ task }) => task === 'objects')).toHaveLength(5)
  const [first] = examples
  expect(first).toMatchObject({ sentence: 'word2 word4 / word5 word3', right: 'word6 / word7', wrong: 'word7 / word6' })
  const margins = [marginOf([2, 4, 3], 6, 7), marginOf([2, 5, 3], 7, 6)]
  expect(first.margin).toBeCloseTo((margins[0] + margins[1]) / 2, 5)
})
