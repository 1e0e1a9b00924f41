// What do all units do over a long word?

import type { Trace } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { traceChart } from '../charts/traces.ts'
import type { SectionBuilder } from '../document.ts'
import { listed, plural } from '../format.ts'
import { withSuperscripts } from '../superscripts.ts'
import { tablesOf } from '../tables.ts'
import { kebab, resultsOf } from './select.ts'

export const traces: SectionBuilder = {
  name: 'traces',
  build(input) {
    const results = resultsOf(input, 'traces')
    const panels = inOrder(results.flatMap((result) => result.traces))
    if (panels.length === 0) return null
    return {
      name: 'traces',
      title: 'Traces',
      question: 'What does every unit do over a long word?',
      answer: { judgement: 'description', sentence: describe(panels) },
      remarks: [],
      blocks: [
        {
          kind: 'charts',
          caption:
            `Every unit after every symbol, at full length; colour: named as a counter, grey: all others. Vertical ` +
            `lines are the ends of blocks; the dashed one is the longest block of training.`,
          charts: panels.map((trace, index) => traceChart(trace, letterOf(index), kebab(nameOf(trace)))),
        },
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: [] }) as const),
      ],
      method:
        'The state after each symbol, the cell of an LSTM and the hidden state of the others, of one network each; ' +
        'the words are longer than any of training. One network is an example: the sections around it count over ' +
        'seeds.',
    }
  },
}

/** The languages beside each other: the first trace of each, then the second of each, and so on. */
function inOrder(traces: readonly Trace[]): Trace[] {
  const languages = [...groupBy(traces, ({ language }) => language).values()]
  const most = Math.max(0, ...languages.map((own) => own.length))
  return Array.from({ length: most }, (_, place) => languages.flatMap((own) => own.slice(place, place + 1))).flat()
}

function nameOf({ model, seed, site, word }: Trace): string {
  return `${model}-${seed}-${site}-${word}`
}

function letterOf(index: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + index)
}

function describe(traces: readonly Trace[]): string {
  const seeds = [...new Set(traces.map(({ seed }) => seed))]
  const texts = traces.map(({ model, seed, word, units }, index) => {
    const counters = units.filter(({ counter }) => counter).map(({ unit }) => unit)
    const own = seeds.length > 1 ? `, seed ${seed}` : ''
    const which = counters.length > 0 ? listed(counters) : 'none'
    return `(${letterOf(index)}) ${model}${own} on ${withSuperscripts(word)}: ${which}`
  })
  return `${plural(traces.length, 'word')}, and the units that count: ${texts.join('; ')} (seed ${seeds.join(', ')}).`
}
