// Which words go with which.

import * as z from 'zod'
import { text, wholeNumber } from './fields.ts'
import { modelNames as models } from './model.ts'
import { initial, resamples } from './shared.ts'

export const preferences = z.strictObject({
  analysis: z.literal('selectional-preferences'),
  models,
  pairs: text('A YAML of own crossed pairs, as data/preferences/pairs.yaml; a path relative to this file.').optional(),
  influenceItems: wholeNumber('Objects in whose sentences words are left out in turn.', 1, 100_000).default(1000),
  initial,
  resamples,
})
