// The controls that every claim about units rests on: a network in which one unit carries number, and a random one.

import { describe, expect, test } from 'vitest'
import { ablationSweep } from '../../src/analysis/ablation-sweep.ts'
import { dynamics } from '../../src/analysis/dynamics.ts'
import { coloredTexts } from '../../src/analysis/text.ts'
import { unitRanking } from '../../src/analysis/unit-ranking.ts'
import type { AnalysedModel } from '../../src/analysis/subject.ts'
import { encode } from '../../src/data/vocabulary.ts'
import type { UnitsChosen } from '../../src/analysis/chosen-unit.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import { createTfjsEngine } from '../../src/engine/tfjs/engine.ts'
import { defineProbe } from '../../src/probe.ts'
import { judgeCarrier } from '../../src/report/verdicts/carrier.ts'
import { judgeDynamics } from '../../src/report/verdicts/dynamics.ts'
import { config, distributedModel, LAST_NOUN, PLANTED, plantedItems, plantedModel, randomModel, vocabulary } from './planted.ts'

const engine = await createTfjsEngine()
const items = plantedItems(36)
const planted = { name: 'planted', seed: 1, model: plantedModel() }
const random = { name: 'random', seed: 1, model: randomModel() }
const number = defineProbe({
  name: 'number',
  question: 'Is the subject plural?',
  answers: 'yes-no',
  reference: 'Lakretz et al. (2019)',
  label: ({ tokens, item }) => tokens.map(() => item?.['number'] === 'plural'),
})
const text = items.slice(0, 60).map(({ prefix, right }) => ({ tokens: encode(vocabulary, [...prefix, right]) }))
const options = { sites: ['0.hidden'], trainingText: text, heldOutText: text.slice(0, 20), top: 2, resamples: 100 }

