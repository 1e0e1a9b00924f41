// How well classifiers read the subject's number off each site, word by word, and off how few units before the verb.

import type { ClassifierRow, SparsePathRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Chart } from '../document.ts'
import { fixed, listed, percent, percentInterval, rounded } from '../format.ts'
import { COLORS, INK, layerOf, PALETTE, themed } from './theme.ts'

const LEGEND = { symbolType: 'stroke' as const, symbolStrokeWidth: 2, symbolSize: 220, symbolOpacity: 1, columns: 3 }

/** @param rows of one trained model */
export function classifiersChart(rows: readonly ClassifierRow[], name: string): Chart {
  const sites = [...new Set(rows.map(({ site }) => site))]
  const values = rows.map((row) => ({
    position: row.position,
    site: row.site,
    right: rounded(row.accuracy * 100, 1),
    low: rounded(row.low * 100, 1),
    high: rounded(row.high * 100, 1),
    untrained: rounded(row.untrained * 100, 1),
    hint: `${row.site} at ${row.word}: ${percent(row.accuracy)} ${percentInterval(row.low, row.high)}, untrained ${percent(row.untrained)}, ` +
      `selectivity ${fixed(row.selectivity * 100, 1)} points, ${fixed(row.bits, 0)} bits`,
  }))
  const words = [...groupBy(rows, ({ position }) => position).values()].map(([row]) => row).sort((a, b) => a.position - b.position)
  const x = {
    field: 'position', type: 'ordinal' as const, title: null, scale: { type: 'point' as const, padding: 0.3 },
    axis: {
      grid: false, labelAngle: -35, labelLimit: 80, labelOverlap: false,
      labelExpr: `${JSON.stringify(words.map(({ word }) => word))}[datum.value - ${words[0].position}]`,
    },
  }
  const y = { field: 'right', type: 'quantitative' as const, title: 'right, % of items whose nouns disagree', scale: { domain: [0, 100] }, axis: { tickCount: 5 } }
  const color = {
    field: 'site', type: 'nominal' as const, sort: null, legend: LEGEND,
    scale: { domain: sites, range: sites.map((_, place) => PALETTE[place % PALETTE.length]) },
  }
  const last = rows.filter(({ position }) => position === words.at(-1)!.position)
  return {
    name,
    title: 'Number, word by word',
    description: `Before the verb: ${listed(last.map((row) => `${row.site} ${percent(row.accuracy)}, untrained ${percent(row.untrained)}`))}.`,
    spec: themed({
      height: 200,
      data: { values },
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule', strokeDash: [5, 4] }, encoding: { y: { datum: 50 } } },
        { mark: { type: 'line', strokeDash: [2, 3], strokeWidth: 1.2 }, encoding: { x, y: { ...y, field: 'untrained' }, color } },
        { mark: { type: 'rule', strokeWidth: 1.6 }, encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color } },
        { mark: { type: 'line' }, encoding: { x, y, color } },
        { mark: { type: 'point', size: 26, opacity: 1 }, encoding: { x, y, color, tooltip: { field: 'hint' } } },
      ],
    }),
  }
}

/** @param path of one trained model */
export function sparseChart(path: readonly SparsePathRow[], name: string): Chart {
  const sites = [...new Set(path.map(({ site }) => site))]
  const values = path.map(({ site, kept, accuracy, chosen, units }) => ({
    site, kept, right: rounded(accuracy * 100, 1), chosen,
    hint: `${kept} of ${units} units of ${site}: ${percent(accuracy)}`,
  }))
  const x = { field: 'kept', type: 'quantitative' as const, title: 'units with a say', axis: { grid: false, tickMinStep: 1 } }
  const y = { field: 'right', type: 'quantitative' as const, title: 'right, %', scale: { domain: [0, 100] }, axis: { tickCount: 5 } }
  const color = {
    field: 'site', type: 'nominal' as const, sort: null, legend: LEGEND,
    scale: { domain: sites, range: sites.map((_, place) => PALETTE[place % PALETTE.length]) },
  }
  return {
    name,
    title: 'Fewer units, before the verb',
    description: `Under the chosen penalty: ${listed(values.filter(({ chosen }) => chosen).map(({ hint }) => hint))}.`,
    spec: themed({
      height: 200,
      data: { values },
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule', strokeDash: [5, 4], color: INK.axis }, encoding: { y: { datum: 50 } } },
        { mark: { type: 'line' }, encoding: { x, y, color, order: { field: 'kept' } } },
        { mark: { type: 'point', size: 22, opacity: 1 }, encoding: { x, y, color, tooltip: { field: 'hint' } } },
        ...layerOf(values.filter(({ chosen }) => chosen), {
          mark: { type: 'point' as const, size: 110, filled: false, strokeWidth: 2, color: COLORS.vermillion },
          encoding: { x, y },
        }),
      ],
    }),
  }
}
