// A unit word by word: the mean of one site in each condition, with a band of one standard deviation. Colour is the
// subject's number; dashes mark the conditions whose nouns disagree.

import { isIncongruent } from '../../analysis/choose-units.ts'
import type { DynamicsRow } from '../../analysis/results.ts'
import type { Chart } from '../document.ts'
import { fixed, rounded } from '../format.ts'
import { COLORS, INK, PALETTE, themed } from './theme.ts'

/** What each site is measured against: a gate half open, a state or candidate at zero. */
const REFERENCE: Readonly<Record<string, number>> = { input: 0.5, forget: 0.5, output: 0.5, update: 0.5, reset: 0.5 }

/** One unit of one site. */
export function dynamicsChart(rows: readonly DynamicsRow[], name: string): Chart {
  const quantity = rows[0].site.split('.').at(-1)!
  const conditions = [...new Set(rows.map((row) => row.condition))]
  const words = [...rows].sort((a, b) => a.position - b.position)
  const labels = [...new Map(words.map((row) => [row.position, row.word])).values()]
  const reference = REFERENCE[quantity] ?? 0
  const isGate = quantity in REFERENCE
  const values = rows.map((row) => ({
    position: row.position,
    condition: row.condition,
    mean: rounded(row.mean, 3),
    low: rounded(row.mean - row.deviation, 3),
    high: rounded(row.mean + row.deviation, 3),
    hint: `${row.word}, ${row.condition}: ${fixed(row.mean, 2)} ± ${fixed(row.deviation, 2)}, n = ${row.n}`,
  }))
  const first = words[0].position
  const x = {
    field: 'position',
    type: 'ordinal' as const,
    title: null,
    scale: { type: 'point' as const, padding: 0.3 },
    axis: {
      grid: false,
      labelAngle: -35,
      labelLimit: 80,
      labelOverlap: false,
      labelExpr: `${JSON.stringify(labels)}[datum.value - ${first}]`,
    },
  }
  const y = {
    field: 'mean',
    type: 'quantitative' as const,
    title: isGate ? 'mean, 0 to 1' : 'mean',
    axis: { tickCount: 4 },
    ...(isGate ? { scale: { domain: [0, 1], clamp: true } } : {}),
  }
  const color = {
    field: 'condition',
    type: 'nominal' as const,
    sort: null,
    scale: { domain: conditions, range: conditionColors(conditions) },
    legend: { symbolType: 'stroke', symbolStrokeWidth: 2, symbolSize: 220, symbolOpacity: 1, columns: 4 },
  }
  const dash = {
    ...color,
    scale: { domain: conditions, range: conditions.map((condition) => (isIncongruent(condition) ? [4, 3] : [1, 0])) },
  }
  return {
    name,
    title: `${quantity[0].toUpperCase()}${quantity.slice(1)}${isGate ? ' gate' : ''}`,
    description: describe(rows, conditions, quantity),
    spec: themed({
      height: 150,
      data: { values },
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.axis }, encoding: { y: { datum: reference } } },
        {
          mark: { type: 'area', opacity: 0.1 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
        },
        { mark: { type: 'line' }, encoding: { x, y, color, strokeDash: dash } },
        {
          mark: { type: 'point', size: 16, opacity: 1 },
          encoding: { x, y, color, tooltip: { field: 'hint' } },
        },
      ],
    }),
  }
}

/** Singular subjects blue, plural vermillion; other names take the palette in turn. */
export function conditionColors(conditions: readonly string[]): string[] {
  const numbers: Readonly<Record<string, string>> = { S: COLORS.blue, P: COLORS.vermillion }
  const named = conditions.every((condition) => /^[SP]{1,2}$/.test(condition))
  return conditions.map((condition, index) => (named ? numbers[condition[0]] : PALETTE[index % PALETTE.length]))
}

function describe(rows: readonly DynamicsRow[], conditions: readonly string[], quantity: string): string {
  const last = Math.max(...rows.map((row) => row.position))
  const ends = rows.filter((row) => row.position === last)
  const texts = conditions.map((condition) => {
    const row = ends.find((end) => end.condition === condition)
    return `${condition} ${row ? fixed(row.mean, 2) : 'not measured'}`
  })
  const unit = `Mean ${quantity} of unit ${rows[0].unit} at each word`
  return `${unit}. At the last word, “${ends[0].word}”: ${texts.join(', ')}.`
}
