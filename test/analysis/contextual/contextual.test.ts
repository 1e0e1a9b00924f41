// Vectors beside runs that are made by hand, probes on planted vectors, senses that are planted or not there.

import { beforeAll, describe, expect, test } from 'vitest'
import { layerProbes, type LayerProbes, type SeenTokens } from '../../../src/analysis/contextual/layer-probes.ts'
import { coarseTag, probedText, senseText } from '../../../src/analysis/contextual/probed-text.ts'
import { senseRows, type SenseTokens } from '../../../src/analysis/contextual/senses.ts'
import { trainProbe } from '../../../src/analysis/contextual/softmax-probe.ts'
import { tokenVectors } from '../../../src/analysis/contextual/token-vectors.ts'
import { countTags } from '../../../src/analysis/tagging/most-frequent-tag.ts'
import { Random } from '../../../src/core/random.ts'
import { resampleClusters } from '../../../src/core/statistics/bootstrap.ts'
import type { Document } from '../../../src/data/corpus.ts'
import { encodePart } from '../../../src/data/dataset.ts'
import { buildVocabulary } from '../../../src/data/vocabulary.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { halfOf } from '../../../src/model/halves.ts'
import { modelWithVocabulary, randomTokens } from '../../small.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

test('a token’s vectors are its embedding twice, and what both halves hand upward right after it', async () => {
  const pair = modelWithVocabulary('lstm', { embedding: 5, bidirectional: true, skip: true, layers: 2 })
  const sentences = [3, 1, 6].map((length, index) => ({ tokens: randomTokens(length, 9, index) }))
  const { width, layers } = await tokenVectors(engine, pair, sentences)
  expect([width, layers.length, layers[0].length]).toEqual([10, 3, 100])
  const [end, { tokens }, position] = [0, sentences[2], 4]
  const seen = (direction: 'forward' | 'backward', read: readonly number[]) => {
    const half = halfOf(pair, direction)
    const batch = { tokens: Int32Array.of(end, ...read), rows: 1, steps: read.length + 1 }
    const { state } = engine.run(half, batch)
    return [state['0.hidden'], state['1.hidden'].map((value, unit) => value + state['0.hidden'][unit])]
  }
  const before = seen('forward', [...tokens.subarray(0, position + 1)])
  const behind = seen('backward', [...tokens.subarray(position)].reverse())
  const vectorOf = (layer: number) => [...layers[layer].subarray((4 + position) * width, (5 + position) * width)]
  const embedding = [...pair.weights['embedding'].subarray(5 * tokens[position], 5 * tokens[position] + 5)]
  expect(vectorOf(0)).toEqual([...embedding, ...embedding])
  for (const layer of [1, 2]) expect(vectorOf(layer)).toEqual([...before[layer - 1], ...behind[layer - 1]].map((value) => expect.closeTo(value, 5)))
  const some = await tokenVectors(engine, pair, [{ ...sentences[2], positions: [4, 0] }])
  expect([...some.layers[2].subarray(0, width)]).toEqual(vectorOf(2).map((value) => expect.closeTo(value, 5)))
})

