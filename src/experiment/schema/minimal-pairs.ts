// Minimal pairs from files.

import * as z from 'zod'
import { PAIR_FORMAT_NAMES } from '../../tasks/minimal-pairs/formats.ts'
import { SCORINGS, UNKNOWN_POLICIES } from '../../tasks/minimal-pairs/known.ts'
import { choice, list, text } from './fields.ts'
import { modelNames as models } from './model.ts'
import { initial, resamples } from './shared.ts'

/** A file of minimal pairs. */
export const pairFile = z.strictObject({
  file: text('A file of minimal pairs; a path relative to this file.'),
  format: choice('What the file is; found out by default.', 'format', 'formats', PAIR_FORMAT_NAMES).optional(),
})

export const minimalPairs = z.strictObject({
  analysis: z.literal('minimal-pairs'),
  models,
  items: list(pairFile, 'files').describe('Files of minimal pairs: of Lakretz et al., Linzen et al., Gulordava et al., BLiMP, or your own.'),
  by: list(text('A column.'), 'columns').default(['condition'])
    .describe('What groups the pairs: condition, or columns of the file, such as [number, type].'),
  scoring: choice(
    'The word that decides, or whole sentences; the word where one decides every pair, by default.', 'scoring', 'scorings', SCORINGS,
  ).optional(),
  unknown: choice(
    'Pairs with words that the model does not know: left out, or read with its placeholder.', 'policy', 'policies', UNKNOWN_POLICIES,
  ).default('placeholder'),
  initial,
  resamples,
})
