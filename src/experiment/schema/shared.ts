// Keys that several analyses have.

import { choice, wholeNumber } from './fields.ts'

export const initial = choice(
  'State before a stimulus: the initial state, or the state after one end of sentence.',
  'state', 'states', ['zeros', 'end-of-sentence'],
).default('end-of-sentence')

export const resamples = wholeNumber('Resamples of the bootstrap; means over seeds have 2,000.', 100).default(1000)
