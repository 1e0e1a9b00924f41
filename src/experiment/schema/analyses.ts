// The `analyses:` section: what is asked of the trained models. One schema for each analysis of src/analysis.

import * as z from 'zod'
import { notOneOf } from '../../core/errors.ts'
import type { ModelKind } from '../../model/config.ts'
import { counters, counting, precision, traces } from './counting.ts'
import { choice, list, show, text, wholeNumber } from './fields.ts'
import { jacobians, lagCurves, marginTrace, moments, sensitivityMap } from './gradients.ts'
import { items, itemsPerCondition } from './items.ts'
import { modelNames as models } from './model.ts'
import { ablationKinds, attribution, classifiers, patching, syntaxUnits, verbWeights } from './number-units.ts'
import { contextualVectors } from './contextual-vectors.ts'
import { minimalPairs, pairFile } from './minimal-pairs.ts'
import { preferences } from './preferences.ts'
import { initial, resamples } from './shared.ts'
import { tagging } from './tagging.ts'
import { units, type UnitChoice } from './units.ts'

const allItems = z
  .union([text('One task.').transform((task) => [task]), list(z.union([text('A task.'), pairFile]), 'tasks')])
  .describe('Tasks, as elsewhere, and own pairs, as in [nounpp, { file: pairs.csv }].')

const by = list(
  choice('What the items are told apart by.', 'grouping', 'groupings', ['condition', 'attractors', 'distance', 'construction']),
  'groupings',
)
  .default(['condition'])
  .describe(
    'Tables besides that by condition: by attractors (nouns of the other number between subject and verb) and by ' +
      'distance in words; items of a grammar by construction, too.',
  )

const sites = list(text('A site such as 0.cell, or a pattern such as cell.'), 'sites')
const top = wholeNumber('Units that are confirmed on the other half of the lexicon.', 1)

function notNgram({ input }: { readonly input?: unknown }): string {
  return `${show(input)} is not a baseline. The second one is 2-gram, 3-gram and so on, up to 20-gram.`
}

const perplexity = z.strictObject({
  analysis: z.literal('perplexity'),
  models,
  baselines: z
    .tuple([z.literal('unigram'), z.string().regex(/^(?:[2-9]|1\d|20)-gram$/, { error: notNgram })], {
      error: ({ input }) => `${JSON.stringify(input)}: a loss stands beside two models, as in [unigram, 5-gram].`,
    })
    .default(['unigram', '5-gram'])
    .describe('Models that only count, beside which the loss stands: unigram, and 2-gram to 20-gram with all below.'),
  resamples,
})

const agreement = z.strictObject({
  analysis: z.literal('agreement'),
  models,
  items: allItems,
  by,
  itemsPerCondition,
  initial,
  resamples,
})

const unitRanking = z.strictObject({
  analysis: z.literal('unit-ranking'),
  models,
  probe: text('Name of a probe.'),
  sites,
  items: items.default(['nounpp']),
  itemsPerCondition,
  initial,
  permutations: wholeNumber('Shuffles of the labels.', 20).default(200),
})

const probes = list(text('Name of a probe, or the path of a .js file.'), 'probes')

const findUnits = z.strictObject({
  analysis: z.literal('find-units'),
  models,
  probes,
  sites,
  tokens: wholeNumber('Most tokens of each half of the held-out documents.', 1000).default(130_000),
  permutations: wholeNumber('Deals of the labels of whole blocks.', 20).default(100),
  initial,
})

const emergence = z.strictObject({
  analysis: z.literal('emergence'),
  models,
  probes,
  sites,
  tokens: wholeNumber('Most tokens of each half of the held-out documents.', 1000).default(40_000),
  initial,
})

const ablationSweep = z.strictObject({
  analysis: z.literal('ablation-sweep'),
  models,
  site: text('The site whose units are removed in turn, such as hidden.').default('hidden'),
  set: list(choice('What a removed unit is set to.', 'value', 'values', ['mean', 'zero']), 'values')
    .default(['mean', 'zero'])
    .describe('What a removed unit is set to; the first one chooses the top units.'),
  items,
  itemsPerCondition,
  initial,
  top: top.default(5),
  resamples,
})

const dynamics = z.strictObject({
  analysis: z.literal('dynamics'),
  models,
  units,
  sites,
  items,
  itemsPerCondition,
  initial,
})

const generalization = z.strictObject({
  analysis: z.literal('generalization'),
  models,
  units: units.describe(
    'The number units, which are decoded together and one by one: "top N" of the ablation sweep above, or a list such ' +
      'as [0.hidden.72].',
  ),
  sites,
  items: items.default(['nounpp']),
  itemsPerCondition,
  initial,
  permutations: wholeNumber('Shuffles of the labels.', 20).default(100),
})