describe('the ablation sweep', () => {
  test('finds the planted unit and no other, in both halves and with both kinds of removal', async () => {
    const { rows, confirmed, top } = await ablationSweep(engine, planted, plantedItems(60), options)
    const name = `0.hidden.${PLANTED}`
    expect(top[0]).toBe(name)
    expect(rows).toHaveLength(config.units * 2 * (4 + 2)) // conditions, and pairs of two of them
    for (const row of [...rows, ...confirmed].filter(({ unit }) => unit === name)) {
      expect(row.intact).toBe(1)
      expect(row.marginDropLow).toBeGreaterThan(row.marginBandHigh)
    }
    for (const row of rows.filter(({ unit }) => unit !== name)) {
      expect(row.drop).toBeLessThan(0.05)
      expect(row.p).toBeGreaterThan(0.05)
    }
    for (const half of [rows, confirmed]) {
      for (const set of ['mean', 'zero']) {
        const own = half.filter((row) => row.unit === name && row.set === set)
        expect(own.reduce((most, row) => (row.drop > most.drop ? row : most)).p).toBeLessThan(0.05)
      }
    }
    // with the unit at zero or at its mean nothing tells singular from plural: half of the incongruent items
    const incongruent = confirmed.filter(({ unit, condition }) => unit === name && ['SP', 'PS'].includes(condition))
    expect(incongruent).toHaveLength(4)
    for (const set of ['mean', 'zero']) {
      const [first, second] = incongruent.filter((row) => row.set === set)
      expect(Math.abs((first.accuracy + second.accuracy) / 2 - 0.5)).toBeLessThan(0.05)
      expect(first.lossChange).toBeGreaterThan(0)
    }
    expect(confirmed.every((row) => row.half === 'confirmation' && row.comparable === config.units - 1)).toBe(true)
    expect(rows.every((row) => row.shrinkage === null)).toBe(true)
    for (const row of confirmed) {
      const same = rows.find((chosen) => (['unit', 'set', 'condition'] as const).every((key) => chosen[key] === row[key]))
      expect(row.shrinkage).toBeCloseTo(same!.drop - row.drop, 12)
    }
  })

  test('says what it chose before it looks at the items that judge', async () => {
    const read: string[] = []
    const words = new Set(items.filter(({ half }) => half === 'confirmation').map(({ prefix }) => vocabulary.tokens.indexOf(prefix[1])))
    const watched: Engine = {
      ...engine,
      run(model, batch, how) {
        if (how?.candidates && batch.tokens.some((token) => words.has(token))) read.push('confirmation')
        return engine.run(model, batch, how)
      },
    }
    const said: UnitsChosen[] = []
    const onChosen = (chosen: UnitsChosen) => {
      said.push(chosen)
      read.push(chosen.units.map(({ unit }) => unit).join(' '))
    }
    const { top } = await ablationSweep(watched, planted, items, { ...options, sites: ['0.hidden', '0.cell'], onChosen })
    expect(read[0]).toBe(top.join(' '))
    expect(top.map((unit) => unit.slice(0, unit.lastIndexOf('.'))).sort()).toEqual(['0.cell', '0.cell', '0.hidden', '0.hidden'])
    expect(said).toHaveLength(1)
    expect(said[0].units[0]).toMatchObject({ unit: `0.hidden.${PLANTED}`, sign: 1 })
    expect(said[0].judged!.tasks).toEqual(['nounpp SS', 'nounpp SP', 'nounpp PS', 'nounpp PP', 'nounpp SS and PS', 'nounpp SP and PP'])
    expect(said[0].judged!.bar!.unit).toBe(`0.hidden.${PLANTED}`)
    expect(read.filter((what) => what !== 'confirmation')).toHaveLength(1)
  })

  test('finds nothing in a random network: what it chooses does not hold on other words', async () => {
    const { confirmed, top } = await ablationSweep(engine, random, items, options)
    const carries = top.filter((unit) => {
      const own = confirmed.filter((row) => row.unit === unit && ['SP', 'PS'].includes(row.condition))
      return ['mean', 'zero'].every((set) => {
        const rows = own.filter((row) => row.set === set)
        const drop = rows.reduce((sum, row) => sum + row.drop, 0) / rows.length
        const band = Math.max(...rows.map((row) => row.bandHigh))
        return drop > band && drop > 0.1
      })
    })
    expect(carries).toEqual([])
  })

  test('items whose lexicon was not split are swept as a whole and confirm nothing', async () => {
    const whole = items.slice(0, 48).map((item) => ({ ...item, half: null }))
    const once = { ...options, set: ['zero'], heldOutText: [] } as const
    const { rows, confirmed } = await ablationSweep(engine, planted, whole, once)
    expect(confirmed).toEqual([])
    expect(rows.every((row) => row.half === 'all' && row.lossChange === null)).toBe(true)
  })
})

describe('the unit ranking', () => {
  test('puts the planted unit first and the unit that follows the last noun last', async () => {
    const few = { sites: ['cell'], probe: number, top: 3, permutations: 100 }
    const rows = await unitRanking(engine, planted, items, few)
    expect(rows).toHaveLength(config.units)
    const [first] = rows
    expect(first).toMatchObject({ unit: `0.cell.${PLANTED}`, site: '0.cell', n: 72 })
    expect(first).toMatchObject({ auc: 1, high: 1, aucAtSubject: 1, aucAtAttractor: 1, confirmedAuc: 1 })
    expect(first.low).toBeGreaterThan(0.7)
    expect(first.q).toBeLessThan(0.001)
    expect(first.shrinkage).toBe(0)
    expect(rows.at(-1)).toMatchObject({ unit: `0.cell.${LAST_NOUN}`, auc: 0, aucAtSubject: 1, confirmedAuc: 0 })
    for (const row of rows.slice(1, -1)) expect(Math.abs(row.auc - 0.5) + 0.5).toBeLessThan(row.chanceBest)
  })

  test('finds nothing in a random network', async () => {
    const all = { sites: ['cell', 'hidden'], probe: number, permutations: 100 }
    const rows = await unitRanking(engine, random, items, all)
    expect(rows).toHaveLength(2 * config.units)
    expect(rows.filter((row) => row.q < 0.05 && Math.abs(row.confirmedAuc! - 0.5) > 0.3)).toEqual([])
  })

  test('congruent items say nothing, and a probe of amounts is refused', async () => {
    const congruent = items.filter(({ fields }) => fields.attractors === 0)
    expect(await unitRanking(engine, planted, congruent, { sites: ['cell'], probe: number })).toEqual([])
    const depth = { ...number, answers: 'amount' as const }
    await expect(unitRanking(engine, planted, items, { sites: ['cell'], probe: depth })).rejects.toThrow('yes-no')
  })
})

