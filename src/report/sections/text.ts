// What does a unit look like on sentences?

import type { ColoredText } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { fixed, listed, plural } from '../format.ts'
import { tablesOf } from '../tables.ts'
import { headlineFirst, resultsOf } from './select.ts'

export const text: SectionBuilder = {
  name: 'text',
  build(input) {
    const results = resultsOf(input, 'text')
    const texts = headlineFirst(input, results.flatMap((result) => result.texts))
    if (texts.length === 0) return null
    const figures = figuresOf(texts)
    const passages = figures.reduce((sum, { texts: [{ passages: own }] }) => sum + own.length, 0)
    return {
      name: 'text',
      title: 'Coloured text',
      question: 'What does the unit look like on sentences?',
      answer: {
        judgement: 'description',
        sentence:
          `${plural(passages, 'passage')} coloured by ${unitsOf(texts)}. Examples show what a unit may do; they prove ` +
          'nothing: the sections above count.',
      },
      remarks: [],
      blocks: [
        ...figures,
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: [] }) as const),
      ],
      method:
        'Each token is coloured by the value of the unit after the model has read it, for a cell by its tanh; white is ' +
        'zero, or for gates one half. Surprisal is −log of the probability that the model gave the token before reading it, in nats.',
    }
  },
}

type Figure = Extract<Block, { kind: 'colored-text' }>

/** One for the same passages, whatever unit colours them. */
export function figuresOf(texts: readonly ColoredText[]): Figure[] {
  const same = groupBy(texts, ({ passages }) => JSON.stringify(passages.map(({ tokens }) => tokens)))
  return [...same.values()].map((own): Figure => ({ kind: 'colored-text', texts: own }))
}

const MOST_NAMED = 4

function unitsOf(texts: readonly ColoredText[]): string {
  if (texts.length > MOST_NAMED) {
    const models = new Set(texts.map(({ model, seed }) => `${model} ${seed}`)).size
    return `any of ${plural(texts.length, 'unit')} of ${plural(models, 'model')}`
  }
  return listed(texts.map(({ unit, low, high }) => `${unit} (${fixed(low, 2)} to ${fixed(high, 2)} in recorded text)`))
}
