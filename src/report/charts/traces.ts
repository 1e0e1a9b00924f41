// Every unit over a whole word, counters in the colour of their cell and all others in grey. Nothing is left out: a
// line has one point a symbol. Each unit travels as one list of numbers, rounded to less than a pixel.

import type { Trace } from '../../analysis/results.ts'
import { log } from '../../core/math.ts'
import type { Chart } from '../document.ts'
import { count, fixed, listed, rounded } from '../format.ts'
import { withSuperscripts } from '../superscripts.ts'
import { CELL_COLORS, ruleAt } from './counting.ts'
import { besidePoint, INK, layerOf, themed } from './theme.ts'

/** Steps of the vertical axis that a value is rounded to: finer than pixels, also on a dense screen. */
const LEVELS = 2000
/** How many counters are named in a panel. */
const LABELLED = 3

/** One panel of the figure. @param letter its place in the figure: `a` */
export function traceChart(trace: Trace, letter: string, name: string): Chart {
  const { model, seed, cell, units, n, trainedTo, site } = trace
  const all = units.flatMap(({ values }) => values.filter(Number.isFinite))
  const low = all.reduce((least, value) => Math.min(least, value), 0)
  const high = all.reduce((most, value) => Math.max(most, value), 0)
  const digits = Math.max(0, Math.ceil(log(LEVELS / (high - low || 1)) / log(10)))
  const color = CELL_COLORS[cell]
  const counters = units.filter(({ counter }) => counter)
  const lines = (counting: boolean) => units
    .filter(({ counter }) => counter === counting)
    .map(({ unit, values }) => ({ unit, value: values.map((value) => drawn(value, digits)) }))
  const blocks = trace.word.split(' ').map((block, index) => ({
    letter: [...block][0], start: index * n, middle: (index + 0.5) * n,
  }))
  const length = blocks.length * n
  const x = {
    field: 'step', type: 'quantitative' as const, title: 'symbol',
    scale: { domain: [0, length], nice: false },
    axis: { grid: false, tickCount: 5, labelExpr: `format(datum.value, ',')` },
  }
  const y = {
    field: 'value', type: 'quantitative' as const, title: site,
    scale: { domain: [low, high], nice: true }, axis: { tickCount: 5 },
  }
  return {
    name,
    title: `(${letter}) ${model} on ${withSuperscripts(trace.word)}`,
    description: describe(trace),
    spec: themed({
      height: 190,
      layer: [
        ...courses(lines(false), { strokeWidth: 1, color: INK.axis }),
        ...courses(lines(true), { strokeWidth: 2, color }),
        ...layerOf(counters.slice(0, LABELLED).map(farthest), {
          mark: { type: 'text' as const, color, ...besidePoint(`datum.step < ${length / 2}`) },
          encoding: { x, y, text: { field: 'unit' } },
        }),
        {
          data: { values: blocks.slice(1) },
          mark: { type: 'rule', color: INK.band, strokeWidth: 1 },
          encoding: { x: { ...x, field: 'start' } },
        },
        {
          data: { values: blocks },
          mark: { type: 'text', baseline: 'bottom', dy: -4, color: INK.quiet },
          encoding: { x: { ...x, field: 'middle' }, y: { value: 0 }, text: { field: 'letter' } },
        },
        ...(trainedTo < n ? ruleAt(trainedTo, '') : []),
      ],
    }),
  }

  /** One line a unit; nothing where there is none. */
  function courses(values: ReturnType<typeof lines>, look: { readonly strokeWidth: number; readonly color: string }) {
    return layerOf(values, {
      transform: [
        { flatten: ['value' as const] },
        { window: [{ op: 'row_number' as const, as: 'step' }], groupby: ['unit'] },
      ],
      mark: { type: 'line' as const, ...look },
      encoding: { x, y, detail: { field: 'unit' }, tooltip: { field: 'unit' } },
    })
  }

  function describe({ word }: Trace): string {
    const texts = counters.map(({ unit, values }) => {
      const at = (step: number) => (Number.isFinite(values[step]) ? fixed(values[step], 1) : 'overflow')
      const ends = blocks.map(({ letter: own, start }) => `${at(start + n - 1)} after the last ${own}`)
      return `${unit} is ${listed(ends)}`
    })
    const range = `between ${fixed(low, 1)} and ${fixed(high, 1)}`
    const rest = `All ${count(units.length)} units of ${site} in seed ${seed} stay ${range}`
    return `${withSuperscripts(word)}: ${texts.length > 0 ? `${texts.join('; ')}. ` : 'no unit counts. '}${rest}.`
  }
}

/** A line ends where its unit overflows. */
function drawn(value: number, digits: number): number | null {
  return Number.isFinite(value) ? rounded(value, digits) : null
}

/** Where a unit is farthest from zero. */
function farthest({ unit, values }: Trace['units'][number]) {
  const finite = values.filter(Number.isFinite)
  const value = finite.reduce((most, other) => (Math.abs(other) > Math.abs(most) ? other : most), 0)
  return { unit, step: values.indexOf(value) + 1, value }
}
