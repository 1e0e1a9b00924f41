// The vectors of bidirectional language models, layer by layer.

import * as z from 'zod'
import { wholeNumber } from './fields.ts'
import { modelNames as models } from './model.ts'
import { resamples } from './shared.ts'

export const contextualVectors = z.strictObject({
  analysis: z.literal('contextual-vectors'),
  models: models.describe('Bidirectional language models to look at; all of them by default.'),
  tokens: wholeNumber('Most tokens that probes learn from, of the validation text, and are asked about, of the test text.', 1000)
    .default(20_000),
  epochs: wholeNumber('How often a probe goes through its tokens.', 1).default(6),
  resamples,
})
