// The lecture's picture: which inputs does each state still depend on?

import type { SensitivityMap } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { sensitivityChart } from '../charts/sensitivity.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { listed, plural } from '../format.ts'
import { powerOf } from '../superscripts.ts'
import { tablesOf } from '../tables.ts'
import { kebab, resultsOf } from './select.ts'

export const sensitivity: SectionBuilder = {
  name: 'sensitivity-map',
  build(input) {
    const results = resultsOf(input, 'sensitivity-map')
    const maps = results.flatMap((result) => result.maps)
    if (maps.length === 0) return null
    return {
      name: 'sensitivity-map',
      title: 'The picture',
      question: 'Which inputs does the state after each step still depend on?',
      answer: { judgement: 'description', sentence: describe(maps) },
      remarks: [],
      blocks: [
        ...results.flatMap(({ maps: own }, index) =>
          [...groupBy(own, ({ moment }) => moment)].map(([moment, ofMoment]): Block => ({
            kind: 'charts',
            small: true,
            caption: 'Darker: the state after a step depends more on that input; each map relative to its largest value, ' +
              'white from 10⁻⁶ down.',
            charts: ofMoment.map((map) => sensitivityChart(map, kebab(`${index + 1}-${map.model}-${moment}`))),
          })),
        ),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: [] }) as const),
      ],
      method:
        'The norm of the Jacobian of the top layer’s hidden state with respect to the embedding of each input before it ' +
        '(Graves 2012, chapter 4), log-mean over texts. One network of each kind is an example; the lag curves count seeds.',
    }
  },
}

/** What the first input still has after the last step, of the largest value of each map. */
function describe(maps: readonly SensitivityMap[]): string {
  const texts = maps.map(({ model, moment, steps }) => {
    const largest = Math.max(...steps.flatMap((inputs) => inputs.flatMap((value) => value ?? [])))
    const first = steps[steps.length - 1][0]
    return `${first === null ? 'nothing' : powerOf(first - largest)} (${model}, ${moment})`
  })
  const { steps, seed } = maps[0]
  return `After ${plural(steps.length, 'step')} the first input has, of the largest sensitivity, ${listed(texts)} (seed ${seed}).`
}
