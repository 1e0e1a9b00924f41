// The vectors of bidirectional language models, layer by layer.

import * as z from 'zod'
import { wholeNumber } from './fields.ts'
import { modelNames as models } from './model.ts'
import { resamples } from './shared.ts'

export const contextualVectors = z.strictObject({
  analysis: z.literal('contextual-vectors'),
  models: models.describe('Bidirectional language models to look at; all of them by default.'),
  tokens: wholeNumber('Most tokens of the validation text that probes learn from, and of the test text that they are asked about.', 1000)
    .default(20_000),
  epochs: wholeNumber('How often a probe goes through its tokens.', 1).default(6),
  resamples,
})
