// Which units count: how much each changes a symbol within the training lengths and beyond them, how straight that is,
// and what its gates do. Counters stand in the colour of their cell, all other units in grey.

import { STRAIGHT } from '../../analysis/counting/find-counters.ts'
import type { CounterRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { mean } from '../../core/statistics/moments.ts'
import { isCounting, type ModelCounters } from '../counter-units.ts'
import type { Chart } from '../document.ts'
import { fixed, listed, percent, plural, rounded } from '../format.ts'
import { withSuperscripts } from '../superscripts.ts'
import { CELL_COLORS } from './counting.ts'
import { INK, layerOf, ROW_AXIS, rowsHeight, themed } from './theme.ts'

/** Slopes within against slopes beyond: a counter keeps its own, a unit that settles falls to zero. */
export function slopesChart({ model, language, rows, cell }: ModelCounters, name: string): Chart {
  const largest = (Math.max(...rows.flatMap((row) => [Math.abs(row.slope), Math.abs(row.slopeOutside)])) || 1) * 1.08
  const axis = (title: string) => ({
    type: 'quantitative' as const,
    title,
    scale: { domain: [-largest, largest], nice: false },
    axis: { tickCount: 4, grid: false },
  })
  const x = { field: 'within', ...axis('slope within') }
  const y = { field: 'beyond', ...axis('slope beyond') }
  const ends = [{ within: -largest, beyond: -largest }, { within: largest, beyond: largest }]
  const counters = rows.filter(isCounting).map((row) => ({
    within: short(row.slope),
    beyond: short(row.slopeOutside),
    hint:
      `seed ${row.seed}, ${row.unit}, ${row.block}: ${fixed(row.slope, 3)} within, ${fixed(row.slopeOutside, 3)} ` +
      `beyond, R² ${fixed(row.r2, 3)} and ${fixed(row.r2Outside, 3)}`,
  }))
  const others = rows.filter((row) => !isCounting(row))
  const seeds = new Set(rows.map((row) => row.seed)).size
  const dots = { type: 'point' as const, filled: true }
  return {
    name,
    title: `${model} on ${withSuperscripts(language)}`,
    description: `Slope of every unit in every block, ${plural(seeds, 'seed')}. ${describeSlopes(rows)}`,
    spec: themed({
      height: 150,
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.grid }, encoding: { y: { datum: 0 } } },
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.grid }, encoding: { x: { datum: 0 } } },
        {
          data: { values: ends },
          mark: { type: 'line', strokeDash: [5, 4], strokeWidth: 1, color: INK.axis },
          encoding: { x, y },
        },
        ...(others.length === 0 ? [] : [{
          data: { values: [{
            within: others.map((row) => short(row.slope)), beyond: others.map((row) => short(row.slopeOutside)),
          }] },
          transform: [{ flatten: ['within', 'beyond'] }],
          mark: { ...dots, size: 16, color: INK.axis, opacity: 0.6 },
          encoding: { x, y },
        }]),
        ...layerOf(counters, {
          mark: { ...dots, size: 30, color: CELL_COLORS[cell], opacity: 0.85 },
          encoding: { x, y, tooltip: { field: 'hint' } },
        }),
      ],
    }),
  }
}

function describeSlopes(rows: readonly CounterRow[]): string {
  const counters = rows.filter(isCounting)
  if (counters.length === 0) {
    const steepest = rows.reduce((most, row) => (Math.abs(row.slopeOutside) > Math.abs(most.slopeOutside) ? row : most))
    const slope = fixed(steepest.slopeOutside, 4)
    return `None counts; the steepest beyond the training lengths changes by ${slope} a symbol.`
  }
  const texts = [...groupBy(counters, (row) => row.block)].map(([block, own]) => {
    const slopes = own.map((row) => row.slopeOutside)
    return `${fixed(Math.min(...slopes), 2)} to ${fixed(Math.max(...slopes), 2)} per ${block}`
  })
  return `Counters change beyond the training lengths by ${listed(texts)}.`
}

const LANES = ['within', 'beyond'] as const

