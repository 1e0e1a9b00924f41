// A unit removed in several ways, scaled from 1 to −1, and the chosen units together beside groups like them.

import type { AblationKindRow, UnitGroupRow } from '../../analysis/results.ts'
import { isIncongruent } from '../../analysis/choose-units.ts'
import { shortCondition } from '../conditions.ts'
import type { Chart } from '../document.ts'
import { fixed, percent, percentInterval, points, rounded } from '../format.ts'
import { shortWayOf, wayOf } from '../ways.ts'
import { conditionColors } from './dynamics.ts'
import { COLORS, INK, layerOf, PALETTE, ROW_AXIS, rowsHeight, themed } from './theme.ts'

const BAND = 'units like it'
const LINES = { symbolType: 'stroke' as const, symbolStrokeWidth: 2, symbolSize: 220, symbolOpacity: 1 }

/** What each way costs of the margin. @param rows of one unit of one trained model, in the conditions to be drawn */
export function waysChart(rows: readonly AblationKindRow[], name: string): Chart {
  const values = rows.filter(({ set }) => set !== 'scale').map((row) => ({
    label: shortWayOf(row),
    condition: row.condition,
    drop: rounded(row.marginDrop, 3),
    low: row.marginDropLow === null ? null : rounded(row.marginDropLow, 3),
    high: row.marginDropHigh === null ? null : rounded(row.marginDropHigh, 3),
    bandLow: rounded(row.marginBandLow, 3),
    bandHigh: rounded(row.marginBandHigh, 3),
    band: BAND,
    hint: `${row.condition}, ${wayOf(row)}: ${fixed(row.marginDrop, 2)} nats, units like it ` +
      `${fixed(row.marginBandLow, 2)} to ${fixed(row.marginBandHigh, 2)}`,
  }))
  const conditions = [...new Set(values.map(({ condition }) => condition))]
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: { ...ROW_AXIS, grid: false } } as const
  const lane = { y, yOffset: { field: 'condition', sort: conditions } }
  const x = { field: 'drop', type: 'quantitative' as const, title: 'nats of the margin', axis: { tickCount: 5 } }
  const color = {
    field: 'condition', type: 'nominal' as const, legend: { offset: 14, symbolType: 'circle' as const, symbolOpacity: 1 },
    scale: { domain: [...conditions, BAND], range: [...conditions.map((_, place) => PALETTE[place]), INK.band] },
  }
  return {
    name,
    title: `Unit ${rows[0].unit}: ways of removing it`,
    description: `${values.map(({ hint }) => hint).join('. ')}.`,
    spec: themed({
      height: rowsHeight(values, 34),
      data: { values },
      layer: [
        {
          mark: { type: 'rule', strokeWidth: 9, opacity: 1 },
          encoding: { ...lane, x: { ...x, field: 'bandLow' }, x2: { field: 'bandHigh' }, color: { ...color, field: 'band' } },
        },
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.quiet }, encoding: { x: { datum: 0 } } },
        ...layerOf(values.filter(({ low }) => low !== null), {
          mark: { type: 'rule' as const, strokeWidth: 2 },
          encoding: { ...lane, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
        }),
        { mark: { type: 'point', size: 46, opacity: 1 }, encoding: { ...lane, x, color, tooltip: { field: 'hint' } } },
      ],
    }),
  }
}

