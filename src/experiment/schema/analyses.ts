// The `analyses:` section: what is asked of the trained models. One schema for each analysis of src/analysis.

import * as z from 'zod'
import { notOneOf } from '../../core/errors.ts'
import { choice, list, plainName, text, wholeNumber } from './fields.ts'

const BASELINES = ['unigram', '5-gram'] as const
const GROUPS = ['condition', 'attractors', 'distance'] as const

const models = list(plainName('Name of a model.'), 'model names')
  .optional()
  .describe('Models to look at; all of them by default.')

const initial = choice(
  'State before a stimulus: the initial state, or the state after one end of sentence.',
  'state', 'states', ['zeros', 'end-of-sentence'],
).default('end-of-sentence')

const items = z
  .union([text('One task.').transform((task) => [task]), list(text('A task of data/agreement, or the path of a CSV.'), 'tasks')])
  .describe('Tasks: names of templates such as simple and nounpp, or paths of CSV files prefix,right,wrong[,condition].')

const itemsPerCondition = wholeNumber('Items of each condition in each half of the lexicon.', 1).default(300)
const resamples = wholeNumber('Resamples of the bootstrap.', 100).default(1000)
const sites = list(text('A site such as 0.cell, or a pattern such as cell.'), 'sites')
const top = wholeNumber('Units that are confirmed on the other half of the lexicon.', 1)

const units = z
  .union([z.string().regex(/^top [1-9]\d*$/), list(text('A unit such as 0.hidden.61.'), 'units')], {
    error: ({ input }) => `${JSON.stringify(input)} chooses no units. Write "top 2", or a list such as [0.hidden.61].`,
  })
  .describe('Units: "top N" of the ablation sweep above, or a list such as [0.hidden.61].')

/** The N of `top N`; null where units are named. */
export function topCount(choice: UnitChoice): number | null {
  return typeof choice === 'string' ? Number(choice.slice('top '.length)) : null
}

const perplexity = z.strictObject({
  analysis: z.literal('perplexity'),
  models,
  baselines: list(choice('A model that only counts words.', 'baseline', 'baselines', BASELINES), 'baselines')
    .default([...BASELINES])
    .describe('Models that only count words, beside which the loss stands.'),
  resamples,
})

const agreement = z.strictObject({
  analysis: z.literal('agreement'),
  models,
  items,
  by: list(choice('A way to group items.', 'grouping', 'groupings', GROUPS), 'groupings').default(['condition']),
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
  top: top.default(20),
  permutations: wholeNumber('Shuffles of the labels.', 20).default(200),
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

const colored = z.strictObject({
  analysis: z.literal('text'),
  models,
  units,
  site: text('The quantity that colours the text, such as cell or hidden; by default what the unit is a unit of.').optional(),
  sentences: wholeNumber('Sentences of the test text.', 1, 1000).default(12),
  initial,
})

export const ANALYSES = ['perplexity', 'agreement', 'unit-ranking', 'ablation-sweep', 'dynamics', 'text'] as const

/** One entry of `analyses:`. */
export const analysisSchema = z.discriminatedUnion(
  'analysis',
  [perplexity, agreement, unitRanking, ablationSweep, dynamics, colored],
  {
    error: ({ input }) => {
      const name = (input as { readonly analysis?: unknown } | null | undefined)?.analysis
      if (name === undefined) return `is missing. Analyses are: ${ANALYSES.join(', ')}.`
      return notOneOf(name, 'analysis', 'analyses', ANALYSES)
    },
  },
)

export type Analysis = z.output<typeof analysisSchema>
export type AnalysisNamed<Name extends Analysis['analysis']> = Extract<Analysis, { analysis: Name }>
export type UnitChoice = z.output<typeof units>
