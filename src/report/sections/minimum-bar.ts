// Is there a number unit, by everything that was measured?

import { groupBy, type Row, type Table } from '../../core/rows.ts'
import { barChart } from '../charts/minimum-bar.ts'
import type { SectionBuilder } from '../document.ts'
import { applyBar, passesBar, POINTS, type BarResult } from '../minimum-bar.ts'
import { judgeBar } from '../verdicts/minimum-bar.ts'
import { kebab } from './select.ts'

export const minimumBar: SectionBuilder = {
  name: 'minimum-bar',
  build(input) {
    const kinds = new Set(input.results.map(({ analysis }) => analysis))
    if (!(['ablation-sweep', 'ablation-kinds', 'generalization', 'patching', 'verb-weights'] as const).every((kind) => kinds.has(kind))) return null
    const results = applyBar(input.results)
    if (results.length === 0) return null
    const [answer, ...remarks] = judgeBar(results, input.models.length)
    return {
      name: 'minimum-bar',
      title: 'Number units',
      question: 'In how many networks is there a number unit, by all that was measured?',
      answer,
      remarks,
      blocks: [
        {
          kind: 'charts',
          caption: 'A column a network, a row a point: blue is met, red is not, grey was not asked. Numbers are in the table.',
          charts: [...groupBy(results, ({ model }) => model)].map(([model, own]) => barChart(own, kebab(model))),
        },
        { kind: 'table', table: tableOf(results), open: true },
      ],
      method:
        'The unit, of all of the network, and the condition, one in which nouns disagree, are those whose drop, set to the mean and to ' +
        'zero, stands out most on the half of the lexicon that chooses; both, and the thresholds, are in choices.json before the other half is looked at, of which every number ' +
        'is, so that each network is asked once. “Found” needs more than half of the networks. The points: a drop of at least 10 ' +
        'points with either value and p < 0.05, corrected over the confirmed units and all conditions; three times the largest of the 20 units most like it; less than 5 points where no noun stands between and, on ' +
        'ordinary text, at most the median of units like it and two standard deviations; an AUC of at least 0.95 at every word ' +
        'up to the verb; decoder weights that separate the two forms of verbs with at least 0.9; and its value, copied from the ' +
        'sentence with the other subject, turns at least 30 % of the choices. A unit below the top layer is not read by the decoder. In a ' +
        'small language nearly every sentence has a verb that agrees, so that a unit of number costs loss on ordinary text, too.',
    }
  },
}

const COLUMNS = POINTS.map((name, place) => ({ key: `point${place}`, title: name[0].toUpperCase() + name.slice(1) }))

function tableOf(results: readonly BarResult[]): Table {
  return {
    name: 'minimum-bar',
    title: 'Every network, point by point (✗ is not met)',
    columns: [
      { key: 'model', title: 'Model' }, { key: 'seed', title: 'Seed', digits: 0 }, { key: 'unit', title: 'Unit' },
      { key: 'condition', title: 'Condition' }, ...COLUMNS, { key: 'passes', title: 'Passes' },
    ],
    rows: results.map((result): Row => ({
      model: result.model,
      seed: result.seed,
      unit: result.unit ?? 'none stood out',
      condition: result.condition,
      ...Object.fromEntries(COLUMNS.map(({ key }, place) => {
        const point = result.points[place]
        return [key, point === undefined ? null : `${point.value}${point.met === false ? ' ✗' : ''}`]
      })),
      passes: passesBar(result),
    })),
  }
}
