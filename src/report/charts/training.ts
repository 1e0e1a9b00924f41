// Loss against epochs: training and validation, with the unigram model as the line to get below. Of many models, only
// where each training ended.

import type { TrainingRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Chart } from '../document.ts'
import { fixed, rounded } from '../format.ts'
import { COLORS, INK, ROW_AXIS, rowsHeight, themed } from './theme.ts'

const SERIES = ['training', 'validation'] as const

/** One chart a model; seeds are lines of the same colour. */
export function trainingCharts(rows: readonly TrainingRow[]): Chart[] {
  return [...groupBy(rows, (row) => row.model)].map(([model, ofModel]) => trainingChart(model, ofModel))
}

function trainingChart(model: string, rows: readonly TrainingRow[]): Chart {
  const values = rows.flatMap((row) =>
    SERIES.map((series) => ({
      seed: row.seed,
      epoch: rounded(row.epoch, 3),
      series,
      loss: rounded(series === 'training' ? row.trainingLoss : row.validationLoss, 3),
    })),
  )
  const last = rows[rows.length - 1]
  const ends = values.filter((value) => value.seed === last.seed && value.epoch === rounded(last.epoch, 3))
  const unigram = rounded(last.unigramLoss, 3)
  const x = { field: 'epoch', type: 'quantitative', title: 'epoch', axis: { grid: false, tickCount: 6 } } as const
  const scale = { zero: false, padding: 14 } as const
  const y = { field: 'loss', type: 'quantitative', title: 'loss, nats per token', scale } as const
  const color = {
    field: 'series',
    type: 'nominal',
    scale: { domain: [...SERIES], range: [COLORS.sky, COLORS.blue] },
    legend: null,
  } as const
  return {
    name: `loss-${model}`,
    title: `Loss of ${model}`,
    description:
      `Line chart of the loss of ${model} over ${fixed(last.epoch, 1)} epochs. Validation loss ends at ` +
      `${fixed(last.validationLoss, 2)} nats per token; the unigram model has ${fixed(last.unigramLoss, 2)}.`,
    spec: themed({
      height: 240,
      data: { values },
      layer: [
        {
          data: { values: [{}] },
          mark: { type: 'rule', strokeDash: [5, 4], color: INK.quiet },
          encoding: { y: { datum: unigram } },
        },
        {
          data: { values: [{}] },
          mark: { type: 'text', align: 'right', dy: 12, text: 'unigram model', color: INK.quiet },
          encoding: { x: { value: 'width' }, y: { datum: unigram } },
        },
        { mark: { type: 'line', interpolate: 'monotone' }, encoding: { x, y, color, detail: { field: 'seed' } } },
        { mark: { type: 'point', size: 22, tooltip: true }, encoding: { x, y, color } },
        {
          data: { values: ends },
          mark: { type: 'text', align: 'right', dy: { expr: "datum.series === 'validation' ? -10 : 14" } },
          encoding: { x, y, color, text: { field: 'series' } },
        },
      ],
    }),
  }
}

/** The last validation loss of every seed, a row for each model. */
export function endsChart(rows: readonly TrainingRow[]): Chart {
  const trainings = [...groupBy(rows, ({ model, seed }) => `${model}/${seed}`).values()]
  const values = trainings.map((own) => {
    const { model, seed, validationLoss, unigramLoss } = own[own.length - 1]
    return { label: model, seed, loss: rounded(validationLoss, 4), unigram: rounded(unigramLoss, 4) }
  })
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: ROW_AXIS } as const
  const scale = { zero: false, padding: 14 } as const
  const x = { field: 'loss', type: 'quantitative', title: 'validation loss at the end, nats per token', scale } as const
  const losses = values.map(({ loss }) => loss)
  return {
    name: 'loss-ends',
    title: 'Where every training ended',
    description:
      `Validation loss at the end of ${values.length} trainings, from ${fixed(Math.min(...losses), 3)} to ` +
      `${fixed(Math.max(...losses), 3)} nats per token; a tick marks the unigram model of the same data.`,
    spec: themed({
      height: rowsHeight(values, 24),
      data: { values },
      layer: [
        {
          mark: { type: 'tick', color: INK.quiet, thickness: 2, size: 14 },
          encoding: { y, x: { ...x, field: 'unigram' } },
        },
        { mark: { type: 'point', color: COLORS.blue, opacity: 0.55, tooltip: true }, encoding: { y, x } },
      ],
    }),
  }
}
