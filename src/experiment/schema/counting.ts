// Analyses of models that were trained on a counting language.

import * as z from 'zod'
import { choice, list, mustBe, wholeNumber } from './fields.ts'
import { modelNames as models } from './model.ts'

const longest = wholeNumber('The largest n that is looked at.', 1, 1_000_000).default(1000)

const above = mustBe('a number above 0 and below 1')
const threshold = z.number({ error: above }).gt(0, { error: above }).lt(1, { error: above }).describe('A probability.')

/** How far a model counts. */
export const counting = z.strictObject({
  analysis: z.literal('counting'),
  models,
  longest,
  thresholds: list(threshold, 'thresholds')
    .default([0.01, 0.005])
    .describe('A word is accepted where each of its symbols and its end is more probable (Weiss et al. 2018).'),
  offsets: list(wholeNumber('Symbols that the last block is too long or too short by.', 1, 1000), 'offsets')
    .default([1, 2, 3, 5])
    .describe('Wrong words x^n … y^(n + d) that should not be accepted, for d of both signs.'),
})

const shiftOf = mustBe('a whole number other than 0')

/** Which units count, and what becomes of the model without them. */
export const counters = z.strictObject({
  analysis: z.literal('counters'),
  models,
  longest: longest.describe('Symbols over which the moves of the state are measured.'),
  shifts: list(z.number({ error: shiftOf }).int({ error: shiftOf }).refine((shift) => shift !== 0, { error: shiftOf }), 'shifts')
    .default([5, -5])
    .describe('Symbols that a counter is moved by between two blocks: the model should then be off by as many.'),
})

/** Every unit of the state over one long word. */
export const traces = z.strictObject({
  analysis: z.literal('traces'),
  models,
  n: wholeNumber('The n of the word.', 1, 100_000).default(1000),
})

export const PRECISIONS = ['bfloat16', 'float16', 'int8', 'times 2', 'times 5', 'times 10', 'times 100'] as const

/** How far a model counts with fewer bits, or with larger weights. */
export const precision = z.strictObject({
  analysis: z.literal('precision'),
  models,
  longest,
  changes: list(choice('A change of all weights.', 'change', 'changes', PRECISIONS), 'changes')
    .default([...PRECISIONS])
    .describe('Weights and state rounded to fewer bits, or weights multiplied (Merrill et al. 2020).'),
})
