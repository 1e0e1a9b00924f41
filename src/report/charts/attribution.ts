// What every part adds to the margin, by every method; and the number that is there without words.

import type { AttributionRow, DefaultNumberRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { mean } from '../../core/statistics/moments.ts'
import { describeCondition } from '../conditions.ts'
import type { Chart } from '../document.ts'
import { fixed, interval, listed, rounded } from '../format.ts'
import { methodName } from '../verdicts/attribution.ts'
import { COLORS, fieldText, INK, ROW_AXIS, rowsHeight, themed } from './theme.ts'

/** @param rows of one condition of one trained model */
export function partsChart(rows: readonly AttributionRow[], name: string): Chart {
  const parts = [...groupBy(rows, nameOf).keys()]
  const values = rows.map((row) => ({
    part: nameOf(row),
    label: methodName(row),
    value: rounded(row.contribution, 2),
    text: fixed(row.contribution, 1),
    hint: `${methodName(row)}, ${nameOf(row)}: ${fixed(row.contribution, 2)} ${interval(row.low, row.high, 2)} nats`,
  }))
  const largest = Math.max(...rows.filter(({ role }) => role !== 'left over').map(({ contribution }) => Math.abs(contribution)))
  const x = {
    field: 'part', type: 'nominal' as const, sort: parts, title: 'part',
    scale: { type: 'band' as const, padding: 0 }, axis: { labelAngle: -30, labelLimit: 110, labelOverlap: false, grid: false, domain: false, ticks: false },
  }
  const y = { field: 'label', type: 'nominal' as const, sort: null, title: null, scale: { type: 'band' as const, padding: 0 }, axis: { ...ROW_AXIS, grid: false } }
  const color = {
    field: 'value', type: 'quantitative' as const, legend: null,
    scale: { domain: [-largest, 0, largest], range: [COLORS.vermillion, '#ffffff', COLORS.blue], interpolate: 'rgb' as const, clamp: true },
  }
  const { condition, n } = rows[0]
  return {
    name,
    title: `${condition}, n = ${n}`,
    description: describe(rows),
    spec: themed({
      height: rowsHeight(values, 28),
      data: { values },
      layer: [
        { mark: { type: 'rect', stroke: INK.grid }, encoding: { x, y, color, tooltip: { field: 'hint' } } },
        {
          mark: fieldText(parts.length),
          encoding: {
            x, y, text: { field: 'text' },
            color: { condition: { test: `abs(datum.value) > ${0.6 * largest}`, value: '#ffffff' }, value: INK.text },
          },
        },
      ],
    }),
  }
}

/** Two words of one slot are told apart by their places. */
function nameOf({ part, position }: AttributionRow): string {
  return position === null ? part : `${position + 1} ${part}`
}

function describe(rows: readonly AttributionRow[]): string {
  const methods = [...groupBy(rows, methodName)].map(([method, own]) => {
    const largest = own.reduce((most, row) => (Math.abs(row.contribution) > Math.abs(most.contribution) ? row : most))
    return `${method}: ${nameOf(largest)} ${fixed(largest.contribution, 1)}`
  })
  return `What each part adds to the margin, nats (${describeCondition(rows[0].condition) ?? rows[0].condition}); the largest by ${listed(methods)}.`
}

/** Every seed of every model, by method. */
export function defaultChart(rows: readonly DefaultNumberRow[], name: string): Chart {
  const values = rows.map((row) => ({
    label: row.model,
    method: methodName(row),
    value: rounded(row.toPlural, 2),
    hint: `${row.model}, seed ${row.seed}, ${methodName(row)}: ${fixed(row.toPlural, 2)} ${interval(row.low, row.high, 2)} nats`,
  }))
  const methods = [...groupBy(rows, methodName).keys()]
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: ROW_AXIS } as const
  const x = { field: 'value', type: 'quantitative' as const, title: 'towards the plural without any word, nats', axis: { grid: false, tickCount: 6 } }
  const scale = { domain: methods, range: [COLORS.vermillion, COLORS.orange, COLORS.green, COLORS.blue] }
  const legend = { offset: 14, columns: 3, symbolOpacity: 1 }
  return {
    name,
    title: 'What number is there without words',
    description: [...groupBy(values, ({ label, method }) => `${label}, ${method}`)]
      .map(([who, own]) => `${who}: mean ${fixed(mean(own.map(({ value }) => value)), 1)} nats towards the plural.`)
      .join(' '),
    spec: themed({
      height: rowsHeight(values, 54),
      data: { values },
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule' }, encoding: { x: { datum: 0 } } },
        {
          mark: { type: 'point', size: 46, opacity: 0.8 },
          encoding: {
            y, yOffset: { field: 'method', sort: methods }, x,
            color: { field: 'method', type: 'nominal', scale, legend },
            shape: { field: 'method', type: 'nominal', scale: { domain: methods, range: ['triangle-up', 'square', 'diamond', 'circle'] }, legend },
            tooltip: { field: 'hint' },
          },
        },
      ],
    }),
  }
}
