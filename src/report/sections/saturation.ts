// How often are gates nearly closed or nearly open, and do cells run away?

import type { SaturationRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { saturationChart } from '../charts/saturation.ts'
import type { Block, SectionBuilder, Verdict } from '../document.ts'
import { listed, percent, plural } from '../format.ts'
import { tablesOf } from '../tables.ts'
import { bySubject, kebab, resultsOf, subjectTitle } from './select.ts'

export const saturation: SectionBuilder = {
  name: 'saturation',
  build(input) {
    const results = resultsOf(input, 'saturation')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const [answer, ...remarks] = bySubject(rows).map(describeSaturation)
    return {
      name: 'saturation',
      title: 'Gates at their ends',
      question: 'How often are gates closed or open, and do cells run away?',
      answer,
      remarks,
      blocks: [
        ...bySubject(rows.filter(({ moment }) => moment === 'trained')).map((own): Block => ({
          kind: 'charts',
          small: true,
          caption: `${subjectTitle(own[0])}, after training: one dot a unit. A gate that is always open lies at the top left, ` +
            'one that is always closed at the bottom right, one that is neither at the bottom left.',
          charts: [...groupBy(own, ({ gate }) => gate)].map(([gate, ofGate]) =>
            saturationChart(ofGate, kebab(`${own[0].model}-${own[0].seed}-${gate}`))),
        })),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: [] }) as const),
      ],
      method:
        'The share of held-out tokens at which a gate is below 0.1 (closed) or above 0.9 (open), as in Karpathy, Johnson & ' +
        'Fei-Fei (2015); a cell is far away beyond ±3, where the slope of its tanh is below 1 %.',
    }
  },
}

/** What a unit does nearly always: in more than nine tenths of the time. */
const ALWAYS = 0.9

function describeSaturation(rows: readonly SaturationRow[]): Verdict {
  const gates = groupBy(rows, ({ layer, gate }) => `${layer}.${gate}`)
  const parts = [...gates].map(([site, own]) => {
    const moments = [...groupBy(own, ({ moment }) => moment)].map(([moment, at]) => `${percent(stuck(at), 0)} ${moment}`)
    return `${site} ${listed(moments)}`
  })
  const { n } = rows[0]
  const sentence =
    `In ${subjectTitle(rows[0])}, so many units are at one end nearly always: ${parts.join('; ')} ` +
    `(in more than 90 % of n = ${plural(n, 'token')}).`
  return { judgement: 'description', sentence }
}

function stuck(rows: readonly SaturationRow[]): number {
  return rows.filter(({ low, high }) => low > ALWAYS || high > ALWAYS).length / rows.length
}
