// How do products of the state's Jacobians grow, and what does theory say?

import type { JacobianRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { mean } from '../../core/statistics/moments.ts'
import { meanInterval } from '../../core/statistics/student.ts'
import { jacobianCharts, spectrumCharts } from '../charts/gradients.ts'
import type { Block, SectionBuilder, Verdict } from '../document.ts'
import { count, fixed, interval, listed, plural } from '../format.ts'
import { tablesOf } from '../tables.ts'
import { resultsOf } from './select.ts'

export const jacobianGrowth: SectionBuilder = {
  name: 'jacobians',
  build(input) {
    const results = resultsOf(input, 'jacobians')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const [answer, ...remarks] = [...groupBy(rows, ({ model }) => model).values()].map(describe)
    return {
      name: 'jacobians',
      title: 'Jacobians',
      question: 'How fast do small changes of the state grow or shrink, and what does theory say?',
      answer,
      remarks,
      blocks: [
        ...results.flatMap(({ rows: own, spectrum }, index): Block[] => [
          {
            kind: 'charts',
            small: true,
            caption: 'Largest singular value of the Jacobian of the whole state over so many steps: mean and range ' +
              'of the seeds’ log-means. Dashed, after training: σ(U)^lag, which no product of a simple network exceeds, or ' +
              'the product of the best unit’s forget gates (of a GRU, of 1 − update), the direct way past all weights.',
            charts: jacobianCharts(own, `growth-${index + 1}`),
          },
          ...(spectrum.length === 0 ? [] : [{
            kind: 'charts' as const,
            small: true,
            caption: 'The growth rate in every direction, nats a step; the dashed line is no change.',
            charts: spectrumCharts(spectrum, `spectrum-${index + 1}`),
          }]),
        ]),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: [] }) as const),
      ],
      method:
        'The largest singular value by power iteration with products of single-step Jacobians only (Pascanu, Mikolov & ' +
        'Bengio 2013), the spectrum by QR decompositions along the way. Both depend on the text; each place is one.',
    }
  },
}

/** Growth rates at the longest lag by moment. @param rows of one model */
function describe(rows: readonly JacobianRow[]): Verdict {
  const longest = Math.max(...rows.map(({ lag }) => lag))
  const { model, places } = rows[0]
  const own = rows.filter(({ lag, growth }) => lag === longest && growth !== null)
  const texts = [...groupBy(own, ({ moment }) => moment)].map(([moment, seeds]) => {
    const rates = seeds.map(({ growth }) => growth!)
    const { low, high } = meanInterval(rates)
    return `${fixed(mean(rates), 3)}${low === null ? '' : ` ${interval(low, high, 3)}`} ${moment}`
  })
  const seeds = new Set(rows.map(({ seed }) => seed)).size
  const sentence =
    `Over ${plural(longest, 'step')} the state of ${model} stretches by at most ${listed(texts)} nats a step (n = ` +
    `${count(places)} places, ${plural(seeds, 'seed')}${seeds > 1 ? ', 95 % intervals by Student’s t over seeds' : ''}).`
  return { judgement: 'description', sentence }
}
