// Accuracy by condition, by attractors and by distance with its interval, beside what needs no model: the commoner
// number, the commoner form, the last noun, the 5-gram model, and chance.

import type { AgreementBaselines, AgreementGroupRow, AgreementRow, AgreementShare } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { describeCondition, shortCondition } from '../conditions.ts'
import type { Chart } from '../document.ts'
import { count, fixed, percent, rounded } from '../format.ts'
import { COLORS, INK, ROW_AXIS, rowsHeight, themed } from './theme.ts'

const BASELINES: readonly { key: keyof AgreementBaselines; label: string; shape: string }[] = [
  { key: 'ngram', label: '5-gram model', shape: 'diamond' },
  { key: 'lastNoun', label: 'last noun', shape: 'triangle-up' },
  { key: 'unigram', label: 'commoner form', shape: 'square' },
  { key: 'majority', label: 'commoner number', shape: 'cross' },
]

/** `brown, 1 attractor` takes two lines, so that narrow pages keep room for the marks. */
const TWO_LINES = {
  ...ROW_AXIS, labelExpr: "split(datum.label, '\\n')", labelOffset: -6, labelFontSize: 10, labelPadding: 6,
} as const

/** Charts with more rows are set closer. */
const MANY = 16

/** One chart a model; its seeds lie beside each other in a row. */
export function agreementCharts(rows: readonly AgreementRow[]): Chart[] {
  return [...groupBy(rows, (row) => row.model)].map(([model, ofModel]) =>
    accuracyChart(model, ofModel.map(conditionPoint), { name: `accuracy-${model}`, by: 'condition' }),
  )
}

/** The same by attractors, or by distance, with the number of items. @param rows of one grouping */
export function groupCharts(rows: readonly AgreementGroupRow[]): Chart[] {
  return [...groupBy(rows, (row) => row.model)].map(([model, ofModel]) => {
    const { by, seed } = ofModel[0]
    const several = ofModel.some((row) => row.seed !== seed)
    return accuracyChart(model, ofModel.map((row) => groupPoint(row, several)), { name: `${by}-${model}`, by })
  })
}

/** A row of a table and what stands beside it in the chart. */
interface Point {
  readonly label: string
  readonly row: AgreementShare
  readonly text: string
  readonly hint: string
}

function conditionPoint(row: AgreementRow): Point {
  const name = describeCondition(row.condition)
  const place = `${row.task} ${row.condition}${name ? `, ${name}` : ''}`
  return { label: shortCondition(row.task, row.condition), row, text: wholePercent(row), hint: hint(place, row) }
}

/** @param several seeds lie beside each other, with room for one line each */
function groupPoint(row: AgreementGroupRow, several: boolean): Point {
  const text = several ? wholePercent(row) : `${wholePercent(row)}\nn ${count(row.n)}`
  return { label: `${row.task}\n${row.group}`, row, text, hint: hint(`${row.task}, ${row.group}`, row) }
}

function wholePercent({ accuracy }: AgreementShare): string {
  return fixed(accuracy * 100, 0)
}

function accuracyChart(
  model: string,
  given: readonly Point[],
  { name, by }: { readonly name: string; readonly by: string },
): Chart {
  const points = given.map(({ row, ...point }) => ({
    ...point,
    seed: `seed ${row.seed}`,
    accuracy: rounded(row.accuracy * 100, 1),
    low: rounded(row.low * 100, 1),
    high: rounded(row.high * 100, 1),
  }))
  const seeds = [...new Set(points.map((point) => point.seed))]
  const step = by !== 'condition' ? 36 : given.length > MANY ? 21 : 30
  const axis = by === 'condition' ? ROW_AXIS : TWO_LINES
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis } as const
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
    legend: { offset: 14, columnPadding: 8 },
  })
  const marks = {
    shape: look('circle', (baseline) => baseline.shape),
    fill: look(COLORS.blue, () => 'transparent'),
    stroke: look(COLORS.blue, () => INK.quiet),
  }
  return {
    name,
    title: `${model}: accuracy by ${by}`,
    description: given.map((point) => `${point.hint}.`).join(' '),
    spec: themed({
      height: rowsHeight(points, seeds.length > 1 ? 14 * seeds.length + 12 : step),
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule', strokeDash: [5, 4] }, encoding: { x: { datum: 50 } } },
        {
          data: { values: baselinePoints(given) },
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
          mark: {
            type: 'text', align: 'left', dx: 12, dy: by === 'condition' || seeds.length > 1 ? 0 : -6, lineBreak: '\n', fontWeight: 600,
            color: COLORS.blue,
          },
          encoding: { y, x: { value: 'width' }, text: { field: 'text' }, ...yOffset },
        },
      ],
    }),
  }
}

/** Baselines do not depend on the seed: one point a row of the chart. */
function baselinePoints(given: readonly Point[]): { label: string; who: string; accuracy: number }[] {
  return [...groupBy(given, ({ label }) => label)].flatMap(([label, [{ row }]]) =>
    BASELINES.map(({ key, label: who }) => ({ label, who, accuracy: rounded(row[key] * 100, 1) })),
  )
}

function hint(place: string, row: AgreementShare): string {
  const interval = `[${fixed(row.low * 100, 1)}, ${fixed(row.high * 100, 1)}]`
  return `${place}: ${percent(row.accuracy)} right ${interval}, n = ${row.n}`
}
