// Invented results of a bidirectional language model with two layers.

import type { ContextualVectorsResult, LayerProbeRow, SenseRow } from '../../src/analysis/results.ts'
import type { ReportInput } from '../../src/report/document.ts'
import { input } from './fixture.ts'

const LAYERS = ['0', '1', '2', 'mix'] as const
const RIGHT = {
  trained: { all: [0.87, 0.92, 0.91, 0.93], ambiguous: [0.8, 0.9, 0.88, 0.91] },
  untrained: { all: [0.8, 0.78, 0.75, 0.82], ambiguous: [0.7, 0.7, 0.68, 0.73] },
} as const

const around = (right: number, half: number) => ({ right, low: right - half, high: right + half })

export function contextualResult(changes: { readonly gainLow?: number | null; readonly documents?: number; readonly senses?: readonly SenseRow[] } = {}): ContextualVectorsResult {
  const { gainLow = 0.02, documents = 100 } = changes
  const of = { model: 'elmo', seed: 1 }
  const networks = ['trained', 'untrained'] as const
  const groups = ['all', 'ambiguous'] as const
  return {
    analysis: 'contextual-vectors',
    perplexity: (['forward', 'backward'] as const).map((direction, index) => ({
      ...of, direction, tokens: 240_000, documents, loss: 5 + index / 100, lossLow: 4.97, lossHigh: 5.04, perplexity: 148 + index,
      unigramPerplexity: 600, ngramPerplexity: 190, gain: 0.25, gainLow: 0.2, gainHigh: 0.3,
    })),
    probes: networks.flatMap((network) => LAYERS.flatMap((layer, index) => groups.map((group): LayerProbeRow => ({
      ...of, network, layer, group, n: group === 'all' ? 30_000 : 12_000, documents, ...around(RIGHT[network][group][index], 0.006),
      baseline: group === 'all' ? 0.9 : 0.82, control: 0.6, selectivity: RIGHT[network][group][index] - 0.6,
    })))),
    mixes: networks.flatMap((network) => LAYERS.slice(0, 3).map((layer, index) => ({ ...of, network, layer, weight: [0.2, 0.5, 0.3][index], scale: 1.4 }))),
    gains: LAYERS.slice(0, 3).flatMap((layer) => groups.map((group) => ({ ...of, layer, group, n: 12_000, gain: 0.03, gainLow, gainHigh: gainLow === null ? null : 0.04 }))),
    senses: changes.senses ?? senseRows(0.8),
    audit: [{ message: '30,000 tokens to learn from and 30,000 asked about, 45 classes; no tokens of other classes.' }],
  }
}

/** @param top share right of the trained top layer */
export function senseRows(top: number, words = 60): SenseRow[] {
  return (['trained', 'untrained'] as const).flatMap((network) => ['0', '1', '2'].map((layer, index) => ({
    model: 'elmo', seed: 1, network, layer, n: 6000, words, ...around(network === 'trained' ? [0.52, 0.74, top][index] : 0.6, 0.02), baseline: 0.52,
  })))
}

export const contextualInput: ReportInput = {
  ...input,
  models: [{ name: 'elmo', cell: 'lstm', variant: 'bidirectional LSTM', layers: 2, units: 64, parameters: 800_000, seeds: [1] }],
  results: [contextualResult()],
}
