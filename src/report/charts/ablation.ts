// What it costs to remove a unit: every unit in one condition, and one unit in every condition. The band behind each
// drop is the range among the units most like it, removed the same way.

import { isOutsideBand } from '../../analysis/choose-units.ts'
import type { AblationRow } from '../../analysis/results.ts'
import { shortCondition } from '../conditions.ts'
import type { Chart } from '../document.ts'
import { describeShrinkage } from '../evidence.ts'
import { fixed, points, rounded } from '../format.ts'
import { besidePoint, COLORS, INK, layerOf, ROW_AXIS, rowsHeight, spreadLabels, themed } from './theme.ts'

/** How many of the strongest units are named in a chart. */
const LABELLED = 3
/** Of the chart of every unit, and of a label, pixels. */
const HEIGHT = 220
const LABEL_HEIGHT = 13
const SERIES = { mean: 'set to mean', zero: 'set to zero' } as const
const BAND = 'comparable units'
const WITHIN = 'inside its band'

/** Drops from left to right. */
const DROP_AXIS = {
  field: 'drop',
  type: 'quantitative' as const,
  title: 'drop, points (right is worse)',
  axis: { tickCount: 6 },
}

const COLOR = {
  type: 'nominal' as const,
  scale: { domain: [SERIES.mean, SERIES.zero, BAND], range: [COLORS.blue, COLORS.orange, INK.band] },
  legend: { symbolType: 'circle' },
}

/** Every unit of one model, seed, task and condition: its drop with the mean and with zero, over its band. */
export function everyUnitChart(rows: readonly AblationRow[], name: string): Chart {
  const units = [...new Set(rows.map((row) => row.unit))]
  const position = new Map(units.map((unit, index) => [unit, index]))
  const drawn = rows.map((row) => ({ ...drawnRow(row), position: position.get(row.unit)! }))
  const means = rows.filter((row) => row.set === 'mean')
  const top = [...means].sort((a, b) => b.drop - a.drop).filter(isOutsideBand).slice(0, LABELLED).map((row) => row.unit)
  const tops = drawn.filter((row) => row.series === SERIES.mean && top.includes(row.unit))
  const x = {
    field: 'position',
    type: 'quantitative' as const,
    title: `units ${units[0]} to ${units[units.length - 1]}`,
    scale: { domain: [-1, units.length], nice: false },
    axis: { grid: false, tickCount: 6, tickMinStep: 1 },
  }
  const y = { field: 'drop', type: 'quantitative' as const, title: 'drop, points' }
  const color = { ...COLOR, field: 'series' }
  const values = drawn.map((row) => row.drop)
  const gap = (LABEL_HEIGHT / HEIGHT) * (Math.max(...values) - Math.min(...values))
  const ofSeries = (series: string) => drawn.filter((row) => row.series === series)
  const dots = (filled: boolean) => ({
    mark: { type: 'point' as const, size: 20, filled, strokeWidth: 1.3, opacity: 1 },
    encoding: { x, y, color, tooltip: { field: 'hint' } },
  })
  return {
    name,
    title: `${titleOf(rows[0])}: ${fixed(rows[0].intact * 100, 1)} % right when intact`,
    description: describeSweep(means),
    spec: themed({
      height: HEIGHT,
      layer: [
        ...layerOf(ofSeries(drawn[0].series), {
          mark: { type: 'rule' as const, strokeWidth: 3, opacity: 1 },
          encoding: { x, y: { ...y, field: 'bandLow' }, y2: { field: 'bandHigh' }, color: { ...color, field: 'band' } },
        }),
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.quiet }, encoding: { y: { datum: 0 } } },
        ...layerOf(tops, {
          mark: { type: 'rule' as const, strokeWidth: 2, color: COLORS.blue },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        }),
        ...layerOf(ofSeries(SERIES.zero), dots(false)),
        ...layerOf(ofSeries(SERIES.mean), dots(true)),
        ...layerOf(spreadLabels(tops, (row) => row.drop, gap), {
          mark: { type: 'text' as const, ...besidePoint(`datum.position < ${units.length / 2}`) },
          encoding: { x, y: { ...y, field: 'labelY' }, text: { field: 'unit' } },
        }),
      ],
    }),
  }
}