/** How straight each unit is in each block, within the training lengths and beyond. @param models of one language */
export function straightnessChart(models: readonly ModelCounters[], name: string): Chart {
  const lines = models.flatMap(({ model, cell, rows }) => LANES.map((lane) => ({ label: model, lane, cell, rows })))
  const others = lines.map(({ label, lane, rows }) => (
    { label, lane, r2: rows.filter((row) => !isCounting(row)).map((row) => rounded(straightness(row, lane), 3)) }
  ))
  const counters = lines.flatMap(({ label, lane, cell, rows }) =>
    rows.filter(isCounting).map((row) => ({
      label,
      lane,
      r2: rounded(straightness(row, lane), 3),
      color: CELL_COLORS[cell],
      hint:
        `${label}, seed ${row.seed}, ${row.unit} in ${row.block}, ${lane} the training lengths: R² ` +
        fixed(straightness(row, lane), 3),
    })),
  )
  const y = {
    field: 'label', type: 'nominal' as const, title: null, sort: null, axis: { ...ROW_AXIS, grid: false },
    scale: { domain: models.map(({ model }) => model), paddingInner: 0.25 },
  }
  const yOffset = { field: 'lane', type: 'nominal' as const, sort: [...LANES] }
  const x = {
    field: 'r2', type: 'quantitative' as const, title: 'R² of a unit in a block', scale: { domain: [0, 1] },
    axis: { grid: false, tickCount: 5 },
  }
  return {
    name,
    title: `Straightness on ${withSuperscripts(models[0].language)}`,
    description: describeStraightness(models),
    spec: themed({
      height: rowsHeight(lines, 40),
      layer: [
        {
          data: { values: others },
          transform: [{ flatten: ['r2'] }],
          mark: { ...OTHER_TICK, size: 12 },
          encoding: { x, y, yOffset },
        },
        ...layerOf(counters, {
          mark: { ...COUNTER_TICK, size: 12 },
          encoding: { x, y, yOffset, color: OWN_COLOR, tooltip: { field: 'hint' } },
        }),
      ],
    }),
  }
}

function straightness(row: CounterRow, lane: (typeof LANES)[number]): number {
  return lane === 'within' ? row.r2 : row.r2Outside
}

function describeStraightness(models: readonly ModelCounters[]): string {
  const texts = models.map(({ model, rows }) => {
    const share = (lane: (typeof LANES)[number]) =>
      percent(rows.filter((row) => straightness(row, lane) >= STRAIGHT).length / rows.length, 0)
    return `${model}: ${share('within')} within the training lengths, ${share('beyond')} beyond them`
  })
  return `R² of a straight line through every unit in each block; share of at least ${STRAIGHT}: ${texts.join('; ')}.`
}

/** Gates in mid-block, counters over all other units. @param counters of a model with gates */
export function gatesChart({ model, language, cell, rows }: ModelCounters, name: string): Chart {
  const gates = [...new Set(rows.flatMap((row) => Object.keys(row.gates)))]
  const blocks = [...new Set(rows.map((row) => row.block))]
  const lines = gates.flatMap((gate) =>
    blocks.map((block) => ({ label: `${gate}, ${block}`, gate, rows: rows.filter((row) => row.block === block) })),
  )
  const others = lines.map(({ label, gate, rows: own }) => (
    { label, value: own.filter((row) => !isCounting(row)).map((row) => rounded(row.gates[gate], 3)) }
  ))
  const counters = lines.flatMap(({ label, gate, rows: own }) =>
    own.filter((row) => isCounting(row)).map((row) => ({
      label,
      value: rounded(row.gates[gate], 3),
      hint: `seed ${row.seed}, ${row.unit}, ${gate} in ${row.block}: ${fixed(row.gates[gate], 2)}`,
    })),
  )
  const y = {
    field: 'label', type: 'nominal' as const, title: null, sort: null, axis: { ...ROW_AXIS, grid: false },
    scale: { domain: lines.map(({ label }) => label) },
  }
  const x = {
    field: 'value', type: 'quantitative' as const, title: 'mean in mid-block', scale: { domain: [-1, 1], nice: false },
    axis: { grid: true, values: [-1, -0.5, 0, 0.5, 1] },
  }
  const texts = [...groupBy(counters, ({ label }) => label)].map(([label, own]) => (
    `${label} ${fixed(mean(own.map(({ value }) => value)), 2)}`
  ))
  return {
    name,
    title: `${model} on ${withSuperscripts(language)}`,
    description: `Mean gates and candidate in the middle of each block; of the counters on average: ${listed(texts)}.`,
    spec: themed({
      height: rowsHeight(lines, 19),
      layer: [
        {
          data: { values: others },
          transform: [{ flatten: ['value'] }],
          mark: { ...OTHER_TICK, size: 14 },
          encoding: { x, y },
        },
        {
          data: { values: counters },
          mark: { ...COUNTER_TICK, size: 14, color: CELL_COLORS[cell] },
          encoding: { x, y, tooltip: { field: 'hint' } },
        },
      ],
    }),
  }
}

const OTHER_TICK = { type: 'tick', thickness: 1.2, color: INK.axis, opacity: 0.45 } as const
const COUNTER_TICK = { type: 'tick', thickness: 2, opacity: 0.9 } as const
const OWN_COLOR = { field: 'color', type: 'nominal', scale: null } as const

/** Three digits, for drawing. */
function short(value: number): number {
  return Number(value.toPrecision(3))
}
