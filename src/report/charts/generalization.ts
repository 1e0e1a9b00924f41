// A decoder trained at one word and tested at others: its course from the subject on, and the whole matrix.

import type { GeneralizationRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Chart } from '../document.ts'
import { fixed, listed, rounded } from '../format.ts'
import { COLORS, INK, themed } from './theme.ts'

const TOGETHER = ['number units', 'other units']
const ALONE = 'a number unit alone'
const KINDS = [...TOGETHER, ALONE]

/** Decoders trained at the subject. @param rows of one site of one trained model, all of them trained there */
export function courseChart(rows: readonly GeneralizationRow[], name: string): Chart {
  const values = rows.map((row) => ({
    position: row.tested,
    decoder: row.decoder,
    kind: TOGETHER.includes(row.decoder) ? row.decoder : ALONE,
    auc: rounded(row.auc, 3),
    low: rounded(row.low, 3),
    high: rounded(row.high, 3),
    hint: `${row.decoder} at ${row.testedWord}: AUC ${fixed(row.auc, 2)} [${fixed(row.low, 2)}, ${fixed(row.high, 2)}]`,
  }))
  const x = wordAxis(rows, 'tested', 'position', null)
  const y = {
    field: 'auc',
    type: 'quantitative' as const,
    title: 'AUC of the subject’s number',
    scale: { domain: [0, 1] },
  }
  const color = {
    field: 'kind',
    type: 'nominal' as const,
    scale: { domain: KINDS, range: [COLORS.blue, COLORS.orange, COLORS.sky] },
    legend: { symbolType: 'stroke', symbolStrokeWidth: 2, symbolSize: 220, symbolOpacity: 1 },
  }
  const dash = { ...color, scale: { domain: KINDS, range: [[1, 0], [4, 3], [1, 2]] } }
  const isBand = `datum.kind !== '${ALONE}'`
  return {
    name,
    title: `Site ${rows[0].site}`,
    description: describe(rows),
    spec: themed({
      height: 200,
      data: { values },
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.axis }, encoding: { y: { datum: 0.5 } } },
        {
          transform: [{ filter: isBand }],
          mark: { type: 'area', opacity: 0.12 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
        },
        {
          mark: { type: 'line' },
          encoding: { x, y, color, strokeDash: dash, detail: { field: 'decoder' } },
        },
        { mark: { type: 'point', size: 24, opacity: 1 }, encoding: { x, y, color, tooltip: { field: 'hint' } } },
      ],
    }),
  }
}

/** Every word against every word. @param rows of one decoder of one site of one trained model */
export function matrixChart(rows: readonly GeneralizationRow[], name: string): Chart {
  const values = rows.map((row) => ({
    trained: row.trained,
    tested: row.tested,
    auc: rounded(row.auc, 3),
    text: fixed(row.auc, 2),
    hint: `trained at ${row.trainedWord}, tested at ${row.testedWord}: AUC ${fixed(row.auc, 2)} ` +
      `[${fixed(row.low, 2)}, ${fixed(row.high, 2)}]`,
  }))
  const x = { ...wordAxis(rows, 'tested', 'tested', 'tested at'), scale: { type: 'band' as const, padding: 0 } }
  const y = { ...wordAxis(rows, 'trained', 'trained', 'trained at'), scale: { type: 'band' as const, padding: 0 } }
  const color = {
    field: 'auc',
    type: 'quantitative' as const,
    scale: { domain: [0, 0.5, 1], range: [COLORS.vermillion, '#ffffff', COLORS.blue], interpolate: 'rgb' as const },
    legend: null,
  }
  return {
    name,
    title: `${rows[0].site}, ${rows[0].decoder}`,
    description:
      `AUC of a decoder of the ${rows[0].decoder} (${rows[0].site}) for every word that it is trained at and every ` +
      'word that it is tested at; 0.5 is chance, 0 is the other number.',
    spec: themed({
      height: 34 * new Set(rows.map(({ trained }) => trained)).size,
      data: { values },
      layer: [
        { mark: { type: 'rect', stroke: INK.grid }, encoding: { x, y, color, tooltip: { field: 'hint' } } },
        {
          mark: { type: 'text' },
          encoding: {
            x,
            y,
            text: { field: 'text' },
            color: { condition: { test: 'abs(datum.auc - 0.5) > 0.3', value: '#ffffff' }, value: INK.text },
          },
        },
      ],
    }),
  }
}

/** An axis of the words of the items. */
function wordAxis(
  rows: readonly GeneralizationRow[],
  by: 'trained' | 'tested',
  field: string,
  title: string | null,
) {
  const words = [...groupBy(rows, (row) => String(row[by])).values()].map(([row]) => row)
  const labels = words.sort((a, b) => a[by] - b[by]).map((row) => (by === 'trained' ? row.trainedWord : row.testedWord))
  return {
    field,
    type: 'ordinal' as const,
    title,
    scale: { type: 'point' as const, padding: 0.3 },
    axis: {
      grid: false,
      labelAngle: by === 'tested' ? -35 : 0,
      labelLimit: 80,
      labelOverlap: false,
      labelExpr: `${JSON.stringify(labels)}[datum.value - ${words[0][by]}]`,
    },
  }
}

function describe(rows: readonly GeneralizationRow[]): string {
  const last = Math.max(...rows.map(({ tested }) => tested))
  const ends = rows.filter(({ tested }) => tested === last)
  const texts = ends.map(({ decoder, auc }) => `${decoder} ${fixed(auc, 2)}`)
  return `AUC at each word of decoders trained at the subject, chance 0.5. At the last word: ${listed(texts)}.`
}
