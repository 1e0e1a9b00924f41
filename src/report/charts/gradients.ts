// How far back a loss depends on what was read: gradients against the lag, what another token there does to the loss,
// and products of Jacobians. Logarithmic scales, for lines are straight where a network forgets at a constant rate.

import type {
  ExponentRow, JacobianRow, Moment, PooledEffectRow, PooledLagRow,
} from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Chart } from '../document.ts'
import { fixed, listed, rounded } from '../format.ts'
import { besidePoint, COLORS, INK, layerOf, PALETTE, POWER_AXIS, SMALL_LEGEND, themed } from './theme.ts'

/** log10 below which nothing is drawn. */
const FLOOR = -12
/** The same of what grows. */
const CEILING = 8


/** One chart a moment. @param rows of the models of one section, all lags */
export function lagCharts(rows: readonly PooledLagRow[], name: string): Chart[] {
  const models = [...new Set(rows.map(({ model }) => model))]
  return [...groupBy(rows.filter(isOfTop(rows)), ({ moment }) => moment)].map(([moment, own]) =>
    lagChart(own, models, moment as Moment, name),
  )
}

/** The states of the top layer; those below have lines of the same course. */
function isOfTop(rows: readonly PooledLagRow[]) {
  const layerOf = (site: string) => Number(site.split('.')[0])
  const tops = new Map<string, number>()
  for (const { model, site } of rows) tops.set(model, Math.max(tops.get(model) ?? 0, layerOf(site)))
  return ({ model, site }: PooledLagRow) => layerOf(site) === tops.get(model)
}

function lagChart(rows: readonly PooledLagRow[], models: readonly string[], moment: Moment, name: string): Chart {
  const short = shortened(models)
  const points = rows.filter(({ relative }) => relative !== null).map((row) => ({
    model: short.get(row.model)!,
    state: row.site.split('.')[1],
    lag: row.lag,
    value: rounded(row.relative!, 2),
    low: rounded(row.relativeBandLow!, 2),
    high: rounded(row.relativeBandHigh!, 2),
  }))
  const states = [...new Set(points.map(({ state }) => state))]
  const longest = Math.max(...points.map(({ lag }) => lag))
  const { x, color } = axes([...short.values()], longest)
  const y = {
    field: 'value', type: 'quantitative' as const, title: 'gradient, relative to lag 0',
    scale: { domainMin: Math.max(FLOOR, Math.min(-1, ...points.map(({ low }) => low))), nice: false }, axis: POWER_AXIS,
  }
  const dash = {
    field: 'state', type: 'nominal' as const, legend: null,
    scale: { domain: states, range: [[1, 0], [5, 3]] },
  }
  return {
    name: `${name}-${moment.replace(' ', '-')}`,
    title: titleOf(moment),
    description: `Gradient of one token’s loss ${longest} steps back, relative to that of lag 0, ${moment}: ` +
      `${listed(endsOf(points, longest))}.`,
    spec: themed({
      height: 220,
      data: { values: points },
      layer: [
        {
          mark: { type: 'area', opacity: 0.1, clip: true },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color, detail: { field: 'state' } },
        },
        { mark: { type: 'line', clip: true, tooltip: true }, encoding: { x, y, color, strokeDash: dash } },
      ],
    }),
  }
}

function endsOf(points: readonly { model: string; state: string; lag: number; value: number }[], lag: number): string[] {
  return points
    .filter((point) => point.lag === lag)
    .map(({ model, state, value }) => `${model} ${state} 10^${fixed(value, 1)}`)
}