/** Every unit in every condition: which conditions a unit matters for, and how far the other units scatter. */
export function everyConditionChart(rows: readonly AblationRow[], name: string): Chart {
  const values = rows.map((row) => ({
    label: titleOf(row),
    lane: SERIES[row.set],
    kind: isOutsideBand(row) ? SERIES[row.set] : WITHIN,
    drop: inPoints(row.drop),
    hint: `${row.unit}: ${points(row.drop)}`,
  }))
  const outside = values.filter((value) => value.kind !== WITHIN).map((value) => `${value.label}, ${value.hint}`)
  const x = DROP_AXIS
  const y = { field: 'label', type: 'nominal' as const, title: null, sort: null, axis: { ...ROW_AXIS, grid: false } }
  const color = {
    field: 'kind',
    type: 'nominal' as const,
    scale: { domain: [SERIES.mean, SERIES.zero, WITHIN], range: [COLORS.blue, COLORS.orange, INK.axis] },
    legend: { offset: 14, symbolType: 'circle', symbolOpacity: 1 },
  }
  return {
    name,
    title: `All ${new Set(rows.map((row) => row.unit)).size} units in every condition`,
    description:
      outside.length === 0
        ? 'No unit leaves the band of its comparable units in any condition.'
        : `Units outside the band of their comparable units: ${outside.join('; ')}.`,
    spec: themed({
      height: rowsHeight(values, 38),
      data: { values },
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.quiet }, encoding: { x: { datum: 0 } } },
        {
          mark: { type: 'tick', thickness: 1.4, size: 11, opacity: 0.75 },
          encoding: {
            y,
            yOffset: { field: 'lane', type: 'nominal', sort: [SERIES.mean, SERIES.zero] },
            x,
            color,
            tooltip: { field: 'hint' },
          },
        },
      ],
    }),
  }
}

/** One unit in every condition of `rows`, with intervals; the band of each drop lies behind it. */
export function oneUnitChart(rows: readonly AblationRow[], name: string): Chart {
  const values = rows.map(drawnRow)
  const x = DROP_AXIS
  const y = { field: 'label', type: 'nominal' as const, title: null, sort: null, axis: { ...ROW_AXIS, grid: false } }
  const lane = { y, yOffset: { field: 'series', type: 'nominal' as const, sort: [SERIES.mean, SERIES.zero] } }
  const color = { ...COLOR, field: 'series', legend: { ...COLOR.legend, offset: 14 } }
  return {
    name,
    title: `Unit ${rows[0].unit} in every condition`,
    description: values.map((value) => `${value.label}, ${value.hint}.`).join(' '),
    spec: themed({
      height: rowsHeight(values, 36),
      data: { values },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 9, opacity: 1 },
          encoding: {
            ...lane,
            x: { ...x, field: 'bandLow' },
            x2: { field: 'bandHigh' },
            color: { ...color, field: 'band' },
          },
        },
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.quiet }, encoding: { x: { datum: 0 } } },
        {
          mark: { type: 'rule', strokeWidth: 2 },
          encoding: { ...lane, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
        },
        { mark: { type: 'point', size: 46, opacity: 1 }, encoding: { ...lane, x, color, tooltip: { field: 'hint' } } },
      ],
    }),
  }
}

/** A row in points, rounded. */
function drawnRow(row: AblationRow) {
  return {
    unit: row.unit,
    label: titleOf(row),
    series: SERIES[row.set],
    band: BAND,
    drop: inPoints(row.drop),
    low: inPoints(row.dropLow ?? row.drop),
    high: inPoints(row.dropHigh ?? row.drop),
    bandLow: inPoints(row.bandLow),
    bandHigh: inPoints(row.bandHigh),
    hint: `${row.unit} ${SERIES[row.set]}: ${points(row.drop)}, comparable units ${range(row)}${shrinkage(row)}`,
  }
}

/** How much less it is than where the unit was chosen. */
function shrinkage(row: AblationRow): string {
  return row.shrinkage === null ? '' : `, ${describeShrinkage(row)}`
}

function describeSweep(means: readonly AblationRow[]): string {
  const best = means.reduce((most, row) => (row.drop > most.drop ? row : most))
  return (
    `Each of ${means.length} units removed alone on ${titleOf(best)}, n = ${best.n}. The largest drop with the mean ` +
    `is ${points(best.drop)} (${best.unit}); its comparable units lie at ${range(best)} points.`
  )
}

function titleOf(row: AblationRow): string {
  return shortCondition(row.task, row.condition)
}

function range(row: AblationRow): string {
  return `${fixed(row.bandLow * 100, 1)} to ${fixed(row.bandHigh * 100, 1)}`
}

function inPoints(fraction: number): number {
  return rounded(fraction * 100, 2)
}
