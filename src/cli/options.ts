// Options that several commands share, described once.

import { STORE } from '../experiment/find.ts'

export const ENGINE = {
  describe: 'What computes: the compiled kernels, or TensorFlow.js (slow; for small models, and without a compiler)',
  choices: ['native', 'tfjs'] as const,
}

export const THREADS = {
  describe: 'Threads of the native engine; the number of cores by default. Never changes a result',
  type: 'number' as const,
  requiresArg: true,
  coerce: (value: number | undefined) => {
    if (value === undefined || Array.isArray(value) || (Number.isInteger(value) && value >= 1)) return value
    throw new Error('--threads: give a whole number from 1 up.')
  },
}

export const STORE_OPTION = {
  describe: `Where trained models are kept; ${STORE} by default`,
  type: 'string' as const,
  requiresArg: true,
}

export const MODEL = {
  describe: 'RUN/MODEL[/SEED], as in agreement/lstm, an imported model, or a model file',
  type: 'string' as const,
  demandOption: true as const,
}

export const RUN = {
  describe: 'The name of a run in reports/, or its directory',
  type: 'string' as const,
  demandOption: true as const,
}

export const STATE = {
  describe: 'What the model has read before: nothing, or one end of sentence',
  choices: ['end-of-sentence', 'zeros'] as const,
  default: 'end-of-sentence' as const,
}
