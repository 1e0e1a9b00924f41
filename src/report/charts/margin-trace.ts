// The margin of the right verb traced back: the share of its gradient at each word of a template, and the subject beside
// other words as far away.

import type { TraceDistanceRow, TraceRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Chart } from '../document.ts'
import { fixed, listed, percent, rounded } from '../format.ts'
import { COLORS, INK, layerOf, themed } from './theme.ts'
import { momentColor } from './gradients.ts'

/** One chart a condition. @param rows of one task and site of one seed of a model */
export function traceCharts(rows: readonly TraceRow[], name: string): Chart[] {
  return [...groupBy(rows, ({ condition }) => condition)].map(([condition, own]) => {
    const words = [...new Map(own.map((row) => [row.position, row])).values()].sort((a, b) => a.position - b.position)
    const values = own.map((row) => ({
      position: row.position, moment: row.moment, share: rounded(row.share * 100, 1),
      low: rounded((row.low ?? row.share) * 100, 1), high: rounded((row.high ?? row.share) * 100, 1),
    }))
    const labels = words.map(({ word, role }) => (role === 'other' ? word : `${word} (${role})`))
    const x = {
      field: 'position', type: 'ordinal' as const, title: null,
      axis: { grid: false, labelAngle: -35, labelLimit: 130, labelExpr: `${JSON.stringify(labels)}[datum.value]` },
    }
    const y = {
      field: 'share', type: 'quantitative' as const, title: 'share of the gradient, %', scale: { domainMin: 0 },
      axis: { tickCount: 4 },
    }
    const color = momentColor(own.map(({ moment }) => moment))
    const xOffset = { field: 'moment', sort: color.scale.domain }
    const trained = own.filter(({ moment }) => moment === 'trained')
    return {
      name: `${name}-${condition.toLowerCase()}`,
      title: condition,
      description: `Share of the margin’s gradient at each word, ${condition}: ` +
        `${listed(trained.map(({ word, share }) => `${word} ${percent(share)}`))}.`,
      spec: themed({
        height: 180,
        layer: [
          {
            data: { values: [{}] }, mark: { type: 'rule', strokeDash: [5, 4], color: INK.quiet },
            encoding: { y: { datum: rounded(words[0].evenShare * 100, 1) } },
          },
          { data: { values }, mark: { type: 'rule', strokeWidth: 2.5 }, encoding: { x, xOffset, y: { ...y, field: 'low' }, y2: { field: 'high' }, color } },
          { data: { values }, mark: { type: 'point', opacity: 1, tooltip: true }, encoding: { x, xOffset, y, color } },
        ],
      }),
    }
  })
}

const WHO = ['subject', 'other words'] as const

/** @param rows of one set of items and site, of one seed of a trained model */
export function distanceChart(rows: readonly TraceDistanceRow[], name: string, title: string): Chart {
  const values = rows.flatMap((row) => [
    { distance: row.distance, who: WHO[0], value: row.subject, low: row.subjectLow, high: row.subjectHigh, n: row.subjects },
    { distance: row.distance, who: WHO[1], value: row.other, low: row.otherLow, high: row.otherHigh, n: row.others },
  ]).filter(({ value }) => value !== null).map(({ value, low, high, ...rest }) => (
    { ...rest, value: rounded(value!, 3), low: rounded(low ?? value!, 3), high: rounded(high ?? value!, 3) }
  ))
  const x = {
    field: 'distance', type: 'quantitative' as const, title: 'words between it and the verb',
    axis: { grid: false, tickMinStep: 1 },
  }
  const y = {
    field: 'value', type: 'quantitative' as const, title: 'gradient of the margin, log10', scale: { zero: false, padding: 8 },
    axis: { tickCount: 5 },
  }
  const color = {
    field: 'who', type: 'nominal' as const, scale: { domain: [...WHO], range: [COLORS.blue, INK.quiet] }, legend: { offset: 26 },
  }
  return {
    name,
    title,
    description: rows
      .filter(({ subject, other }) => subject !== null && other !== null)
      .map((row) => `${row.distance} words between: subject 10^${fixed(row.subject!, 2)}, others 10^${fixed(row.other!, 2)}.`)
      .join(' '),
    spec: themed({
      height: 200,
      layer: [
        ...layerOf(values, {
          mark: { type: 'area' as const, opacity: 0.15 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
        }),
        ...layerOf(values, {
          mark: { type: 'line' as const, point: { size: 28 }, tooltip: true },
          encoding: { x, y, color },
        }),
      ],
    }),
  }
}
