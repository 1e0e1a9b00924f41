// Which units count: how much each changes a symbol within the training lengths and beyond them, how straight that is,
// and what its gates do. Counters stand in the colour of their cell, all other units in grey.

import type { CounterRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { ModelCounters } from '../counter-units.ts'
import type { Chart } from '../document.ts'
import { count, fixed, listed, plural, rounded } from '../format.ts'
import { withSuperscripts } from '../superscripts.ts'
import { mean } from '../verdicts/rules.ts'
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
  const counters = rows.filter((row) => row.counter).map((row) => ({
    within: short(row.slope),
    beyond: short(row.slopeOutside),
    hint:
      `seed ${row.seed}, ${row.unit}, ${row.block}: ${fixed(row.slope, 3)} within, ${fixed(row.slopeOutside, 3)} ` +
      `beyond, R² ${fixed(row.r2, 3)} and ${fixed(row.r2Outside, 3)}`,
  }))
  const others = rows.filter((row) => !row.counter)
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
  const counters = rows.filter((row) => row.counter)
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

/** How straight every unit is within the training lengths and beyond them. @param models of one language */
export function straightnessChart(models: readonly ModelCounters[], name: string): Chart {
  const straight = models.flatMap(({ model, cell, rows }) =>
    LANES.map((lane) => ({ label: model, lane, cell, units: unitsOf(rows).map((blocks) => worst(blocks, lane)) })),
  )
  const others = straight.map(({ label, lane, units }) => (
    { label, lane, r2: units.filter(({ counter }) => !counter).map(({ r2 }) => r2) }
  ))
  const counters = straight.flatMap(({ label, lane, cell, units }) =>
    units.filter(({ counter }) => counter).map(({ r2, hint }) => (
      { label, lane, r2, color: CELL_COLORS[cell], hint: `${label}, ${hint}` }
    )),
  )
  const y = {
    field: 'label', type: 'nominal' as const, title: null, sort: null, axis: { ...ROW_AXIS, grid: false },
    scale: { domain: models.map(({ model }) => model), paddingInner: 0.25 },
  }
  const yOffset = { field: 'lane', type: 'nominal' as const, sort: [...LANES] }
  const x = {
    field: 'r2', type: 'quantitative' as const, title: 'R², worst block of the unit',
    scale: { domain: [0, 1] }, axis: { grid: false, tickCount: 5 },
  }
  return {
    name,
    title: `Straightness on ${withSuperscripts(models[0].language)}`,
    description: describeStraightness(models),
    spec: themed({
      height: rowsHeight(straight, 40),
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

/** The blocks of each unit. */
function unitsOf(rows: readonly CounterRow[]): CounterRow[][] {
  return [...groupBy(rows, (row) => `${row.seed} ${row.unit}`).values()]
}

function worst(blocks: readonly CounterRow[], lane: (typeof LANES)[number]) {
  const r2 = Math.max(0, Math.min(...blocks.map((row) => (lane === 'within' ? row.r2 : row.r2Outside))))
  const { seed, unit, counter } = blocks[0]
  const hint = `seed ${seed}, ${unit}, ${lane} the training lengths: R² ${fixed(r2, 3)}`
  return { r2: rounded(r2, 3), counter, hint }
}

function describeStraightness(models: readonly ModelCounters[]): string {
  const texts = models.map(({ model, rows }) => {
    const straight = (lane: (typeof LANES)[number]) =>
      unitsOf(rows).filter((blocks) => worst(blocks, lane).r2 > 0.99).length
    const units = plural(straight('within'), 'unit')
    return `${model}: ${units} above R² 0.99 within the training lengths, ${count(straight('beyond'))} beyond them`
  })
  return `R² of a straight line through every unit, by its worst block. ${texts.join('; ')}.`
}

/** Gates in mid-block, counters over all other units. @param counters of a model with gates */
export function gatesChart({ model, language, cell, rows }: ModelCounters, name: string): Chart {
  const gates = [...new Set(rows.flatMap((row) => Object.keys(row.gates)))]
  const blocks = [...new Set(rows.map((row) => row.block))]
  const lines = gates.flatMap((gate) =>
    blocks.map((block) => ({ label: `${gate}, ${block}`, gate, rows: rows.filter((row) => row.block === block) })),
  )
  const others = lines.map(({ label, gate, rows: own }) => (
    { label, value: own.filter((row) => !row.counter).map((row) => rounded(row.gates[gate], 3)) }
  ))
  const counters = lines.flatMap(({ label, gate, rows: own }) =>
    own.filter((row) => row.counter).map((row) => ({
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
  const texts = lines.map(({ label }) => {
    const own = counters.filter((value) => value.label === label).map(({ value }) => value)
    return `${label} ${fixed(mean(own), 2)}`
  })
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