describe('the verdict', () => {
  /** enough units to compare one with 20 others */
  const WIDE = 24
  const many = plantedItems(60)
  const judge = async (subject: AnalysedModel) => {
    const fast = await loadEngine()
    const sweep = await ablationSweep(fast, subject, many, { ...options, top: 5, resamples: 200 })
    const ranking = await unitRanking(fast, subject, many, { sites: ['cell', 'hidden'], probe: number })
    const [verdict] = judgeCarrier(
      { analysis: 'ablation-sweep', site: '0.hidden', ...sweep },
      [{ analysis: 'unit-ranking', probe: 'number', rows: ranking }],
      1,
    )
    return verdict
  }

  test('of a network in which one unit carries number: found, exactly that unit', { timeout: 60_000 }, async () => {
    const { judgement, sentence } = await judge({ ...planted, model: plantedModel(WIDE) })
    expect(judgement, sentence).toBe('found')
    expect(sentence).toContain(`In this model unit 0.hidden.${PLANTED} carries the subject’s number`)
    expect(sentence).toContain('Of the 5 units on top it alone passes all these tests (n = 60 pairs of items')
  })

  test('of networks in which all units keep the number, alike or each with errors of its own: no unit', { timeout: 60_000 }, async () => {
    for (const noise of [0, 4]) {
      const { judgement, sentence } = await judge({ name: 'distributed', seed: 1, model: distributedModel(WIDE, noise) })
      expect(judgement, sentence).toBe('not found')
      expect(sentence).toContain('no single unit matters')
    }
  })

  test('of random networks: not found', { timeout: 60_000 }, async () => {
    for (const seed of [1, 2, 3]) {
      const { judgement, sentence } = await judge({ name: 'random', seed, model: randomModel(WIDE, `random ${seed}`) })
      expect(judgement, sentence).not.toBe('found')
    }
  })
})

test('the dynamics show the number kept from the subject to the verb, in every site that is asked for', async () => {
  const { rows } = await dynamics(engine, planted, items, { units: [`0.hidden.${PLANTED}`], sites: ['input', 'cell'] })
  expect(rows).toHaveLength(2 * 4 * 5)
  const traceOf = (site: string, condition: string) =>
    rows.filter((row) => row.site === site && row.condition === condition).map((row) => row.mean)
  const [before, ...after] = traceOf('cell', 'PS')
  expect(before).toBeCloseTo(0, 2)
  // the forget gate is sigmoid(10), the input gate away from the subject sigmoid(-10)
  for (const value of after) expect(value).toBeCloseTo(1, 2)
  traceOf('cell', 'SP').slice(1).forEach((value) => expect(value).toBeCloseTo(-1, 2))
  expect(traceOf('input', 'SS').map(Math.round)).toEqual([0, 1, 0, 0, 0])
  expect(rows.slice(0, 5).map(({ word }) => word)).toEqual(['the', 'subject', 'preposition', 'the', 'noun'])
  expect(rows[0]).toMatchObject({ unit: `0.${PLANTED}`, n: 72 })
  expect(rows[0].deviation).toBeLessThan(1e-6)
})

