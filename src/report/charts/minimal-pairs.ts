// How often the right one of two sentences is preferred, group by group, beside models that count and beside what the file
// says of others.

import type { PairShareRow, PublishedRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Chart } from '../document.ts'
import { count, percent, percentInterval, rounded } from '../format.ts'
import { COLORS, INK, layerOf, ROW_AXIS, rowsHeight, themed } from './theme.ts'

/** More groups than these are in the table. */
const MOST_GROUPS = 24
/** More columns of a file than these are in the table. */
const MOST_SOURCES = 2

/** One chart a model and file; seeds lie beside each other in a row. */
export function pairCharts(rows: readonly PairShareRow[], published: readonly PublishedRow[]): Chart[] {
  return [...groupBy(rows, ({ model, task }) => `${model}-${task}`)].map(([name, own]) =>
    shareChart(name, own, published.filter(({ task }) => task === own[0].task)))
}

function shareChart(name: string, rows: readonly PairShareRow[], published: readonly PublishedRow[]): Chart {
  const { model, task } = rows[0]
  const groups = [...groupBy(rows, labelOf)].slice(0, MOST_GROUPS)
  const drawn = groups.flatMap(([, own]) => own)
  const points = drawn.map((row) => ({
    label: labelOf(row),
    seed: `seed ${row.seed}`,
    who: model,
    right: rounded(row.right * 100, 1),
    low: rounded(row.low * 100, 1),
    high: rounded(row.high * 100, 1),
    hint: hintOf(row),
  }))
  const sources = [...new Set(published.map(({ source }) => source))].slice(0, MOST_SOURCES)
  const others = [
    ...groups.flatMap(([label, [row]]) => [
      { label, who: '5-gram model', right: rounded(row.ngram * 100, 1) },
      { label, who: 'unigram model', right: rounded(row.unigram * 100, 1) },
    ]),
    ...published.filter(({ source }) => sources.includes(source)).flatMap((row) => {
      const own = groups.find(([, [{ by, group }]]) => by === row.by && group === row.group)
      return own ? [{ label: own[0], who: row.source, right: rounded(row.right * 100, 1) }] : []
    }),
  ]
  const seeds = new Set(points.map(({ seed }) => seed)).size
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: { ...ROW_AXIS, labelLimit: 170 } } as const
  const yOffset = seeds > 1 ? { yOffset: { field: 'seed', sort: null } } : {}
  const x = {
    field: 'right', type: 'quantitative' as const, title: 'right, % of pairs', scale: { domain: [0, 101], nice: false },
    axis: { grid: false, values: [0, 25, 50, 75, 100] },
  }
  const who = [model, '5-gram model', 'unigram model', ...sources]
  const look = (range: readonly string[]) => ({
    field: 'who', type: 'nominal' as const, legend: { offset: 14, columns: 1, labelLimit: 150 }, scale: { domain: who, range: range.slice(0, who.length) },
  })
  const marks = {
    shape: look(['circle', 'diamond', 'square', 'triangle-up', 'triangle-down']),
    fill: look([COLORS.blue, 'transparent', 'transparent', 'transparent', 'transparent']),
    stroke: look([COLORS.blue, INK.quiet, INK.quiet, COLORS.vermillion, COLORS.vermillion]),
  }
  return {
    name,
    title: `${model}: ${task}`,
    description: drawn.map((row) => `${row.group}: ${hintOf(row)}.`).join(' '),
    spec: themed({
      height: rowsHeight(points, seeds > 1 ? 14 * seeds + 16 : 34),
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule', strokeDash: [5, 4] }, encoding: { x: { datum: 50 } } },
        ...layerOf(others, {
          mark: { type: 'point' as const, size: 44, strokeWidth: 1.4, opacity: 1, tooltip: true },
          encoding: { y, x, ...marks },
        }),
        {
          data: { values: points },
          mark: { type: 'rule', strokeWidth: 2.5, color: COLORS.blue },
          encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, ...yOffset },
        },
        {
          data: { values: points },
          mark: { type: 'point', size: 62, opacity: 1 },
          encoding: { y, x, ...marks, tooltip: { field: 'hint' }, ...yOffset },
        },
      ],
    }),
  }
}

/** `SP, n 600`; of another column with its name. */
function labelOf({ by, group, n }: PairShareRow): string {
  return `${by === 'all' || by === 'condition' ? group || 'no condition' : `${by} ${group}`}, n ${count(n)}`
}

function hintOf({ right, low, high, n }: PairShareRow): string {
  return `${percent(right)} right ${percentInterval(low, high)}, n = ${count(n)}`
}
