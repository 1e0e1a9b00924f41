// How often taggers are right.

import * as z from 'zod'
import { wholeNumber } from './fields.ts'
import { modelNames as models } from './model.ts'
import { resamples } from './shared.ts'

export const tagging = z.strictObject({
  analysis: z.literal('tagging'),
  models: models.describe('Taggers to look at: models with predicts: tag; all of them by default.'),
  words: wholeNumber('Words shown of those that gain most from reading in both directions.', 0, 100).default(12),
  resamples,
})
