// How well does the model predict text that it has not seen, and is that better than counting?

import type { PerplexityResult } from '../../analysis/results.ts'
import { ngramOrdersChart } from '../charts/ngram-orders.ts'
import { perplexityChart } from '../charts/perplexity.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { judgePerplexity } from '../verdicts/language.ts'
import { judgeByModel } from '../verdicts/rules.ts'
import { resultsOf } from './select.ts'

export const perplexity: SectionBuilder = {
  name: 'perplexity',
  build(input) {
    const results = resultsOf(input, 'perplexity')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const [answer, ...remarks] = judgeByModel(rows, input.models.length, judgePerplexity)
    return {
      name: 'perplexity',
      title: 'Perplexity',
      question: 'How well does the model predict unseen text, and is that better than counting?',
      answer,
      remarks,
      blocks: [
        {
          kind: 'charts',
          caption:
            'Perplexity with its 95 % interval (for a long text narrower than the dot) beside models that only count.',
          charts: [perplexityChart(rows)],
        },
        ...orderBlocks(results),
        ...tablesOf(results).map((table) => ({ kind: 'table', table }) as const),
      ],
      method:
        'Perplexity is e to the mean loss in nats per token over whole held-out documents; its interval resamples ' +
        'documents. The baselines see the same training text: word frequencies, and an interpolated Kneser–Ney ' +
        'n-gram model. For characters its contexts reach across line ends, up to the beginning of the document.',
    }
  },
}

/** For characters: how far back it pays to count. */
function orderBlocks(results: readonly PerplexityResult[]): Block[] {
  return results.flatMap(({ orders, rows }) => {
    const split = orders.some((row) => row.split === 'test') ? 'test' : 'validation'
    const counted = orders.filter((row) => row.split === split && row.bitsPerCharacter !== null)
    if (counted.length < 2) return []
    const caption = 'Each point is a model that counts how often n characters follow each other; lines are networks.'
    return [{ kind: 'charts', caption, charts: [ngramOrdersChart(counted, rows.filter((row) => row.split === split))] }]
  })
}
