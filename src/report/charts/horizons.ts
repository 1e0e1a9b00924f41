// How far networks count: one dot a seed on a logarithmic axis, by model or by what was done to the model. Dots that
// would cover each other move apart; a dot at the longest length that was tested points on.

import type { CountingCell, PrecisionRow } from '../../analysis/results.ts'
import { log } from '../../core/math.ts'
import { groupBy } from '../../core/rows.ts'
import { quantile } from '../../core/statistics/interval.ts'
import type { Chart } from '../document.ts'
import { count, listed, rounded } from '../format.ts'
import { remembered, type ModelHorizons } from '../horizons.ts'
import { withSuperscripts } from '../superscripts.ts'
import { CELL_COLORS, decades, ruleAt } from './counting.ts'
import { INK, layerOf, ROW_AXIS, rowsHeight, themed } from './theme.ts'

const SEED = 'a seed'
const FAILED = 'did not converge'
const CAPPED = 'at least so far'
const MARKS = {
  [SEED]: 'circle',
  [FAILED]: 'cross',
  [CAPPED]: 'triangle-right',
  '5-gram model': 'diamond',
  'before training': 'square',
  'paper, from memory': 'triangle-up',
} as const
type Mark = keyof typeof MARKS

/** Seeds that are alike, or a baseline. */
interface Dot {
  readonly horizon: number
  readonly mark: Mark
  readonly seeds: number
  readonly hint: string
}

/** One row of the chart. */
interface DotRow {
  readonly label: string
  readonly cell: CountingCell
  readonly seeds: readonly Dot[]
  readonly median: number
  readonly baselines: readonly Dot[]
}

/** Where the two rules stand, n. */
interface Limits {
  readonly trainedTo: number
  readonly tested: number
}

/** Every seed's horizon by model. @param models of one language */
export function horizonChart(models: readonly ModelHorizons[], name: string): Chart {
  const language = withSuperscripts(models[0].language)
  const rows = models.map((model): DotRow => ({
    label: model.model,
    cell: model.cell,
    seeds: seedDots(model.rows, ({ converged }) => converged),
    median: model.median,
    baselines: baselineDots(model),
  }))
  const texts = models.map((model) => {
    const horizons = [...model.rows].map((row) => row.horizon).sort((a, b) => a - b)
    return `${model.model}: ${listed(horizons.map(count))}`
  })
  const { trainedTo } = models[0]
  const tested = Math.max(...models.map((model) => model.tested))
  return {
    name,
    title: `Horizons on ${language}`,
    description:
      `Horizon of every seed by model, trained to n = ${count(trainedTo)}, tested to ${count(tested)}. ` +
      `${texts.join('. ')}.`,
    spec: dotChart(rows, { trainedTo, tested }),
  }
}

/** The horizon of every seed after each change. @param rows of one model and language */
export function precisionChart(rows: readonly PrecisionRow[], name: string): Chart {
  const { model, language, cell, trainedTo } = rows[0]
  const changes = [...groupBy(rows, (row) => row.change)]
  const dots = changes.map(([label, own]): DotRow => {
    const median = quantile(own.map((row) => row.horizon).sort((a, b) => a - b), 0.5)
    return { label, cell, seeds: seedDots(own, () => true), median, baselines: [] }
  })
  const medians = dots.map(({ label, median }) => `${label} ${count(median)}`)
  return {
    name,
    title: `${model} on ${withSuperscripts(language)}`,
    description: `Horizons of ${model} by change, medians over seeds: ${listed(medians)}.`,
    spec: dotChart(dots, { trainedTo, tested: Math.max(...rows.map((row) => row.tested)) }),
  }
}

/** Seeds with the same horizon share a dot. */
function seedDots<R extends { seed: number; horizon: number; tested: number }>(
  rows: readonly R[],
  converged: (row: R) => boolean,
): Dot[] {
  const markOf = (row: R) => (!converged(row) ? FAILED : row.horizon >= row.tested ? CAPPED : SEED)
  return [...groupBy(rows, (row) => `${markOf(row)} ${row.horizon}`).values()].map((alike) => {
    const { horizon, tested } = alike[0]
    const mark = markOf(alike[0])
    const seeds = `${alike.length === 1 ? 'seed' : 'seeds'} ${listed(alike.map(({ seed }) => String(seed)))}`
    const text = `${seeds}: ${horizon >= tested ? 'at least ' : ''}${count(horizon)}`
    return { horizon, mark, seeds: alike.length, hint: mark === FAILED ? `${text}, did not converge` : text }
  })
}

function baselineDots(model: ModelHorizons): Dot[] {
  const paper = remembered(model.language, model.cell)
  const dot = (mark: Mark, horizon: number, hint: string): Dot => ({ horizon, mark, seeds: 1, hint })
  return [
    dot('5-gram model', model.ngram, `5-gram model: ${count(model.ngram)}`),
    dot('before training', model.untrained, `before training, at most ${count(model.untrained)}`),
    ...(paper ? [dot('paper, from memory', paper.horizon, `the paper, from memory: ${paper.text}`)] : []),
  ]
}

