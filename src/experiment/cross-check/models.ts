// What one model says that the others, the data, or another key of it forbid.

import { notOneOf, type Problem } from '../../core/errors.ts'
import { MOST_LAYERS, MOST_UNITS } from '../../model/config.ts'
import { check } from '../problems.ts'
import {
  isByHand,
  isImported,
  isReference,
  isTagger,
  kindOfSection,
  modelSchema,
  type DescribedModel,
  type ModelSection,
  type ReferredModel,
} from '../schema/model.ts'
import { isGroup, type Entry } from './entries.ts'

/** Stands for a wrong size: no site or unit can be outside of it, and nothing can be said against a tied decoder. */
const LARGEST = { layers: MOST_LAYERS, units: MOST_UNITS, embedding: MOST_UNITS }

/** A model without what is wrong in it; null where that leaves none, as without a cell. */
export function rightModel(raw: unknown): ModelSection | null {
  const { data, problems } = check(modelSchema, raw)
  if (data !== null || !isGroup(raw)) return data
  const wrong = new Set(problems.map(({ path }) => path.split(/[.[]/)[0]))
  const right = Object.entries(raw).filter(([key]) => !wrong.has(key))
  const sizes = Object.entries(LARGEST).filter(([key]) => wrong.has(key))
  const tied = wrong.has('units') || wrong.has('embedding') ? { tied: false } : {}
  return check(modelSchema, { ...Object.fromEntries([...right, ...sizes]), ...tied }).data
}

export function modelProblems(models: readonly Entry<ModelSection>[], data: readonly string[]): Problem[] {
  return models.flatMap(({ path, value }, index) => {
    const above = models.slice(0, index).map((model) => model.value.name)
    return [...wrongKeys(value, above, data)].map(([key, message]) => ({ path: `${path}.${key}`, message }))
  })
}

/** A key, and what is wrong with it. */
type WrongKey = readonly [key: keyof DescribedModel | keyof ReferredModel, message: string]

function* wrongKeys(model: ModelSection, above: readonly string[], data: readonly string[]): Generator<WrongKey> {
  if (above.includes(model.name)) yield ['name', `there are two models with the name "${model.name}". Name them differently.`]
  if (isReference(model) && !isImported(model)) {
    if (model.data) yield ['data', `${model.from} has the data of its own experiment. Leave this key out.`]
    return
  }
  if (isReference(model) && model.seeds !== undefined) {
    yield ['seeds', `${model.from} is imported: there is one of it. Leave this key out.`]
  }
  for (const name of model.data ?? []) {
    if (data.includes(name)) continue
    const unnamed = 'there is one data section, without a name. Leave this key out.'
    yield ['data', data.length > 0 ? notOneOf(name, 'data section', 'data sections', data) : unnamed]
  }
  if (!isByHand(model) && !isReference(model)) yield* wrongShape(model)
}

function* wrongShape(model: DescribedModel): Generator<WrongKey> {
  const { tied, embedding, units } = model
  const sizes = `they are ${embedding} and ${units}.`
  if (tied && isTagger(model)) {
    yield ['tied', 'the decoder of tags is no embedding of tokens. Leave this key out.']
  } else if (tied && embedding !== units) {
    yield ['tied', `a tied decoder needs embedding = units; ${sizes}`]
  }
  if (kindOfSection(model) === 'pair') {
    if (model.dropout > 0) yield ['dropout', 'a bidirectional language model is trained without dropout. Leave this key out.']
    if (embedding !== units) {
      yield ['embedding', `the layers of a bidirectional language model are mixed with its embedding, as wide as its units: ${sizes}`]
    }
  }
  if (model.skip && model.layers === 1) {
    yield ['skip', 'there is no second layer, from which on this key counts. Leave it out.']
  }
}
