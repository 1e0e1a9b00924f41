// How often tags are right, kind of token by kind of token: every tagger beside the most frequent tag; and words one by one.

import type { TaggedWordRow, TaggingRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Chart } from '../document.ts'
import { count, percent, percentInterval, rounded } from '../format.ts'
import { COLORS, INK, layerOf, PALETTE, ROW_AXIS, rowsHeight, themed } from './theme.ts'

const BASELINE = 'most frequent tag'

const X = {
  field: 'right', type: 'quantitative', title: 'right, % of tokens', scale: { zero: false, padding: 12, nice: false },
} as const

const LABELS: Readonly<Record<TaggingRow['group'], string>> = {
  all: 'all tokens', ambiguous: 'ambiguous words', unambiguous: 'words of one tag', unknown: 'unknown words',
}

/** One chart; models have colours of their own, seeds lie beside each other in a row. */
export function taggingChart(rows: readonly TaggingRow[]): Chart {
  const models = [...new Set(rows.map(({ model }) => model))]
  const labelOf = ({ group, n }: TaggingRow) => `${LABELS[group]}, n ${count(n)}`
  const points = rows.map((row) => ({
    label: labelOf(row),
    who: row.model,
    lane: `${row.model} ${row.seed}`,
    right: rounded(row.right * 100, 2),
    low: row.low === null ? null : rounded(row.low * 100, 2),
    high: row.high === null ? null : rounded(row.high * 100, 2),
    hint: `${row.model}, seed ${row.seed}: ${percent(row.right)} ${percentInterval(row.low, row.high)}`,
  }))
  const baselines = [...groupBy(rows, labelOf)].map(([label, [row]]) => (
    { label, who: BASELINE, right: rounded(row.baseline * 100, 2), hint: `${BASELINE}: ${percent(row.baseline)}` }
  ))
  const lanes = new Set(points.map(({ lane }) => lane)).size
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: TWO_LINES } as const
  const yOffset = lanes > 1 ? { yOffset: { field: 'lane', sort: null } } : {}
  const who = [...models, BASELINE]
  const look = (range: readonly string[]) => (
    { field: 'who', type: 'nominal' as const, legend: { offset: 14 }, scale: { domain: who, range: [...range] } }
  )
  const color = look([...models.map((_, index) => PALETTE[index % PALETTE.length]), INK.quiet])
  const shape = look([...models.map(() => 'circle'), 'diamond'])
  return {
    name: 'tagging',
    title: 'Tags that are right',
    description: [...points, ...baselines].map(({ label, hint }) => `${label}: ${hint}.`).join(' '),
    spec: themed({
      height: rowsHeight(points, 16 * lanes + 22),
      layer: [
        ...layerOf(points.filter(({ low }) => low !== null), {
          mark: { type: 'rule' as const, strokeWidth: 2.5 },
          encoding: { y, x: { ...X, field: 'low' }, x2: { field: 'high' }, color, ...yOffset },
        }),
        {
          data: { values: points },
          mark: { type: 'point', size: 62, opacity: 1 },
          encoding: { y, x: X, color, shape, tooltip: { field: 'hint' }, ...yOffset },
        },
        {
          data: { values: baselines },
          mark: { type: 'point', size: 62, opacity: 1 },
          encoding: { y, x: X, color, shape, tooltip: { field: 'hint' } },
        },
      ],
    }),
  }
}

/** `ambiguous words, n 95,000` takes two lines. */
const TWO_LINES = {
  ...ROW_AXIS, labelExpr: "split(datum.label, ', ')", labelOffset: -6, labelFontSize: 10.5, labelLimit: 220,
} as const

const WAYS = [
  { key: 'baseline', who: BASELINE, shape: 'diamond', color: INK.quiet },
  { key: 'rightAgainst', who: 'left to right', shape: 'square', color: COLORS.vermillion },
  { key: 'right', who: 'both ends', shape: 'circle', color: COLORS.blue },
] as const

/** The words of one pair of taggers, the largest gain in the test text first. */
export function wordChart(rows: readonly TaggedWordRow[]): Chart {
  const [{ model, against, seed }] = rows
  const sorted = [...rows].sort((a, b) => b.right - b.rightAgainst - (a.right - a.rightAgainst))
  const values = sorted.flatMap((row) => WAYS.map(({ key, who }) => (
    { label: `${row.word}, n ${count(row.n)}`, who, right: rounded(row[key] * 100, 1) }
  )))
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: ROW_AXIS } as const
  const look = (range: readonly string[]) => ({
    field: 'who', type: 'nominal' as const, legend: { offset: 14 },
    scale: { domain: WAYS.map(({ who }) => who), range: [...range] },
  })
  return {
    name: `tagging-words-${model}-${against}-${seed}`,
    title: `Words: ${model} beside ${against}`,
    description: sorted
      .map((row) => `${row.word}: ${percent(row.right)}, ${percent(row.rightAgainst)} left to right, ${percent(row.baseline)} counted.`)
      .join(' '),
    spec: themed({
      height: rowsHeight(values, 24),
      data: { values },
      layer: [{
        mark: { type: 'point', size: 62, opacity: 1, tooltip: true },
        encoding: { y, x: X, color: look(WAYS.map(({ color }) => color)), shape: look(WAYS.map(({ shape }) => shape)) },
      }],
    }),
  }
}
