// Which unit counts, and does the model use it? Beside it, how a bounded state comes to rest.

import { groupBy, type Row } from '../../core/rows.ts'
import { gatesChart, slopesChart, straightnessChart } from '../charts/counters.ts'
import { stepSizesChart } from '../charts/step-sizes.ts'
import { countersOf, type ModelCounters } from '../counter-units.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { withSuperscripts } from '../superscripts.ts'
import { tablesOf } from '../tables.ts'
import { describeSteps, judgeCounters, judgeUse } from '../verdicts/counters.ts'
import { kebab, mostTelling, resultsOf } from './select.ts'

export const counters: SectionBuilder = {
  name: 'counters',
  build(input) {
    const results = resultsOf(input, 'counters')
    const rows = results.flatMap((result) => result.rows)
    const models = countersOf(rows)
    if (models.length === 0) return null
    const interventions = results.flatMap((result) => result.interventions)
    const steps = results.flatMap((result) => result.steps)
    const [answer, ...remarks] = [
      ...judgeCounters(rows), ...judgeUse(rows, interventions), ...describeSteps(steps),
    ]
    const counting = models.filter(({ named, rows: own }) => named.length > 0 && Object.keys(own[0].gates).length > 0)
    const languages = [...groupBy(models, ({ language }) => language).values()]
    return {
      name: 'counters',
      title: 'Counters',
      question: 'Is there a unit that counts, and does the model use it?',
      answer,
      remarks,
      blocks: [
        ...languages.flatMap((own, index) =>
          charts(own, slopesChart, 'slopes', index > 0 ? `The same on ${withSuperscripts(own[0].language)}.` : SLOPES),
        ),
        {
          kind: 'charts',
          caption:
            'How straight every unit is: above within the training lengths, below beyond them. A unit that is ' +
            'straight only within them has not been shown to count.',
          charts: languages.map((own) => straightnessChart(own, kebab(`straightness-${own[0].language}`))),
        },
        ...charts(counting, gatesChart, 'gates',
          'Gates and candidate in the middle of each block; colour: counters, grey: all other units. A counter keeps ' +
          'its value (forget 1), writes (input 1), and adds or takes off one (candidate ±1).'),
        ...(steps.length === 0 ? [] : [{
          kind: 'charts',
          caption:
            'How much the state moves at each symbol of the first block, both axes logarithmic: the (geometric) mean ' +
            'over seeds and, with few models, their range. Where a state is at rest it no longer knows how many ' +
            'symbols came.',
          charts: [...groupBy(steps, (row) => row.language).values()].map((own) =>
            stepSizesChart(own, kebab(`steps-${own[0].language}`))),
        } as const]),
        ...tablesOf(results).map((table) => (
          { kind: 'table', table, shown: mostTelling(table, WEIGHTS[table.name] ?? (() => 0)), open: false } as const
        )),
      ],
      method:
        'A straight line is put through the value of each unit in each block against the symbols read in it, once ' +
        'for words of the training lengths and once for longer ones; the finder’s rule was fixed before results were ' +
        'seen. A unit is removed (set to its mean), frozen (kept at its first value) or shifted by some symbols’ ' +
        'worth, and the same is done to the units that do not count.',
    }
  },
}

const SLOPES =
  'The change of every unit a symbol, within the training lengths (across) and beyond them (up); one dot a unit and ' +
  'block, all seeds. A counter stays on the dashed line, away from zero; a unit that settles falls to the horizontal ' +
  'line. Colour: named by the finder. The scale is each model’s own.'

/** What makes a row worth a place in the page. */
const WEIGHTS: Readonly<Record<string, (row: Row) => number>> = {
  counters: (row) => Number(row['counter']) + Number(row['r2Outside']),
  'counters-changed': (row) => Number(row['counter']),
}

function charts(
  models: readonly ModelCounters[],
  draw: typeof slopesChart,
  prefix: string,
  caption: string,
): Block[] {
  if (models.length === 0) return []
  const drawn = models.map((model) => draw(model, kebab(`${prefix}-${model.language}-${model.model}`)))
  return [{ kind: 'charts', small: true, caption, charts: drawn }]
}
