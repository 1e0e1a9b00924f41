// Networks of three cells on one text, and networks that learned to count, with results that are known.

import type { AgreementGroupRow, HorizonRow, LagRow, PerplexityRow } from '../../src/analysis/results.ts'
import type { ModelSummary, ReportInput } from '../../src/report/document.ts'

interface Network extends Omit<ModelSummary, 'layers' | 'seeds'> {
  readonly perplexity: number
  readonly far: number
  readonly gradient: number
  readonly speed: number
}

const READERS: readonly Network[] = [
  { name: 'lstm', cell: 'lstm', variant: 'LSTM', units: 64, parameters: 58_000, perplexity: 8.1, far: 0.96, gradient: -2.1, speed: 61_000 },
  { name: 'gru', cell: 'gru', variant: 'GRU, reset before', units: 64, parameters: 49_000, perplexity: 8.2, far: 0.97, gradient: -1.9, speed: 64_000 },
  { name: 'rnn', cell: 'rnn', variant: 'RNN', units: 64, parameters: 33_000, perplexity: 9.4, far: 0.71, gradient: -6.3, speed: 140_000 },
  { name: 'gru-74', cell: 'gru', variant: 'GRU, reset before', units: 74, parameters: 57_800, perplexity: 8, far: 0.97, gradient: -2, speed: 55_000 },
  { name: 'rnn-120', cell: 'rnn', variant: 'RNN', units: 120, parameters: 58_300, perplexity: 9.1, far: 0.74, gradient: -6, speed: 90_000 },
  // neither as many units nor as many parameters: it is compared with nothing
  { name: 'rnn-90', cell: 'rnn', variant: 'RNN', units: 90, parameters: 45_000, perplexity: 9.2, far: 0.7, gradient: -6, speed: 110_000 },
]

const COUNTERS = [
  { name: 'lstm-counts', cell: 'lstm', variant: 'LSTM', units: 10, parameters: 600, horizons: [240, 260, 900, 100, 251] },
  { name: 'gru-counts', cell: 'gru', variant: 'GRU, reset before', units: 10, parameters: 460, horizons: [40, 101, 99, 120, 110] },
  { name: 'gru-12-counts', cell: 'gru', variant: 'GRU, reset before', units: 12, parameters: 602, horizons: [50, 130, 99, 125, 110] },
  { name: 'rnn-counts', cell: 'rnn', variant: 'RNN', units: 10, parameters: 170, horizons: [8, 30, 20, 12, 9] },
] as const

export function cellsInput(seeds: number): ReportInput {
  const every = Array.from({ length: seeds }, (_, index) => index + 1)
  const subjects = READERS.flatMap((network) => every.map((seed) => ({ network, model: network.name, seed, off: (seed - (seeds + 1) / 2) / 50 })))
  const perplexity = subjects.flatMap(({ network, model, seed, off }) => (['validation', 'test'] as const).map((split): PerplexityRow => ({
    model, seed, split, tokens: 30_000, documents: 20, loss: 2.1, lossLow: 2, lossHigh: 2.2, unigramPerplexity: 40, ngramPerplexity: 9.9, ngramOrder: 5,
    bitsPerCharacter: null, perplexity: network.perplexity + off + (split === 'validation' ? 1 : 0),
  })))
  const shares = { task: 'grammar', n: 200, lemmas: 40, low: 0.5, high: 1, majority: 0.5, unigram: 0.5, lastNoun: 0.4, ngram: 0.5, margin: 2, marginLow: 1, marginHigh: 3 }
  const groups = subjects.flatMap(({ network, model, seed }): AgreementGroupRow[] => [
    { ...shares, model, seed, by: 'distance', group: '0 words', accuracy: 1 },
    { ...shares, model, seed, by: 'distance', group: '5+ words', accuracy: network.far },
    { ...shares, model, seed, by: 'attractors', group: '2+ attractors', accuracy: network.far - 0.1 },
  ])
  const lags = subjects.flatMap(({ network, model, seed }) => [0, 50].map((lag): LagRow => ({
    model, seed, moment: 'trained', site: '0.hidden', lag, places: 200, log: -1, bandLow: -2, bandHigh: 0, zeros: 0,
    relative: lag === 0 ? 0 : network.gradient, relativeBandLow: -8, relativeBandHigh: 0,
  })))
  const horizons = COUNTERS.flatMap(({ name, cell, units, parameters, horizons: own }) => own.map((horizon, index): HorizonRow => ({
    model: name, seed: index + 1, language: 'a^n b^n', cell: cell === 'rnn' ? 'tanh rnn' : cell, trainedTo: 100, parameters, units, trained: true,
    converged: horizon >= 100, horizon, tested: 1000, ngramHorizon: 4, untrainedHorizon: 0, validationLoss: 5, bestLoss: 4.6,
  })))
  return {
    name: 'synthetic-cells',
    question: 'Which cell?',
    results: [
      { analysis: 'perplexity', rows: perplexity, orders: [] },
      { analysis: 'agreement', rows: [], groups, trends: [], pairs: [], overSeeds: [], examples: [], audit: [] },
      { analysis: 'counting', rows: horizons, rules: [], acceptance: [], comparisons: [] },
      { analysis: 'lag-curves', rows: lags, pooled: [], effects: [], pooledEffects: [], comparisons: [] },
    ],
    models: [
      ...READERS.map(({ name, cell, variant, units, parameters }) => ({ name, cell, variant, layers: 1, units, parameters, seeds: every })),
      ...COUNTERS.map(({ name, cell, variant, units, parameters }) => ({ name, cell, variant, layers: 1, units, parameters, seeds: [1, 2, 3, 4, 5] })),
    ],
    experiment: '# synthetic results\nname: synthetic-cells\n',
    environment: READERS.map(({ name, speed }) => ({ name: `training speed of ${name}`, value: `${speed / 1000},000 tokens a second` })),
  }
}
