import { beforeAll, describe, expect, test } from 'vitest'
import { lagCurves, spacedLags } from '../../../src/analysis/gradients/lag-curves.ts'
import { lagNorms } from '../../../src/analysis/gradients/lag-norms.ts'
import { drawPlaces } from '../../../src/analysis/gradients/places.ts'
import { Random } from '../../../src/core/random.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { CELLS } from '../../engine/models.ts'
import { modelWithVocabulary, randomTokens } from '../../small.ts'
import { keepingModel, TOKENS, trainedSubject } from './planted.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const texts = [40, 700, 90].map((length, index) => randomTokens(length, TOKENS, index))

describe('a network that keeps a share of its state loses that share a step', () => {
  const kept = [
    { cell: 'rnn relu', share: 0.9, site: 'hidden' },
    { cell: 'rnn relu', share: 0.3, site: 'hidden' }, // 0.3^600 is below what any float holds
    { cell: 'lstm', share: 0.8, site: 'cell' },
    { cell: 'gru before', share: 0.7, site: 'hidden' },
    { cell: 'gru after', share: 0.99, site: 'hidden' },
  ] as const
  test.each(kept)('$cell, $share', async ({ cell, share, site }) => {
    const longest = 600
    const places = [{ sequence: 1, position: 650 }, { sequence: 1, position: 699 }]
    const model = keepingModel(cell, [share, share, share])
    const { rows } = await lagCurves(engine, [trainedSubject(model)], texts, places, {
      sites: [site],
      lags: spacedLags(longest),
    })
    expect(rows.map(({ lag }) => lag)).toEqual(spacedLags(longest))
    for (const { lag, relative, zeros } of rows) {
      expect(relative! - lag * Math.log10(share), `lag ${lag}`).toBeCloseTo(0, 3)
      expect(zeros).toBe(0)
    }
  })
})

test('a gradient that explodes is followed, too', async () => {
  const model = keepingModel('rnn relu', [3, 3, 3])
  for (const name of ['0.kernel', '0.bias']) {
    model.weights[name].forEach((value, place, all) => (all[place] = value * 1e-37))
  }
  const { rows } = await lagCurves(engine, [trainedSubject(model)], texts, [{ sequence: 1, position: 75 }], {
    lags: [0, 1, 30, 74], // 3^74 is 2e35: the values stay below 1
    sites: ['hidden'],
  })
  for (const { lag, relative } of rows) expect(relative! - lag * Math.log10(3), `lag ${lag}`).toBeCloseTo(0, 3)
})

test.each(CELLS)('norms of %s cells are those of one way back through the whole text', async (cell) => {
  const model = modelWithVocabulary(cell, { vocabulary: TOKENS, trained: true })
  const sites = ['0.hidden', '1.hidden', 'embedding', ...(cell === 'lstm' ? ['0.cell', '1.cell'] : [])]
  const text = texts[0].subarray(0, 30)
  for (const stretch of [1, 7, 100]) {
    const options = { sites, longestLag: 23, stretch, initial: 'zeros' } as const
    const norms = await lagNorms(engine, model, [text], [{ sequence: 0, position: 24 }], options)
    const { gradients } = engine.sensitivities(
      model,
      { tokens: text.slice(0, 24), rows: 1, steps: 24 },
      { logProbabilities: { positions: Int32Array.of(23), tokens: Int32Array.of(text[24]) } },
      { sites },
    )
    for (const site of sites) {
      const width = gradients[site].length / 24
      for (let lag = 0; lag < 24; lag++) {
        const at = gradients[site].subarray((23 - lag) * width, (24 - lag) * width)
        const expected = Math.log10(Math.hypot(...at))
        if (Number.isFinite(expected)) expect(norms[site][lag], `${site} at lag ${lag}`).toBeCloseTo(expected, 4)
        else expect(norms[site][lag]).toBe(-Infinity)
      }
    }
  }
})

test('a network without recurrent weights has no gradient but at lag 0, and says so', async () => {
  const { rows } = await lagCurves(engine, [trainedSubject(keepingModel('rnn relu', [0, 0, 0]))], texts, [
    { sequence: 0, position: 20 },
  ], { lags: [0, 1, 5] })
  expect(rows.map(({ zeros, log, relative }) => [zeros, log === null, relative])).toEqual([
    [0, false, 0],
    [1, true, null],
    [1, true, null],
  ])
})

test('seeds of a model are pooled: mean of the means, a band over all places, an interval over seeds', async () => {
  const places = drawPlaces(texts, { count: 12, before: 6, random: new Random(1) })
  const shares = [0.5, 0.6, 0.7]
  const subjects = shares.map((share, index) => trainedSubject(keepingModel('rnn relu', [share, share, share]), index))
  const untrained = { ...subjects[0], moment: 'untrained' } as const
  const { rows, pooled } = await lagCurves(engine, [...subjects, untrained], texts, places, { lags: [0, 5] })
  expect(rows.map(({ seed, moment, lag }) => `${seed} ${moment} ${lag}`)).toEqual([
    '0 trained 0', '0 trained 5', '1 trained 0', '1 trained 5', '2 trained 0', '2 trained 5',
    '0 untrained 0', '0 untrained 5',
  ])
  const [, later, , alone] = pooled
  expect(later).toMatchObject({ moment: 'trained', lag: 5, seeds: 3, places: 36, site: '0.hidden' })
  const logs = shares.map((share) => 5 * Math.log10(share))
  expect(later.relative).toBeCloseTo((logs[0] + logs[1] + logs[2]) / 3, 4)
  expect(later.relativeBandLow).toBeCloseTo(logs[0], 4)
  expect(later.relativeBandHigh).toBeCloseTo(logs[2], 4)
  // numpy and R: mean ± qt(0.975, 2) · sd / √3 of 5 · log10(c(0.5, 0.6, 0.7))
  expect(later.relativeLow).toBeCloseTo(-2.0382, 3)
  expect(later.relativeHigh).toBeCloseTo(-0.2211, 3)
  expect(later.log).toBeCloseTo((rows[1].log! + rows[3].log! + rows[5].log!) / 3, 10)
  expect(alone).toMatchObject({ moment: 'untrained', seeds: 1, low: null, high: null, relativeLow: null })
})

test('lags are spaced more widely the farther they are, and end with the longest', () => {
  expect(spacedLags(3)).toEqual([0, 1, 2, 3])
  const lags = spacedLags(500)
  expect(lags.slice(0, 21)).toEqual(Array.from({ length: 21 }, (_, lag) => lag))
  expect(lags.at(-1)).toBe(500)
  expect(lags.length).toBeLessThan(100)
  expect(new Set(lags).size).toBe(lags.length)
})

test('places are different, have the tokens that they need before them, and are of those that may be chosen', () => {
  const draw = (count: number) => drawPlaces(texts, {
    count, before: 85, among: (tokens, position) => tokens[position] === 3, random: new Random(2),
  })
  const places = draw(10)
  expect(new Set(places.map(({ sequence, position }) => `${sequence} ${position}`)).size).toBe(10)
  for (const { sequence, position } of places) {
    expect(position).toBeGreaterThanOrEqual(85)
    expect(texts[sequence][position]).toBe(3)
  }
  expect(draw(10)).toEqual(places)
  expect(draw(10_000).length).toBeLessThan(700)
})

test('a lag that no text is long enough for is refused in a sentence', () => {
  const draw = () => drawPlaces(texts.slice(0, 1), { count: 5, before: 51, random: new Random(1) })
  expect(draw).toThrow('No token has 51 tokens of its text before it, as lags of 50 steps need; the most is 39.')
  expect(draw).toThrow('lags of at most 38.')
})
