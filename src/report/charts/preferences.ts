// How often the word that fits is preferred, beside models that only count; and what the words before an object
// contribute to it.

import type { InfluenceRow, PreferenceRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Chart } from '../document.ts'
import { count, fixed, percent, percentInterval, rounded } from '../format.ts'
import { quiet, shareChart } from './shares.ts'
import { COLORS, layerOf, ROW_AXIS, rowsHeight, themed } from './theme.ts'

const BASELINES = [
  { key: 'ngram', label: '5-gram model', shape: 'diamond' },
  { key: 'counted', label: 'counted with the verb', shape: 'triangle-up' },
  { key: 'unigram', label: 'unigram model', shape: 'square' },
] as const

/** One chart a model and task; seeds lie beside each other in a row. */
export function preferenceCharts(rows: readonly PreferenceRow[]): Chart[] {
  return [...groupBy(rows, ({ model, task }) => `${model}-${task}`)].map(([name, own]) => chartOf(name, own))
}

function chartOf(name: string, rows: readonly PreferenceRow[]): Chart {
  const { model, task } = rows[0]
  const shown = BASELINES.filter(({ key }) => rows.some((row) => row[key] !== null))
  return shareChart({
    name,
    title: `${model}: ${task === 'crossed' ? 'crossed pairs' : 'verbs and their objects'}`,
    description: rows.map((row) => `${row.group}: ${hintOf(row)}.`).join(' '),
    model,
    of: 'right, % of items',
    points: rows.map((row) => ({
      label: labelOf(row),
      seed: `seed ${row.seed}`,
      right: rounded(row.right * 100, 1),
      low: rounded(row.low * 100, 1),
      high: rounded(row.high * 100, 1),
      hint: hintOf(row),
    })),
    others: [...groupBy(rows, labelOf)].flatMap(([label, [row]]) =>
      shown.map(({ key, label: who }) => ({ label, who, right: rounded(row[key]! * 100, 1) })),
    ),
    looks: shown.map(({ label, shape }) => quiet(label, shape)),
    axis: TWO_LINES,
    rowHeight: 38,
  })
}

function labelOf({ group, n }: PreferenceRow): string {
  return `${group}, n ${count(n)}`
}

/** `2 words between, n 499` takes two lines. */
const TWO_LINES = { labelExpr: "split(datum.label, ', ')", labelOffset: -6, labelFontSize: 10.5, labelLimit: 220 } as const

const MEASURES = ['left out', 'gradient times embedding'] as const

/** One chart a trained model; by kind of word. */
export function influenceChart(rows: readonly InfluenceRow[], name: string, heading: string): Chart {
  const values = rows.flatMap((row) => [
    { label: row.role, who: MEASURES[0], mean: row.deletion, low: row.deletionLow, high: row.deletionHigh },
    { label: row.role, who: MEASURES[1], mean: row.attribution, low: row.attributionLow, high: row.attributionHigh },
  ])
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: { ...ROW_AXIS, labelLimit: 220 } } as const
  const yOffset = { field: 'who', sort: [...MEASURES], scale: { paddingInner: 0.5 } }
  const x = {
    field: 'mean', type: 'quantitative' as const, title: 'nats of the margin that the word contributes',
    axis: { grid: false, tickCount: 5 },
  }
  const color = {
    field: 'who', type: 'nominal' as const, legend: { offset: 14 },
    scale: { domain: [...MEASURES], range: [COLORS.blue, COLORS.vermillion] },
  }
  const shape = { ...color, scale: { domain: [...MEASURES], range: ['circle', 'diamond'] } }
  const bounded = values.filter(({ low }) => low !== null)
  return {
    name,
    title: heading,
    description: rows
      .map((row) => `${row.role}: ${fixed(row.deletion, 2)} nats left out, ${fixed(row.attribution, 2)} by its gradient.`)
      .join(' '),
    spec: themed({
      height: rowsHeight(values, 44),
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule' }, encoding: { x: { datum: 0 } } },
        ...layerOf(bounded, {
          mark: { type: 'rule' as const, strokeWidth: 2.5 },
          encoding: { y, yOffset, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
        }),
        {
          data: { values },
          mark: { type: 'point', size: 62, opacity: 1, tooltip: true },
          encoding: { y, yOffset, x, color, shape },
        },
      ],
    }),
  }
}

function hintOf({ right, low, high, n }: PreferenceRow): string {
  return `${percent(right)} right ${percentInterval(low, high)}, n = ${count(n)}`
}
