// Analyses of what a few chosen units do for number.

import * as z from 'zod'
import { list, text, wholeNumber } from './fields.ts'
import { items, itemsPerCondition } from './items.ts'
import { modelNames as models } from './model.ts'
import { initial, resamples } from './shared.ts'
import { units } from './units.ts'

const groups = wholeNumber('Groups of units like the chosen ones that are changed as they are, for comparison.', 20)

export const verbWeights = z.strictObject({
  analysis: z.literal('verb-weights'),
  models,
  units,
  items: items.default(['nounpp']).describe('Tasks whose verbs are looked at.'),
  itemsPerCondition,
  initial,
  resamples,
  permutations: wholeNumber('Swaps of the forms of whole lemmas.', 20).default(2000),
})

export const ablationKinds = z.strictObject({
  analysis: z.literal('ablation-kinds'),
  models,
  units,
  doses: list(z.number(), 'factors')
    .default([0.75, 0.5, 0.25, -0.5, -1])
    .describe('Factors that the units are multiplied with, besides 1 (nothing is changed) and 0 (zero).'),
  groups: groups.default(1000),
  items,
  itemsPerCondition,
  initial,
  resamples,
})

export const syntaxUnits = z.strictObject({
  analysis: z.literal('syntax-units'),
  models,
  site: text('The site whose units are read, of all layers, such as hidden.').default('hidden'),
  units: units.optional().describe('Units of number whose gates are looked at: what syntax units send to them.'),
  bootstraps: wholeNumber('Bootstraps over sentences, in 80 % of which a syntax unit stands out.', 20).default(50),
  initial,
  resamples,
})

export const classifiers = z.strictObject({
  analysis: z.literal('diagnostic-classifiers'),
  models,
  sites: list(text('A site such as 0.cell, or a pattern such as cell.'), 'sites'),
  units: units.optional().describe('Units that are told in the table: are they those that a classifier picks?'),
  items: items.default(['nounpp']),
  itemsPerCondition,
  initial,
  resamples,
})

export const attribution = z.strictObject({
  analysis: z.literal('attribution'),
  models,
  items: items.default(['nounpp']),
  itemsPerCondition,
  initial,
  resamples,
})

export const patching = z.strictObject({
  analysis: z.literal('patching'),
  models,
  units,
  groups: groups.default(100),
  items: items.default(['nounpp']),
  itemsPerCondition,
  initial,
  resamples,
})