describe('what the subject’s number does to a unit', () => {
  const gapsOf = async (unit: number) => {
    const result = await dynamics(engine, planted, plantedItems(60), { units: [`0.hidden.${unit}`], sites: ['cell'] })
    return { gaps: result.gaps, verdict: judgeDynamics({ analysis: 'dynamics', task: 'nounpp', ...result }, 1)[0] }
  }

  test('stays in the planted unit up to the verb', async () => {
    const { gaps, verdict } = await gapsOf(PLANTED)
    expect(gaps.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4])
    expect(gaps[0].gap).toBe(0)
    // the cell is 1 for plural and −1 for singular subjects, and no other word reaches it
    for (const { gap, low, high, lastNounGap, n } of gaps.slice(1)) {
      expect(n).toBe(120)
      for (const end of [gap, low, high]) expect(end).toBeCloseTo(2, 2)
      expect(lastNounGap).toBeCloseTo(0, 3)
    }
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain(`the cell of unit 0.${PLANTED} keeps the subject’s number up to the verb`)
  })

  test('is gone from a unit that follows the last noun, whose number moves it instead', async () => {
    const { gaps, verdict } = await gapsOf(LAST_NOUN)
    expect(gaps[1].gap).toBeCloseTo(2, 1)
    expect(gaps[4].gap).toBeCloseTo(0, 3)
    expect(gaps[4].lastNounGap).toBeCloseTo(2, 1)
    expect(verdict.judgement).toBe('not found')
    const leaning = gaps.map((row) => ({ ...row, gap: row.gap + 0.8, low: 0.6, high: 1 }))
    const [mixed] = judgeDynamics({ analysis: 'dynamics', task: 'nounpp', rows: [], gaps: leaning }, 1)
    expect(mixed.judgement).toBe('candidate')
    expect(mixed.sentence).toContain('but it cannot be told from what the last noun’s number does')
  })

  test('cannot be told of few pairs', async () => {
    const { gaps } = await gapsOf(PLANTED)
    const few = gaps.map((row) => ({ ...row, n: 20 }))
    expect(judgeDynamics({ analysis: 'dynamics', task: 'nounpp', rows: [], gaps: few }, 1)[0].judgement).toBe('cannot tell')
  })
})

test('dynamics need items of one length', async () => {
  const mixed = [items[0], { ...items[1], prefix: items[1].prefix.slice(1) }]
  const follow = dynamics(engine, planted, mixed, { units: [`0.hidden.${PLANTED}`], sites: ['cell'] })
  await expect(follow).rejects.toThrow('nounpp have 4 to 5 words before the verb')
})

test('coloured text has a value and a surprisal for each word as written', async () => {
  const words = ['the', 'subject0P', 'beyond', 'the', 'attractor0S']
  const passages = [{ title: 'one', words, tokens: encode(vocabulary, words) }]
  const units = [`0.hidden.${PLANTED}`, `0.cell.${PLANTED}`].map((unit) => ({ unit, note: '' }))
  const [hidden, colored] = await coloredTexts(engine, planted, passages, units)
  expect([hidden.unit, colored.unit]).toEqual(units.map(({ unit }) => unit))
  expect(hidden.passages[0].surprisals).toEqual(colored.passages[0].surprisals)
  const [passage] = colored.passages
  expect(passage.tokens).toEqual(words)
  expect(passage.values.map(Math.round)).toEqual([0, 1, 1, 1, 1])
  expect(colored.low).toBe(Math.min(...passage.values))
  expect(colored.high).toBe(Math.max(...passage.values))
  expect(passage.surprisals.every((surprisal) => surprisal !== null && surprisal > 0)).toBe(true)
  const [unread] = await coloredTexts(engine, planted, passages, units, { initial: 'zeros' })
  expect(unread.passages[0].surprisals[0]).toBeNull()
})
