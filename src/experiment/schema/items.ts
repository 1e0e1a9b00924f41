// Tasks of agreement, as several analyses name them.

import * as z from 'zod'
import { list, show, text, wholeNumber } from './fields.ts'

const namedTask = z
  .string({
    error: ({ input }) =>
      typeof input === 'object' && input !== null
        ? 'own pairs are for the analysis agreement alone; here tasks have names, such as nounpp.'
        : `${show(input)} is not a text.`,
  })
  .min(1)
  .describe('A task.')

export const items = z
  .union([text('One task.').transform((task) => [task]), list(namedTask, 'tasks')])
  .describe(
    'Tasks: names of the templates in data/agreement/templates.yaml, such as simple and nounpp, brown: ' +
      'sentences of the test text, and grammar: those of a grammar, of every construction in it.',
  )

export const itemsPerCondition = wholeNumber('Items of each condition in each half of the lexicon.', 1, 100_000)
  .default(300)
