// What the charts of counting experiments share: a colour for each cell, the axis of n, and the rules at its limits.

import type { CountingCell } from '../../analysis/results.ts'
import { COLORS, INK } from './theme.ts'

/** A cell has one colour in every chart. */
export const CELL_COLORS: Readonly<Record<CountingCell, string>> = {
  lstm: COLORS.blue,
  gru: COLORS.vermillion,
  'tanh rnn': COLORS.green,
  'relu rnn': COLORS.purple,
}

/** Ticks of a logarithmic axis of n. */
export function decades(largest: number): number[] {
  return [1, 10, 100, 1000, 10_000, 100_000, 1_000_000].filter((tick) => tick <= largest)
}

const LIMIT_TEXT = {
  type: 'text', align: 'right', baseline: 'bottom', dy: -4, fontSize: 10.5, color: INK.quiet,
} as const

/** A vertical rule with its meaning above it. */
export function ruleAt(n: number, text: string) {
  return [
    {
      data: { values: [{}] },
      mark: { type: 'rule' as const, strokeDash: [5, 4], color: INK.axis },
      encoding: { x: { datum: n } },
    },
    {
      data: { values: [{}] },
      mark: { ...LIMIT_TEXT, text },
      encoding: { x: { datum: n }, y: { value: 0 } },
    },
  ]
}