const colored = z.strictObject({
  analysis: z.literal('text'),
  models,
  units,
  site: text('The quantity that colours the text, such as cell; by default what the unit is a unit of.').optional(),
  sentences: z
    .union([wholeNumber('Sentences of the test text.', 1, 1000), list(text('Words separated by spaces.'), 'sentences')])
    .default(12)
    .describe('How many sentences of the test text are shown, or a list of own sentences, words separated by spaces.'),
  initial,
})

const samples = z.strictObject({
  analysis: z.literal('samples'),
  models,
  units: units.describe('Units that colour what the model writes, chosen as in other analyses.'),
  hold: list(z.number(), 'values')
    .default([])
    .describe('Values that each unit is held at while further texts are written, at the first temperature: [-1, 1].'),
  length: wholeNumber('Tokens of each text.', 1, 100_000).default(400),
  temperature: list(z.number().min(0), 'temperatures')
    .default([0.7])
    .describe('Logits are divided by it; a text for each. 0 always takes the most probable token.'),
  prompt: z.string().default('').describe('What the model reads first.'),
  initial,
})

const saturation = z.strictObject({
  analysis: z.literal('saturation'),
  models,
  moments,
  tokens: wholeNumber('Held-out tokens that are looked at.', 100).default(20_000),
  initial,
})

/** Analyses of models that read text, of those that read the words of a language, and of both. */
const OF_TEXT = [
  perplexity, agreement, unitRanking, findUnits, emergence, ablationSweep, dynamics, generalization, colored, samples, preferences, minimalPairs,
  marginTrace, saturation, verbWeights, ablationKinds, patching, syntaxUnits, classifiers, attribution, tagging, contextualVectors,
] as const
const OF_LANGUAGES = [counting, counters, traces, precision] as const
const OF_BOTH = [lagCurves, sensitivityMap, jacobians] as const
const ALL = [...OF_TEXT, ...OF_LANGUAGES, ...OF_BOTH] as const

/** One entry of `analyses:`. */
export const analysisSchema = z.discriminatedUnion('analysis', ALL, {
  error: ({ input }) => {
    const name = (input as { readonly analysis?: unknown } | null | undefined)?.analysis
    if (name === undefined) return `is missing. Analyses are: ${ANALYSES.join(', ')}.`
    return notOneOf(name, 'analysis', 'analyses', ANALYSES)
  },
})

export const ANALYSES = namesOf(ALL)
const LANGUAGE_ANALYSES = namesOf(OF_LANGUAGES)
const TEXT_ANALYSES = namesOf(OF_TEXT)

function namesOf(schemas: readonly { readonly shape: { readonly analysis: { readonly value: string } } }[]): string[] {
  return schemas.map(({ shape }) => shape.analysis.value)
}

/** What the models read that it can look at. */
export function readersOf({ analysis }: Pick<Analysis, 'analysis'>): 'text' | 'languages' | 'both' {
  if (LANGUAGE_ANALYSES.includes(analysis)) return 'languages'
  return TEXT_ANALYSES.includes(analysis) ? 'text' : 'both'
}

/** What the models are that it can look at. */
export function kindFor({ analysis }: Pick<Analysis, 'analysis'>): ModelKind {
  if (analysis === 'tagging') return 'tagger'
  return analysis === 'contextual-vectors' ? 'pair' : 'language model'
}

/** Said of a model that an analysis names and cannot look at. */
export function wrongKind(name: string, kind: ModelKind, { analysis }: Pick<Analysis, 'analysis'>): string {
  return `${name} is ${KINDS[kind]}; ${analysis} looks at ${KINDS[kindFor({ analysis })]}.`
}

const KINDS: Readonly<Record<ModelKind, string>> = {
  'language model': 'a language model', tagger: 'a tagger', pair: 'a bidirectional language model',
}

export type Analysis = z.output<typeof analysisSchema>
export type AnalysisNamed<Name extends Analysis['analysis']> = Extract<Analysis, { analysis: Name }>

/** The n of the n-gram model among the baselines. */
export function ngramOrder([, ngram]: AnalysisNamed<'perplexity'>['baselines']): number {
  return Number.parseInt(ngram, 10)
}

/** The keys of an entry of `analyses:` that other sections have a say in. */
export interface AnalysisKeys {
  readonly analysis?: Analysis['analysis']
  readonly models?: readonly string[]
  readonly items?: AnalysisNamed<'agreement'>['items']
  readonly probe?: string
  readonly probes?: readonly string[]
  readonly sites?: readonly string[]
  readonly site?: string
  readonly units?: UnitChoice
}

/** Those keys of an entry that are right in themselves, whatever is wrong with others. */
export function rightKeys(entry: unknown): AnalysisKeys {
  const given = (entry ?? {}) as Readonly<Record<string, unknown>>
  const schema = analysisSchema.options.find(({ shape }) => shape.analysis.value === given['analysis'])
  const fields: readonly (readonly [string, z.ZodType])[] = Object.entries(schema?.shape ?? {})
  return Object.fromEntries(fields.flatMap(([key, field]) => {
    const { success, data } = field.safeParse(given[key])
    return success && data !== undefined ? [[key, data]] : []
  }))
}
