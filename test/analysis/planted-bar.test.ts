// The bar of a number unit on networks of which it is known: one unit keeps the subject's number and another follows the last
// noun, as in Lakretz et al. (2019); all units share the code; none has any. Everything that the bar asks is measured.

import { expect, test } from 'vitest'
import { ablationSweep } from '../../src/analysis/ablation-sweep.ts'
import { generalization } from '../../src/analysis/generalization.ts'
import { ablationKinds } from '../../src/analysis/number-units/ablation-kinds.ts'
import { patching } from '../../src/analysis/number-units/patching.ts'
import { verbWeights } from '../../src/analysis/number-units/verb-weights.ts'
import { encode } from '../../src/data/vocabulary.ts'
import { loadEngine } from '../../src/engine/load.ts'
import type { Model } from '../../src/model/model.ts'
import { applyBar } from '../../src/report/minimum-bar.ts'
import { judgeBar } from '../../src/report/verdicts/minimum-bar.ts'
import type { Item } from '../../src/tasks/items.ts'
import { distributedModel, LAST_NOUN, PLANTED, plantedForms, plantedItems, plantedModel, randomModel, vocabulary } from './planted.ts'

const UNITS = 24
const engine = await loadEngine()
const nounpp = plantedItems(60)

/** The subject alone before the verb. */
const simple = nounpp.filter(({ condition }) => condition === 'SS' || condition === 'PP').map((item): Item => ({
  ...item,
  task: 'simple',
  condition: item.condition[0],
  prefix: item.prefix.slice(0, 2),
  fields: { ...item.fields, lastNounPosition: 1, interveners: 0, attractors: 0, distance: 0, slots: ['the', 'subject'] },
}))
const items = [...simple, ...nounpp]
const trainingText = nounpp.slice(0, 80).map(({ prefix, right }) => ({ tokens: encode(vocabulary, [...prefix, right]) }))
// what a unit of number costs where no verb is: else it costs loss, too, as it does in any small language
const heldOutText = nounpp.slice(0, 80).map(({ prefix }) => ({ tokens: encode(vocabulary, prefix) }))

/** The verbs read the last noun's unit, too, half as strongly: alone it is right wherever no other noun stands between. */
function twoUnitModel(): Model {
  const model = plantedModel(UNITS)
  const { decoder } = model.weights
  for (let token = 0; token < vocabulary.tokens.length; token++) {
    decoder[token * UNITS + LAST_NOUN] = decoder[token * UNITS + PLANTED]
    decoder[token * UNITS + PLANTED] *= 2
  }
  return model
}

async function askBar(model: Model) {
  const subject = { name: 'model', seed: 1, model }
  const texts = { trainingText, heldOutText, resamples: 200 }
  const sweep = await ablationSweep(engine, subject, items, { ...texts, sites: ['0.hidden'], set: ['mean', 'zero'], top: 3 })
  const units = sweep.top
  const { trials: _, ...kinds } = await ablationKinds(engine, subject, nounpp, { ...texts, units, doses: [-1], groups: 30 })
  const ranges = await generalization(engine, subject, nounpp, { sites: ['cell', 'hidden'], units })
  const { turns: __, ...patched } = await patching(engine, subject, nounpp, { ...texts, forms: plantedForms, units, groups: 30 })
  return applyBar([
    { analysis: 'ablation-sweep', site: '0.hidden', rows: sweep.rows, confirmed: sweep.confirmed },
    { analysis: 'ablation-kinds', kind: 'number', overSeeds: [], ...kinds },
    { analysis: 'generalization', task: 'nounpp', subject: 1, lastNoun: 4, ...ranges },
    { analysis: 'patching', task: 'nounpp', repairs: [], overSeeds: [], ...patched },
    { analysis: 'verb-weights', ...(await verbWeights(engine, subject, nounpp, { ...texts, units })) },
  ])
}

test('one unit that keeps number meets every point', { timeout: 60_000 }, async () => {
  const results = await askBar(twoUnitModel())
  expect(results).toHaveLength(1)
  expect(results[0].unit).toBe(`0.hidden.${PLANTED}`)
  expect(results[0].points).toHaveLength(6)
  expect(results[0].points.filter(({ met }) => met !== true)).toEqual([])
  expect(judgeBar(results, 1)[0]).toMatchObject({ judgement: 'found' })
})

test('no unit stands out where all share the code, nor in a random network', { timeout: 60_000 }, async () => {
  for (const model of [distributedModel(UNITS), randomModel(UNITS)]) {
    const results = await askBar(model)
    expect(results).toMatchObject([{ unit: null, points: [] }])
    expect(judgeBar(results, 1)[0]).toMatchObject({ judgement: 'not found' })
  }
})

test('a unit of number that the verb needs next to its subject, too, fails at that point alone', { timeout: 60_000 }, async () => {
  const [{ unit, points }] = await askBar(plantedModel(UNITS))
  expect(unit).toBe(`0.hidden.${PLANTED}`)
  expect(points.filter(({ met }) => met !== true)).toMatchObject([{ name: 'number alone', met: false }])
})