/** Where a horizon of 0 is drawn on a logarithmic axis. */
const ZERO = 0.5
/** Closer dots of a row move apart: the width of a dot, and of its number, on a narrow screen, in decades. */
const DOT = 0.11
const NUMBER = 0.3
/** Height of a lane of dots, pixels. */
const LANE = 8.5

function dotChart(rows: readonly DotRow[], { trainedTo, tested }: Limits): Chart['spec'] {
  const values = rows.flatMap((row) => {
    const lanes = lanesOf(row.seeds)
    return row.seeds.map((dot, index) => drawn(row, dot, lanes[index]))
  })
  const baselines = rows.flatMap((row) => row.baselines.map((dot) => ({ ...drawn(row, dot, 0), color: INK.quiet })))
  const medians = rows.map(({ label, cell, median }) => (
    { label, color: CELL_COLORS[cell], n: place(median), hint: `${label}, median ${count(median)}` }
  ))
  const reach = Math.max(1, ...values.map((value) => Math.abs(value.lane)))
  const present = new Set<string>([...values, ...baselines].map((value) => value.mark))
  const marks = (Object.keys(MARKS) as Mark[]).filter((mark) => present.has(mark))
  const x = {
    field: 'n',
    type: 'quantitative' as const,
    title: 'horizon n, logarithmic',
    scale: { type: 'log' as const, domain: [ZERO * 0.8, tested * 1.8], nice: false },
    axis: {
      grid: false,
      values: [...new Set([ZERO, ...decades(tested), tested])],
      labelExpr: "datum.value < 1 ? '0' : format(datum.value, ',')",
    },
  }
  const y = { field: 'label', type: 'nominal' as const, title: null, sort: null, axis: { ...ROW_AXIS, grid: false } }
  const yOffset = { field: 'lane', type: 'quantitative' as const, scale: { domain: [-reach - 0.5, reach + 0.5] } }
  const shape = {
    field: 'mark',
    type: 'nominal' as const,
    scale: { domain: marks, range: marks.map((mark) => MARKS[mark]) },
    legend: {
      offset: 30, symbolStrokeColor: INK.quiet, symbolStrokeWidth: 1.3,
      columns: { expr: 'containerSize()[0] < 330 ? 1 : containerSize()[0] < 640 ? 2 : 3' },
    },
  }
  const color = { field: 'color', type: 'nominal' as const, scale: null }
  return themed({
    height: rowsHeight(values, Math.max(22, (2 * reach + 1) * LANE)),
    layer: [
      ...ruleAt(trainedTo, `trained to ${count(trainedTo)}`),
      ...ruleAt(tested, 'at least'),
      ...layerOf(medians, {
        mark: { type: 'tick' as const, thickness: 3, size: 20, opacity: 0.35 },
        encoding: { x, y, color, tooltip: { field: 'hint' } },
      }),
      ...layerOf(baselines, {
        mark: { type: 'point' as const, size: 34, filled: false, strokeWidth: 1.3, opacity: 1 },
        encoding: { x, y, yOffset, color, shape, tooltip: { field: 'hint' } },
      }),
      ...layerOf(values, {
        mark: { type: 'point' as const, size: 40, filled: true, opacity: 0.9 },
        encoding: { x, y, yOffset, color, shape, tooltip: { field: 'hint' } },
      }),
      ...layerOf(values.filter(({ text }) => text !== ''), {
        mark: { type: 'text' as const, align: 'left' as const, dx: 6, fontSize: 10 },
        encoding: { x, y, yOffset, text: { field: 'text' }, color },
      }),
    ],
  })
}

function drawn(row: DotRow, { horizon, mark, seeds, hint }: Dot, lane: number) {
  return {
    label: row.label,
    color: CELL_COLORS[row.cell],
    n: place(horizon),
    lane,
    mark,
    text: seeds > 1 ? `×${seeds}` : '',
    hint: `${row.label}, ${hint}`,
  }
}

function place(horizon: number): number {
  return rounded(Math.max(horizon, ZERO), 1)
}

/** 0 is the middle lane; a dot takes the lane nearest to it in which no other is close. */
function lanesOf(dots: readonly Dot[]): number[] {
  const ends = new Map<number, number>()
  const lanes = new Array<number>(dots.length).fill(0)
  const order = dots.map((_, index) => index).sort((a, b) => dots[a].horizon - dots[b].horizon)
  for (const index of order) {
    const { horizon, seeds } = dots[index]
    const at = log(place(horizon)) / log(10)
    const lane = laneOrder(dots.length).find((each) => at >= (ends.get(each) ?? -Infinity))!
    ends.set(lane, at + DOT + (seeds > 1 ? NUMBER : 0))
    lanes[index] = lane
  }
  return lanes
}

/** 0, 1, −1, 2, −2 … */
function laneOrder(number: number): number[] {
  return Array.from({ length: number }, (_, index) => (index % 2 === 1 ? (index + 1) / 2 : -index / 2))
}
