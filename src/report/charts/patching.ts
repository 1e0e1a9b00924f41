// How often a preference turns when values are copied from the sentence with the other subject, word by word.

import type { PatchRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { describeCondition } from '../conditions.ts'
import type { Chart } from '../document.ts'
import { fixed, listed, percent, percentInterval, rounded } from '../format.ts'
import { COLORS, INK, layerOf, themed } from './theme.ts'

const KINDS = ['chosen units', 'a chosen unit alone', 'all other units', 'all units'] as const

/** @param rows of one trained model and one condition */
export function patchChart(rows: readonly PatchRow[], name: string): Chart {
  const together = rows.some(({ patched }) => patched === 'chosen units')
  const values = rows.map((row) => ({
    position: row.position,
    patched: row.patched,
    kind: kindOf(row, together),
    turned: rounded(row.flips * 100, 1),
    low: rounded(row.low * 100, 1),
    high: rounded(row.high * 100, 1),
    bandLow: row.bandLow === null ? null : rounded(row.bandLow * 100, 1),
    bandHigh: row.bandHigh === null ? null : rounded(row.bandHigh * 100, 1),
    hint: `${row.patched} at ${row.word}: ${percent(row.flips)} ${percentInterval(row.low, row.high)} turned, ` +
      `${percent(row.moved)} of the way`,
  }))
  const words = [...groupBy(rows, ({ position }) => String(position)).values()].map(([row]) => row)
  const labels = words.sort((a, b) => a.position - b.position).map(({ word }) => word)
  const x = {
    field: 'position',
    type: 'ordinal' as const,
    title: 'copied at',
    scale: { type: 'point' as const, padding: 0.3 },
    axis: {
      grid: false, labelAngle: -35, labelLimit: 80, labelOverlap: false,
      labelExpr: `${JSON.stringify(labels)}[datum.value - ${words[0].position}]`,
    },
  }
  const y = { field: 'turned', type: 'quantitative' as const, title: 'turned, % of items', scale: { domain: [0, 100] }, axis: { tickCount: 5 } }
  const color = {
    field: 'kind', type: 'nominal' as const, sort: null,
    scale: { domain: [...KINDS], range: [COLORS.blue, COLORS.sky, COLORS.orange, INK.quiet] },
    legend: { symbolType: 'stroke' as const, symbolStrokeWidth: 2, symbolSize: 220, symbolOpacity: 1, columns: 2 },
  }
  const dash = { ...color, scale: { domain: [...KINDS], range: [[1, 0], [1, 2], [4, 3], [6, 2]] } }
  const leading = values.filter(({ kind }) => kind === KINDS[0])
  const { condition, n } = rows[0]
  return {
    name,
    title: `${condition}, n = ${n}`,
    description: describe(rows),
    spec: themed({
      height: 190,
      data: { values },
      layer: [
        ...layerOf(leading.filter(({ bandLow }) => bandLow !== null), {
          mark: { type: 'area' as const, color: INK.band, opacity: 1, interpolate: 'linear' as const },
          encoding: { x, y: { ...y, field: 'bandLow' }, y2: { field: 'bandHigh' } },
        }),
        { mark: { type: 'line' }, encoding: { x, y, color, strokeDash: dash, detail: { field: 'patched' } } },
        ...layerOf(leading, {
          mark: { type: 'rule' as const, strokeWidth: 2, color: COLORS.blue },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        }),
        { mark: { type: 'point', size: 26, opacity: 1 }, encoding: { x, y, color, tooltip: { field: 'hint' } } },
      ],
    }),
  }
}

/** One chosen unit is all chosen units. */
function kindOf({ patched }: PatchRow, together: boolean): (typeof KINDS)[number] {
  const known = KINDS.find((kind) => kind === patched)
  return known ?? (together ? KINDS[1] : KINDS[0])
}

function describe(rows: readonly PatchRow[]): string {
  const last = Math.max(...rows.map(({ position }) => position))
  const ends = rows.filter(({ position }) => position === last)
  const texts = ends.map(({ patched, flips, moved }) => `${patched} ${percent(flips)} (${fixed(moved * 100, 0)} % of the way)`)
  return `Share of items (${describeCondition(rows[0].condition) ?? rows[0].condition}) whose preference turns, by the word at which values are copied. At the last word, “${ends[0].word}”: ${listed(texts)}.`
}
