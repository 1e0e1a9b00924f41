// How far back a loss, a state and a margin depend on what was read.

import * as z from 'zod'
import { items, itemsPerCondition } from './items.ts'
import { choice, list, text, wholeNumber } from './fields.ts'
import { modelNames as models } from './model.ts'
import { initial, resamples } from './shared.ts'

const MOMENTS = ['untrained', 'half way', 'trained'] as const

export const moments = list(choice('A moment of training.', 'moment', 'moments', MOMENTS), 'moments')
  .default([...MOMENTS])
  .describe(
    'With the weights before training, half way, and after it. Half way needs "snapshots: [0.5]" in the training ' +
      'section and is left out without it.',
  )

const longestLag = wholeNumber('The farthest step back that is looked at.', 1, 10_000).default(100)

/** The gradient of one token's loss against the lag, and what another token there does to the loss. */
export const lagCurves = z.strictObject({
  analysis: z.literal('lag-curves'),
  models,
  moments,
  sites: list(text('A site such as hidden, or a pattern.'), 'sites')
    .default(['hidden', 'cell'])
    .describe('States that the gradient is taken of; cell is left out of the curves of cells that have none.'),
  longestLag,
  places: wholeNumber('Tokens whose loss is differentiated.', 1, 100_000).default(200),
  effects: list(wholeNumber('A lag.', 0, 10_000), 'lags')
    .default([1, 10, 50])
    .describe('Lags at which another token is put, to measure what the loss depends on it; at most the longest.'),
  initial,
  resamples,
})

/** How much each hidden state depends on each input before it (Graves 2012). */
export const sensitivityMap = z.strictObject({
  analysis: z.literal('sensitivity-map'),
  models,
  moments,
  steps: wholeNumber('Tokens from the beginning of each text.', 2, 500).default(50),
  texts: wholeNumber('Texts that the mean is taken over; the tokens of a single one are shown.', 1, 1000).default(1),
  initial,
})

/** How products of the state's Jacobians grow (Pascanu et al. 2013). */
export const jacobians = z.strictObject({
  analysis: z.literal('jacobians'),
  models,
  moments,
  longestLag,
  places: wholeNumber('Tokens before which products end.', 1, 10_000).default(20),
  initial,
})

/** The margin of the right verb traced back to the words before it. */
export const marginTrace = z.strictObject({
  analysis: z.literal('margin-trace'),
  models,
  moments: moments.default(['untrained', 'trained']),
  sites: list(text('A site such as embedding, or a pattern.'), 'sites').default(['embedding', 'hidden']),
  items,
  itemsPerCondition,
  initial,
  resamples,
})