/** What another token does to the loss; one chart a moment. */
export function effectCharts(rows: readonly PooledEffectRow[], name: string): Chart[] {
  const short = shortened(rows.map(({ model }) => model))
  const models = [...short.values()]
  return [...groupBy(rows, ({ moment }) => moment)].map(([moment, own]) => {
    const lags = [...new Set(own.map(({ lag }) => lag))]
    const values = own.map(({ model, lag, change, low, high }) => ({
      model: short.get(model)!, lag: String(lag), change: Number(change.toPrecision(3)),
      low: Number((low ?? change).toPrecision(3)), high: Number((high ?? change).toPrecision(3)),
    }))
    const x = {
      field: 'lag', type: 'nominal' as const, sort: lags.map(String), title: 'steps back',
      axis: { labelAngle: 0, grid: false, titleLimit: 200 },
    }
    const y = {
      field: 'change', type: 'quantitative' as const, title: 'change of the loss, nats',
      scale: { type: 'log' as const, domain: [1e-7, 100], clamp: true }, axis: { values: [1e-7, 1e-5, 1e-3, 0.1, 10], labelExpr: "datum.value < 0.01 ? '10' + {'-7': '⁻⁷', '-5': '⁻⁵', '-3': '⁻³'}[round(log(datum.value) / LN10)] : datum.value" },
    }
    const { color } = axes(models, 1)
    const xOffset = { field: 'model', sort: models }
    const shape = { field: 'model', type: 'nominal' as const, scale: { domain: models }, legend: null }
    return {
      name: `${name}-${moment.replace(' ', '-')}`,
      title: titleOf(moment as Moment),
      description: own.map((row) => `${row.model}, lag ${row.lag}: ${row.change.toPrecision(2)} nats.`).join(' '),
      spec: themed({
        height: 200,
        data: { values },
        layer: [
          {
            mark: { type: 'rule', strokeWidth: 2.5 },
            encoding: { x, xOffset, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
          },
          { mark: { type: 'point', tooltip: true, opacity: 1 }, encoding: { x, xOffset, y, color, shape } },
        ],
      }),
    }
  })
}

/** One chart a model: products of Jacobians by moment, and what theory says of the trained one. */
export function jacobianCharts(rows: readonly JacobianRow[], name: string): Chart[] {
  return [...groupBy(rows, ({ model }) => model)].map(([model, own]) => {
    const values = [...groupBy(own, ({ moment, lag }) => `${moment} ${lag}`).values()].flatMap((seeds) => {
      const logs = seeds.flatMap(({ log }) => log ?? [])
      if (logs.length === 0) return []
      const { moment, lag } = seeds[0]
      const [low, high] = [Math.min(...logs), Math.max(...logs)]
      return [{ moment, lag, value: rounded(mean(logs), 2), low: rounded(low, 2), high: rounded(high, 2) }]
    })
    const theory = [...groupBy(own.filter(({ moment }) => moment === 'trained'), ({ lag }) => String(lag)).values()]
      .flatMap((seeds) => {
        const known = seeds.flatMap(({ bound, bestGate }) => bound ?? bestGate ?? [])
        return known.length === 0 ? [] : [{ lag: seeds[0].lag, value: rounded(mean(known), 2) }]
      })
    const longest = Math.max(...own.map(({ lag }) => lag))
    const ends = values.filter(({ lag }) => lag === longest)
    const bound = own.some((row) => row.bound !== null) ? 'σ(U)^lag' : 'best gate'
    const { x } = axes([], longest)
    const y = {
      field: 'value', type: 'quantitative' as const, title: 'largest singular value',
      scale: { domain: [Math.max(FLOOR, Math.min(-1, ...values.map(({ low }) => low))), CEILING], nice: false },
      axis: POWER_AXIS,
    }
    const color = momentColor(values.map(({ moment }) => moment))
    return {
      name: `${name}-${model}`,
      title: model,
      description: `Largest singular value of the Jacobian over ${longest} steps: ` +
        `${listed(ends.map(({ moment, value }) => `10^${fixed(value, 1)} ${moment}`))}.`,
      spec: themed({
        height: 190,
        layer: [
          {
            data: { values }, mark: { type: 'area', opacity: 0.15, clip: true },
            encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
          },
          { data: { values }, mark: { type: 'line', clip: true, tooltip: true }, encoding: { x, y, color } },
          ...layerOf(theory, {
            mark: { type: 'line' as const, clip: true, strokeDash: [5, 4], color: INK.quiet }, encoding: { x, y },
          }),
          ...layerOf(theory.filter(({ value }) => value < CEILING && value > FLOOR).slice(-1), {
            mark: { type: 'text' as const, ...besidePoint(`datum.lag < ${longest / 2}`), dy: -7, color: INK.quiet, text: bound },
            encoding: { x, y },
          }),
        ],
      }),
    }
  })
}

/** Nats a step; directions that shrink faster are lost at once. */
const SLOWEST = -3

/** One chart a model: the growth rate in every direction, by moment. */
export function spectrumCharts(rows: readonly ExponentRow[], name: string): Chart[] {
  return [...groupBy(rows, ({ model }) => model)].map(([model, own]) => {
    const values = [...groupBy(own, ({ moment, rank }) => `${moment} ${rank}`).values()].flatMap((seeds) => {
      const exponents = seeds.flatMap(({ exponent }) => exponent ?? [])
      if (exponents.length === 0) return []
      return [{ moment: seeds[0].moment, rank: seeds[0].rank, value: rounded(mean(exponents), 3) }]
    }).filter(({ value }) => value > SLOWEST)
    const first = values.filter(({ rank }) => rank === 1)
    const x = { field: 'rank', type: 'quantitative' as const, title: 'direction', axis: { grid: false, tickCount: 4 } }
    const y = {
      field: 'value', type: 'quantitative' as const, title: 'nats a step', scale: { domainMin: SLOWEST, nice: false },
      axis: { tickCount: 5 },
    }
    return {
      name: `${name}-${model}`,
      title: model,
      description: `Lyapunov exponents over ${own[0].steps} steps; the largest: ` +
        `${listed(first.map(({ moment, value }) => `${fixed(value, 2)} ${moment}`))} nats a step.`,
      spec: themed({
        height: 170,
        layer: [
          { data: { values: [{}] }, mark: { type: 'rule', strokeDash: [5, 4] }, encoding: { y: { datum: 0 } } },
          {
            data: { values }, mark: { type: 'line', clip: true, tooltip: true, point: { size: 14 } },
            encoding: { x, y, color: momentColor(values.map(({ moment }) => moment)) },
          },
        ],
      }),
    }
  })
}

const MOMENT_COLORS: Readonly<Record<Moment, string>> = {
  untrained: INK.axis, 'half way': COLORS.sky, trained: COLORS.blue,
}

export function momentColor(there: readonly Moment[]) {
  const domain = (Object.keys(MOMENT_COLORS) as Moment[]).filter((moment) => there.includes(moment))
  return {
    field: 'moment', type: 'nominal' as const, scale: { domain, range: domain.map((moment) => MOMENT_COLORS[moment]) },
    legend: SMALL_LEGEND,
  }
}

function titleOf(moment: Moment): string {
  return { untrained: 'Before training', 'half way': 'Half way', trained: 'After training' }[moment]
}

function axes(models: readonly string[], longest: number) {
  return {
    x: {
      field: 'lag', type: 'quantitative' as const, title: 'lag, steps',
      scale: { domain: [0, longest], nice: false }, axis: { grid: false, tickCount: 5 },
    },
    color: {
      field: 'model', type: 'nominal' as const, scale: { domain: [...models], range: [...PALETTE] }, legend: SMALL_LEGEND,
    },
  }
}

/** Names of models without the end that all of them share: `lstm` for `lstm-copy` beside `gru-copy`. */
function shortened(models: readonly string[]): Map<string, string> {
  const names = [...new Set(models)]
  const parts = names.map((name) => name.split('-'))
  const fewest = Math.min(...parts.map(({ length }) => length))
  let shared = 0
  while (names.length > 1 && shared < fewest - 1 && parts.every((own) => own.at(-1 - shared) === parts[0].at(-1 - shared))) shared++
  return new Map(names.map((name, index) => [name, parts[index].slice(0, parts[index].length - shared).join('-')]))
}
