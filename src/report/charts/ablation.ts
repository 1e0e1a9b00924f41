// What it costs to remove a unit: every unit in one condition, and one unit in every condition. The band behind each drop
// is the range among the units most like it, removed the same way.

import type { AblationRow } from '../../analysis/results.ts'
import { shortCondition } from '../conditions.ts'
import type { Chart } from '../document.ts'
import { isOutsideBand, type UnitEvidence } from '../evidence.ts'
import { fixed, points, rounded } from '../format.ts'
import { COLORS, INK, themed } from './theme.ts'

const LABELLED = 3
const SETS = ['set to its mean', 'set to zero'] as const
const BAND = 'comparable units'

const SET_COLOR = {
  field: 'series',
  type: 'nominal' as const,
  scale: { domain: [...SETS, BAND], range: [COLORS.blue, COLORS.orange, INK.band] },
  legend: { symbolType: 'circle', symbolOpacity: 1 },
}

/** Every unit of one model, seed, task and condition: its drop with the mean and with zero, over its band. */
export function everyUnitChart(rows: readonly AblationRow[], name: string): Chart {
  const { task, condition } = rows[0]
  const order = [...new Set(rows.map((row) => row.unit))]
  const index = new Map(order.map((unit, position) => [unit, position]))
  const values = rows.map((row) => ({
    unit: row.unit,
    position: index.get(row.unit)!,
    series: row.set === 'mean' ? SETS[0] : SETS[1],
    drop: inPoints(row.drop),
    hint: `${row.unit} ${row.set === 'mean' ? SETS[0] : SETS[1]}: ${points(row.drop)}`,
  }))
  const means = rows.filter((row) => row.set === 'mean')
  const bands = means.map((row) => ({
    position: index.get(row.unit)!,
    series: BAND,
    low: inPoints(row.bandLow),
    high: inPoints(row.bandHigh),
  }))
  const top = means.filter(isOutsideBand).sort((a, b) => b.drop - a.drop).slice(0, LABELLED)
  const tops = top.map((row) => ({
    position: index.get(row.unit)!,
    unit: row.unit,
    drop: inPoints(row.drop),
    low: inPoints(row.dropLow),
    high: inPoints(row.dropHigh),
    side: index.get(row.unit)! > order.length / 2 ? 'left' : 'right',
  }))
  const x = {
    field: 'position',
    type: 'quantitative' as const,
    title: `units ${order[0]} to ${order[order.length - 1]}`,
    scale: { domain: [-1, order.length], nice: false },
    axis: { grid: false, tickCount: 6, tickMinStep: 1 },
  }
  const y = { field: 'drop', type: 'quantitative' as const, title: 'drop, points' }
  const label = (side: 'left' | 'right') => ({
    data: { values: tops.filter((row) => row.side === side) },
    mark: { type: 'text' as const, align: side === 'left' ? ('right' as const) : ('left' as const), dx: side === 'left' ? -8 : 8 },
    encoding: { x, y, text: { field: 'unit' } },
  })
  const best = means.reduce((most, row) => (row.drop > most.drop ? row : most))
  return {
    name,
    title: `${shortCondition(task, condition)}, intact ${fixed(best.intact * 100, 1)} % right`,
    description:
      `Each of ${order.length} units removed alone on ${shortCondition(task, condition)}, n = ${best.n}. The largest drop ` +
      `with the mean is ${points(best.drop)} (${best.unit}); its comparable units lie between ` +
      `${fixed(best.bandLow * 100, 1)} and ${points(best.bandHigh)}.`,
    spec: themed({
      height: 230,
      layer: [
        {
          data: { values: bands },
          mark: { type: 'rule', strokeWidth: 3, opacity: 1 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color: SET_COLOR },
        },
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.quiet }, encoding: { y: { datum: 0 } } },
        {
          data: { values: tops },
          mark: { type: 'rule', strokeWidth: 2, color: COLORS.blue },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        {
          data: { values: values.filter((value) => value.series === SETS[1]) },
          mark: { type: 'point', size: 20, filled: false, strokeWidth: 1.3, opacity: 1 },
          encoding: { x, y, color: SET_COLOR, tooltip: { field: 'hint' } },
        },
        {
          data: { values: values.filter((value) => value.series === SETS[0]) },
          mark: { type: 'point', size: 20, opacity: 1 },
          encoding: { x, y, color: SET_COLOR, tooltip: { field: 'hint' } },
        },
        label('left'),
        label('right'),
      ],
    }),
  }
}

/** One unit in every condition, with intervals; the band of each drop lies behind it. */
export function oneUnitChart(evidence: UnitEvidence, rows: readonly AblationRow[], name: string): Chart {
  const values = rows.map((row) => ({
    label: shortCondition(row.task, row.condition),
    series: row.set === 'mean' ? SETS[0] : SETS[1],
    drop: inPoints(row.drop),
    low: inPoints(row.dropLow),
    high: inPoints(row.dropHigh),
    bandLow: inPoints(row.bandLow),
    bandHigh: inPoints(row.bandHigh),
    band: BAND,
    hint: `${row.task} ${row.condition}, ${row.set === 'mean' ? SETS[0] : SETS[1]}: ${points(row.drop)}, n = ${row.n}`,
  }))
  const x = {
    field: 'drop',
    type: 'quantitative' as const,
    title: 'drop, points (right is worse)',
    axis: { grid: true, tickCount: 6 },
  }
  const y = { field: 'label', type: 'nominal' as const, title: null, sort: null, axis: { domain: false, ticks: false } }
  const yOffset = { field: 'series', type: 'nominal' as const, sort: [...SETS] }
  return {
    name,
    title: `Unit ${evidence.unit} in every condition`,
    description: values.map((value) => `${value.hint}.`).join(' '),
    spec: themed({
      height: { step: 34 },
      data: { values },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 9, opacity: 1 },
          encoding: {
            y,
            yOffset,
            x: { ...x, field: 'bandLow' },
            x2: { field: 'bandHigh' },
            color: { ...SET_COLOR, field: 'band' },
          },
        },
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.quiet }, encoding: { x: { datum: 0 } } },
        {
          mark: { type: 'rule', strokeWidth: 2 },
          encoding: { y, yOffset, x: { ...x, field: 'low' }, x2: { field: 'high' }, color: SET_COLOR },
        },
        {
          mark: { type: 'point', size: 46, opacity: 1 },
          encoding: { y, yOffset, x, color: SET_COLOR, tooltip: { field: 'hint' } },
        },
      ],
    }),
  }
}

function inPoints(fraction: number): number {
  return rounded(fraction * 100, 2)
}