/** Accuracy by what the unit is multiplied with. @param rows of one unit of one trained model and one task */
export function doseChart(rows: readonly AblationKindRow[], name: string): Chart {
  const scaled = rows.flatMap((row) => {
    if (row.set === 'scale') return [{ row, factor: row.factor!, right: row.accuracy }]
    return row.set === 'zero' ? [{ row, factor: 0, right: row.accuracy }, { row, factor: 1, right: row.intact }] : []
  })
  const values = scaled.sort((a, b) => a.factor - b.factor).map(({ row, factor, right }) => ({
    factor,
    condition: row.condition,
    right: rounded(right * 100, 1),
    hint: `${row.condition}, times ${fixed(factor, 2)}: ${percent(right)} right`,
  }))
  const conditions = [...new Set(rows.map(({ condition }) => condition))]
  const x = {
    field: 'factor', type: 'quantitative' as const, title: 'the unit times', sort: 'descending' as const,
    axis: { grid: false, tickCount: 5, titleAnchor: 'end' as const },
  }
  const y = { field: 'right', type: 'quantitative' as const, title: 'right, %', scale: { domain: [0, 100] }, axis: { tickCount: 5 } }
  const color = {
    field: 'condition', type: 'nominal' as const, sort: null, legend: { ...LINES, columns: 4 },
    scale: { domain: conditions, range: conditionColors(conditions) },
  }
  const dash = {
    ...color, scale: { domain: conditions, range: conditions.map((condition) => (isIncongruent(condition) ? [4, 3] : [1, 0])) },
  }
  return {
    name,
    title: `Unit ${rows[0].unit}: dose`,
    description: `${values.map(({ hint }) => hint).join('. ')}.`,
    spec: themed({
      height: 170,
      data: { values },
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule', strokeDash: [5, 4] }, encoding: { y: { datum: 50 } } },
        { mark: { type: 'line' }, encoding: { x, y, color, strokeDash: dash } },
        { mark: { type: 'point', size: 24, opacity: 1 }, encoding: { x, y, color, tooltip: { field: 'hint' } } },
      ],
    }),
  }
}

/** The chosen units together. @param rows of one trained model, removed or kept */
export function groupsChart(rows: readonly UnitGroupRow[], name: string): Chart {
  const [{ what, size, random }] = rows
  const values = rows.map((row) => ({
    label: shortCondition(row.task, row.condition),
    who: what,
    right: rounded(row.accuracy * 100, 1),
    // the intervals of a drop and of the intact accuracy are not one: their ends can lie beyond what there is
    low: Math.max(0, rounded((row.intact - (row.dropHigh ?? row.drop)) * 100, 1)),
    high: Math.min(100, rounded((row.intact - (row.dropLow ?? row.drop)) * 100, 1)),
    intact: rounded(row.intact * 100, 1),
    ends: [row.randomMedian, row.randomExtreme].map((drop) => rounded((row.intact - drop) * 100, 1)),
    hint: `${shortCondition(row.task, row.condition)}: ${percent(row.accuracy)} right, intact ${percent(row.intact)}; ` +
      `drop ${points(row.drop)} ${percentInterval(row.dropLow, row.dropHigh)}, p = ${fixed(row.p, 3)}`,
  })).map(({ ends, ...value }) => ({ ...value, from: Math.min(...ends), to: Math.max(...ends) }))
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: { ...ROW_AXIS, grid: false } } as const
  const x = { field: 'right', type: 'quantitative' as const, title: 'right, %', scale: { domain: [0, 101], nice: false }, axis: { values: [0, 25, 50, 75, 100] } }
  return {
    name,
    title: size === 1 ? (what === 'removed' ? 'Removed' : 'Kept alone') : what === 'removed' ? `All ${size} removed together` : `Only these ${size} kept`,
    description: `${values.map(({ hint }) => hint).join('. ')}. Grey: median to 95 % of ${random} groups like it.`,
    spec: themed({
      height: rowsHeight(values, 26),
      data: { values },
      layer: [
        { mark: { type: 'rule', strokeWidth: 9, opacity: 1, color: INK.band, strokeCap: 'round' }, encoding: { y, x: { ...x, field: 'from' }, x2: { field: 'to' } } },
        { mark: { type: 'tick', thickness: 1.6, size: 15, color: INK.quiet }, encoding: { y, x: { ...x, field: 'intact' } } },
        { mark: { type: 'rule', strokeWidth: 2, color: COLORS.blue }, encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' } } },
        { mark: { type: 'point', size: 50, opacity: 1, color: COLORS.blue }, encoding: { y, x, tooltip: { field: 'hint' } } },
      ],
    }),
  }
}
