// How much the state moves at each symbol of the first block, on logarithmic axes: a line a model, the mean over seeds,
// with the range of the seeds behind it. A counter moves on by the same amount; a bounded state comes to rest.

import type { StepSizeRow } from '../../analysis/results.ts'
import { exp, log } from '../../core/math.ts'
import { groupBy } from '../../core/rows.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Chart } from '../document.ts'
import { count } from '../format.ts'
import { withSuperscripts } from '../superscripts.ts'
import { CELL_COLORS, decades, ruleAt } from './counting.ts'
import { layerOf, themed } from './theme.ts'

/** With more models only their means are drawn. */
const MOST_BANDS = 4
const MOST_TICKS = 5
/** Models of one cell differ by their dashes. */
const DASHES = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3]] as const

/** @param rows of one language */
export function stepSizesChart(rows: readonly StepSizeRow[], name: string): Chart {
  const language = withSuperscripts(rows[0].language)
  const models = [...groupBy(rows, (row) => row.model).values()]
  const moving = rows.map((row) => row.size).filter((size) => size > 0)
  const rest = restUnder(moving)
  const values = models.flatMap((own) =>
    [...groupBy(own, (row) => String(row.step)).values()].map((alike) => {
      const sizes = alike.map((row) => Math.max(row.size, rest))
      const middle = exp(mean(sizes.map(log)))
      return {
        model: alike[0].model,
        step: alike[0].step,
        size: short(middle),
        low: short(Math.min(...sizes)),
        high: short(Math.max(...sizes)),
        hint: `${alike[0].model}, symbol ${count(alike[0].step)}: ${middle <= rest ? 'at rest' : short(middle)}`,
      }
    }),
  )
  const names = models.map(([{ model }]) => model)
  const cells = models.map(([{ cell }]) => cell)
  const dashes = cells.map((cell, index) => {
    const before = cells.slice(0, index).filter((other) => other === cell).length
    return [...DASHES[before % DASHES.length]]
  })
  const last = Math.max(...values.map((value) => value.step))
  const x = {
    field: 'step', type: 'quantitative' as const, title: 'symbol of the first block',
    scale: { type: 'log' as const, domain: [1, last], nice: false },
    axis: { grid: false, values: decades(last), labelExpr: `format(datum.value, ',')` },
  }
  const y = {
    field: 'size', type: 'quantitative' as const, title: 'length of a step',
    scale: { type: 'log' as const },
    axis: {
      values: [...(moving.length < rows.length ? [rest] : []), ...ticksOver(moving)],
      labelExpr: `datum.value <= ${rest} ? 'at rest' : format(datum.value, '~g')`,
    },
  }
  const color = {
    field: 'model', type: 'nominal' as const, sort: null,
    scale: { domain: names, range: cells.map((cell) => CELL_COLORS[cell]) },
    legend: {
      symbolType: 'stroke', symbolStrokeWidth: 2, symbolSize: 220, symbolOpacity: 1,
      columns: { expr: 'containerSize()[0] < 640 ? 2 : 4' },
    },
  }
  const strokeDash = { ...color, scale: { domain: names, range: dashes } }
  return {
    name,
    title: `Steps of the state on ${language}`,
    description: describe(models),
    spec: themed({
      height: 240,
      layer: [
        ...layerOf(models.length > MOST_BANDS ? [] : values, {
          mark: { type: 'area' as const, opacity: 0.08 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
        }),
        ...layerOf(values, { mark: { type: 'line' as const }, encoding: { x, y, color, strokeDash } }),
        ...layerOf(values, {
          mark: { type: 'point' as const, size: 40, opacity: 0 },
          encoding: { x, y, color, tooltip: { field: 'hint' } },
        }),
        ...ruleAt(rows[0].trainedTo, `trained to ${count(rows[0].trainedTo)}`),
      ],
    }),
  }
}

/** Where a step of 0 is drawn: a power of 10 below all others. */
function restUnder(moving: readonly number[]): number {
  return moving.length === 0 ? 1 : powerOfTen(exponentOf(Math.min(...moving)) - 1)
}

/** Powers of 10 within the sizes, few enough to be read. */
function ticksOver(moving: readonly number[]): number[] {
  if (moving.length === 0) return []
  const last = exponentOf(Math.max(...moving))
  const first = exponentOf(Math.min(...moving))
  const apart = Math.max(1, Math.ceil((last - first) / MOST_TICKS))
  return Array.from({ length: Math.floor((last - first) / apart) + 1 }, (_, tick) => powerOfTen(last - tick * apart))
}

/** The nearest number, which a power need not give everywhere. */
function powerOfTen(exponent: number): number {
  return Number(`1e${exponent}`)
}

/** 0.02 → −2. */
function exponentOf(size: number): number {
  return Math.floor(log(size) / log(10))
}

function describe(models: readonly (readonly StepSizeRow[])[]): string {
  const texts = models.map((own) => {
    const last = Math.max(...own.map((row) => row.step))
    const at = (step: number) => short(mean(own.filter((row) => row.step === step).map((row) => row.size)))
    return `${own[0].model} ${at(own[0].step)} at symbol ${count(own[0].step)} and ${at(last)} at symbol ${count(last)}`
  })
  return `How much the state moves at each symbol, means over seeds: ${texts.join('; ')}.`
}

/** Three digits, for drawing. */
function short(value: number): number {
  return Number(value.toPrecision(3))
}