describe('a probe', () => {
  const random = new Random('planted')
  const labels = Int32Array.from({ length: 600 }, () => random.integer(3))
  const noise = () => Float32Array.from({ length: 600 * 4 }, () => random.uniform(-1, 1))
  const telling = noise().map((value, at) => (at % 4 === labels[Math.floor(at / 4)] ? value + 3 : value))
  const options = { epochs: 20, random: new Random(1) }

  test('learns what is there, and nothing where nothing is', async () => {
    const share = async (layers: readonly Float32Array[]) => {
      const halves = (from: number, to: number) => ({ width: 4, layers: layers.map((layer) => layer.slice(4 * from, 4 * to)) })
      const probe = await trainProbe(halves(0, 400), labels.subarray(0, 400), 3, options)
      const said = probe.predict(halves(400, 600))
      return said.filter((label, item) => label === labels[400 + item]).length / 200
    }
    expect(await share([telling])).toBeGreaterThan(0.95)
    // of 200 tokens, each right with probability 1/3: three standard errors are 0.1
    expect(Math.abs((await share([noise()])) - 1 / 3)).toBeLessThan(0.1)
    expect(await share([noise(), telling])).toBeGreaterThan(0.95)
  })

  test('weighs the layers of a mix by what they tell; the weights add up to one', async () => {
    const { mix, scale } = await trainProbe({ width: 4, layers: [noise(), telling, noise()] }, labels, 3, options)
    expect(mix.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
    expect(mix[1]).toBeGreaterThan(0.6)
    expect(scale).toBeGreaterThan(0)
    const alone = await trainProbe({ width: 4, layers: [telling] }, labels, 3, options)
    expect([alone.mix, alone.scale]).toEqual([[1], 1])
  })

  test('a mix of a layer and itself weighs both alike, and says what the layer alone says', async () => {
    const twice = await trainProbe({ width: 4, layers: [telling, telling] }, labels, 3, options)
    expect(twice.mix).toEqual([0.5, 0.5])
    const alone = await trainProbe({ width: 4, layers: [telling] }, labels, 3, options)
    const [one, other] = [twice.predict({ width: 4, layers: [telling, telling] }), alone.predict({ width: 4, layers: [telling] })]
    expect(one.filter((label, item) => label !== other[item]).length).toBeLessThan(12)
  })

  test('stops between two passes where it is told to', async () => {
    const stopped = new AbortController()
    setImmediate(() => stopped.abort(new Error('stopped')))
    const long = { ...options, epochs: 1e6, signal: stopped.signal }
    await expect(trainProbe({ width: 4, layers: [telling] }, labels, 3, long)).rejects.toThrow('stopped')
  })
})

describe('probes of layers', () => {
  // 40 words of two classes; layer 0 tells the word, layer 1 the class
  const random = new Random('layers')
  const classOf = Array.from({ length: 40 }, () => random.integer(2))
  const make = (items: number): SeenTokens => {
    const ids = Int32Array.from({ length: items }, () => random.integer(40))
    const labels = ids.map((id) => classOf[id])
    const words = new Float32Array(items * 40)
    const classes = new Float32Array(items * 40)
    ids.forEach((id, item) => {
      words[item * 40 + id] = 1
      classes[item * 40 + labels[item]] = 1
    })
    const documents = Int32Array.from({ length: items }, (_, item) => item % 12)
    return {
      ids, labels, documents, documentCount: 12,
      ambiguous: Uint8Array.from(ids, (id) => (id < 10 ? 1 : 0)),
      baseline: new Uint8Array(items).fill(0),
      vectors: { width: 40, layers: [words, classes] },
    }
  }
  const [fitted, asked] = [make(3000), make(1200)]
  const drawn = resampleClusters([Array.from({ length: 12 }, (_, document) => String(document))], 100, new Random(1))
  const subject = { name: 'planted', seed: 1 }
  let found: LayerProbes
  beforeAll(async () => { found = await layerProbes(subject, 'trained', fitted, asked, 2, { epochs: 4, drawn }) })

  test('what tells the word tells any tag of it: only what tells the class alone is selective', () => {
    const of = (layer: string) => found.rows.find((row) => row.layer === layer && row.group === 'all')!
    expect(of('0')).toMatchObject({ n: 1200, right: 1, control: 1, selectivity: 0 })
    expect(of('1').right).toBe(1)
    expect(of('1').selectivity).toBeGreaterThan(0.2)
  })

  test('rows are of all tokens and of ambiguous ones; the mix has a weight for each layer, and a gain beside each', () => {
    const { rows, mixes, gains } = found
    expect(rows.map(({ layer, group }) => `${layer} ${group}`)).toEqual(['0 all', '0 ambiguous', '1 all', '1 ambiguous', 'mix all', 'mix ambiguous'])
    expect(rows[1].n).toBe(asked.ambiguous.filter((one) => one).length)
    expect(mixes.map(({ layer }) => layer)).toEqual(['0', '1'])
    expect(gains.map(({ layer, group, gain }) => [layer, group, gain])).toEqual([['0', 'all', 0], ['0', 'ambiguous', 0], ['1', 'all', 0], ['1', 'ambiguous', 0]])
  })
})

test('without ambiguous words there are rows of all tokens, and none of nothing', async () => {
  const vectors = { width: 1, layers: [Float32Array.of(1, -1, 1, -1)] }
  const none = new Uint8Array(4)
  const ids = Int32Array.of(0, 1, 0, 1)
  const tokens = { ids, labels: ids, ambiguous: none, documents: ids, documentCount: 2, baseline: none, vectors }
  const drawn = resampleClusters([['0', '1']], 50, new Random(1))
  const { rows, gains } = await layerProbes({ name: 'planted', seed: 1 }, 'trained', tokens, tokens, 2, { epochs: 1, drawn })
  expect([...rows, ...gains].map(({ group, n }) => [group, n])).toEqual([...Array(3)].map(() => ['all', 4]))
})

describe('senses', () => {
  const random = new Random('senses')
  const make = (count: number): SenseTokens => {
    const sense = () => (random.uniform() < 0.3 ? 1 : 0)
    const tokens = Array.from({ length: count }, (_, token) => ({ name: `word${token % 12}`, sense: sense() as 0 | 1 }))
    const noise = Float32Array.from({ length: count * 2 }, () => random.uniform(-0.3, 0.3))
    const telling = noise.map((value, at) => (at % 2 === tokens[Math.floor(at / 2)].sense ? value + 1 : value))
    return { tokens, vectors: { width: 2, layers: [new Float32Array(count * 2).fill(1), telling, noise] } }
  }
  const rows = senseRows({ name: 'planted', seed: 1 }, 'trained', make(600), make(480), 200)

  test('are told by vectors that hold them, by chance from noise, and by the more frequent one where vectors are all alike', () => {
    expect(rows[1].right).toBeGreaterThan(0.95)
    expect(rows[1]).toMatchObject({ layer: '1', n: 480, words: 12 })
    expect(Math.abs(rows[2].right - 0.5)).toBeLessThan(0.1)
    expect(rows[0].right).toBe(rows[0].baseline)
    expect(rows[0].baseline).toBeGreaterThan(0.6)
  })

  test('that training has one of only are left out', () => {
    const learned = make(120)
    const oneSense = { ...learned, tokens: learned.tokens.map((token) => ({ ...token, sense: 0 as const })) }
    expect(senseRows({ name: 'planted', seed: 1 }, 'trained', oneSense, make(60), 100)).toEqual([])
  })
})

test('sentences are spread over the documents, with classes, ambiguity and baseline; senses are those that were written', () => {
  const sentence = (tokens: string[], tags: string[], written?: string[]) => ({ tokens, tags, paragraph: 0, ...(written && { written }) })
  const documents: Document[] = ['a', 'b'].map((name) => ({
    name, category: null,
    sentences: [
      sentence(['the', 'river/table', 'runs'], ['at', 'nn', 'vbz'], ['the', 'Table', 'runs']),
      sentence(['runs', '.'], ['nns', '.']),
      sentence(['river/table'], ['nn'], ['river']),
    ],
  }))
  const vocabulary = buildVocabulary(documents, { unit: 'words', end: '<eos>' }, { size: 'all', rare: 'unknown', lowercase: true })
  const part = encodePart(documents, vocabulary)
  const counted = countTags([{ ...documents[0], sentences: [sentence(['runs', 'runs', 'the', 'runs'], ['VBZ', 'NNS', 'DT', 'VBZ'])] }], true)
  const text = probedText(part, 10, ['DT', 'NN', 'VBZ'], counted)
  // 18 tokens with ends: every second sentence
  expect(text.sentences).toHaveLength(3)
  expect([...text.labels]).toEqual([0, 1, 2, 1, -1, -1])
  expect([...text.documents]).toEqual([0, 0, 0, 0, 1, 1])
  expect([...text.ambiguous]).toEqual([0, 0, 1, 0, 1, 0])
  expect([...text.baseline]).toEqual([1, 0, 1, 0, 0, 0])
  expect(['np$', 'doz*', '.', 'fw-nn'].map(coarseTag)).toEqual(['NNP$', 'VBZ', '.', 'fw-nn'])
  const senses = senseText(part, [{ name: 'river/table', senses: ['river', 'table'], tag: 'nn' }])
  expect(senses.tokens.map(({ sense }) => sense)).toEqual([1, 0, 1, 0])
  expect(senses.sentences[0].positions).toEqual([1])
  const long = [{ ...documents[0], sentences: Array.from({ length: 9 }, () => sentence(['river/table'], ['nn'], ['river'])) }]
  const numbered = encodePart(long, vocabulary)
  const { sentences } = senseText(numbered, [{ name: 'river/table', senses: ['river', 'table'], tag: 'nn' }], 3)
  // of nine tokens every third one, not the first three
  expect(sentences.map(({ tokens }) => tokens.byteOffset / 4)).toEqual([2, 5, 8].map((place) => numbered.sentenceStarts[place]))
})
