// What the decoder makes of units in the choice between the two forms of verbs: of every unit, and of the chosen ones form
// by form.

import type { VerbFormRow, VerbWeightRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Chart } from '../document.ts'
import { fixed, listed, rounded } from '../format.ts'
import { COLORS, INK, layerOf, ROW_AXIS, rowsHeight, spreadLabels, themed } from './theme.ts'

const HEIGHT = 220
const LABEL_HEIGHT = 13

/** Every unit by its rank. @param rows of one trained model */
export function unitEffectsChart(rows: readonly VerbWeightRow[], name: string): Chart {
  const values = rows.map((row) => ({
    rank: row.rank,
    unit: row.unit,
    effect: rounded(row.effect, 3),
    hint: `${row.unit}, rank ${row.rank} of ${row.units}: ${fixed(row.effect, 2)} nats`,
  }))
  const chosen = values.filter((_, index) => rows[index].chosen)
  const x = { field: 'rank', type: 'quantitative' as const, title: 'units by size of effect', axis: { grid: false, tickMinStep: 1 } }
  const y = { field: 'effect', type: 'quantitative' as const, title: 'nats towards the plural form' }
  const effects = values.map(({ effect }) => effect)
  const gap = (LABEL_HEIGHT / HEIGHT) * (Math.max(...effects) - Math.min(...effects))
  const dots = (filled: boolean, color: string) => ({
    mark: { type: 'point' as const, size: filled ? 60 : 26, filled, color, opacity: 1 },
    encoding: { x, y, tooltip: { field: 'hint' } },
  })
  return {
    name,
    title: 'One standard deviation of each unit',
    description: `Chosen units: ${listed(chosen.map(({ hint }) => hint))}. The largest of all: ${values.find(({ rank }) => rank === 1)!.hint}.`,
    spec: themed({
      height: HEIGHT,
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule' }, encoding: { y: { datum: 0 } } },
        ...layerOf(values.filter((_, index) => !rows[index].chosen), dots(false, INK.quiet)),
        ...layerOf(chosen, dots(true, COLORS.blue)),
        ...layerOf(spreadLabels(chosen, ({ effect }) => effect, gap), {
          mark: { type: 'text' as const, align: 'left' as const, dx: 9, color: COLORS.blue },
          encoding: { x, y: { ...y, field: 'labelY' }, text: { field: 'unit' } },
        }),
      ],
    }),
  }
}

/** The weights of the chosen units, a mark for each form. @param rows of one trained model */
export function verbFormsChart(rows: readonly VerbFormRow[], name: string): Chart {
  const values = rows.map(({ unit, number, form, weight }) => (
    { label: unit, number, weight: rounded(weight, 3), hint: `${form}: ${fixed(weight, 2)}` }
  ))
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: ROW_AXIS } as const
  const x = { field: 'weight', type: 'quantitative' as const, title: 'weight from the unit to the form', axis: { grid: false, tickCount: 6 } }
  const color = {
    field: 'number', type: 'nominal' as const, legend: { offset: 14, symbolType: 'circle' as const, symbolOpacity: 1 },
    scale: { domain: ['singular', 'plural'], range: [COLORS.blue, COLORS.vermillion] },
  }
  return {
    name,
    title: 'Forms of verbs',
    description: [...groupBy(rows, ({ unit, number }) => `${unit}, ${number} forms`)]
      .map(([who, own]) => `${who}: ${fixed(Math.min(...own.map(({ weight }) => weight)), 2)} to ${fixed(Math.max(...own.map(({ weight }) => weight)), 2)}.`)
      .join(' '),
    spec: themed({
      height: rowsHeight(values, 44),
      data: { values },
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule' }, encoding: { x: { datum: 0 } } },
        {
          mark: { type: 'tick', thickness: 1.6, size: 15, opacity: 0.8 },
          encoding: { y, yOffset: { field: 'number', sort: ['singular', 'plural'] }, x, color, tooltip: { field: 'hint' } },
        },
      ],
    }),
  }
}
