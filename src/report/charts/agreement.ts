// Accuracy by condition with its interval, beside what needs no model: the commoner number, the commoner form, the last
// noun, the 5-gram model, and chance.

import type { AgreementBaselines, AgreementRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { describeCondition, shortCondition } from '../conditions.ts'
import type { Chart } from '../document.ts'
import { fixed, percent, rounded } from '../format.ts'
import { COLORS, INK, ROW_AXIS, rowsHeight, themed } from './theme.ts'

const BASELINES: readonly { key: keyof AgreementBaselines; label: string; shape: string }[] = [
  { key: 'ngram', label: '5-gram model', shape: 'diamond' },
  { key: 'lastNoun', label: 'last noun', shape: 'triangle-up' },
  { key: 'unigram', label: 'commoner form', shape: 'square' },
  { key: 'majority', label: 'commoner number', shape: 'cross' },
]

/** One chart a model; its seeds lie beside each other in a row. */
export function agreementCharts(rows: readonly AgreementRow[]): Chart[] {
  return [...groupBy(rows, (row) => row.model)].map(([model, ofModel]) => agreementChart(model, ofModel))
}

function agreementChart(model: string, rows: readonly AgreementRow[]): Chart {
  const points = rows.map((row) => ({
    label: shortCondition(row.task, row.condition),
    seed: `seed ${row.seed}`,
    accuracy: rounded(row.accuracy * 100, 1),
    low: rounded(row.low * 100, 1),
    high: rounded(row.high * 100, 1),
    text: fixed(row.accuracy * 100, 0),
    hint: hint(row),
  }))
  const seeds = [...new Set(points.map((point) => point.seed))]
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: ROW_AXIS } as const
  const x = {
    field: 'accuracy',
    type: 'quantitative' as const,
    title: 'right, % of items',
    scale: { domain: [-1, 101], nice: false },
    axis: { grid: false, values: [0, 25, 50, 75, 100] },
  }
  const yOffset = seeds.length > 1 ? { yOffset: { field: 'seed', sort: null } } : {}
  const look = (ofModel: string, ofBaseline: (baseline: (typeof BASELINES)[number]) => string) => ({
    field: 'who',
    type: 'nominal' as const,
    scale: { domain: [model, ...BASELINES.map(({ label }) => label)], range: [ofModel, ...BASELINES.map(ofBaseline)] },
    legend: { offset: 14 },
  })
  const marks = {
    shape: look('circle', (baseline) => baseline.shape),
    fill: look(COLORS.blue, () => 'transparent'),
    stroke: look(COLORS.blue, () => INK.quiet),
  }
  return {
    name: `accuracy-${model}`,
    title: `${model}: accuracy by condition`,
    description: rows.map((row) => `${hint(row)}.`).join(' '),
    spec: themed({
      height: rowsHeight(points, seeds.length > 1 ? 14 * seeds.length + 12 : 30),
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule', strokeDash: [5, 4] }, encoding: { x: { datum: 50 } } },
        {
          data: { values: baselinePoints(rows) },
          mark: { type: 'point', size: 44, strokeWidth: 1.4, opacity: 1 },
          encoding: { y, x, ...marks },
        },
        {
          data: { values: points },
          mark: { type: 'rule', strokeWidth: 2.5, color: COLORS.blue },
          encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, ...yOffset },
        },
        {
          data: { values: points.map((point) => ({ ...point, who: model })) },
          mark: { type: 'point', size: 62, opacity: 1 },
          encoding: { y, x, ...marks, tooltip: { field: 'hint' }, ...yOffset },
        },
        {
          data: { values: points },
          mark: { type: 'text', align: 'left', dx: 12, fontWeight: 600, color: COLORS.blue },
          encoding: { y, x: { value: 'width' }, text: { field: 'text' }, ...yOffset },
        },
      ],
    }),
  }
}

/** Baselines do not depend on the seed: one point a condition. */
function baselinePoints(rows: readonly AgreementRow[]): { label: string; who: string; accuracy: number }[] {
  const byLabel = groupBy(rows, (row) => shortCondition(row.task, row.condition))
  return [...byLabel].flatMap(([label, [row]]) =>
    BASELINES.map(({ key, label: who }) => ({ label, who, accuracy: rounded(row[key] * 100, 1) })),
  )
}

function hint(row: AgreementRow): string {
  const name = describeCondition(row.condition)
  return (
    `${row.task} ${row.condition}${name ? `, ${name}` : ''}: ${percent(row.accuracy)} right ` +
    `[${fixed(row.low * 100, 1)}, ${fixed(row.high * 100, 1)}], n = ${row.n}`
  )
}
