// Tables of the counting experiments. Gates and traces, which differ from cell to cell, become columns of their own
// here; a column that a row has no value for is empty.

import type {
  AcceptanceRow,
  CounterRow,
  CountersResult,
  CountingResult,
  HorizonComparison,
  HorizonRow,
  InterventionRow,
  PrecisionResult,
  PrecisionRow,
  RuleRow,
  StepSizeRow,
  Trace,
  TracesResult,
} from '../../analysis/results.ts'
import type { Row, Table } from '../../core/rows.ts'
import { converging, horizonsOf, reaching, remembered, type ModelHorizons } from '../horizons.ts'
import type { SeedShare } from '../seed-share.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function countingTables(result: CountingResult): Table[] {
  const models = horizonsOf(result.rows).filter(({ trained }) => trained).map(modelRow)
  return [
    table('counting-models', 'How far each model counts, over its seeds', MODELS, models),
    table('counting', 'The horizon of every seed', HORIZONS, result.rows),
    table('counting-comparisons', 'Horizons compared over the same seeds', COMPARISONS, result.comparisons),
    table('counting-rules', 'Words accepted by a threshold', RULES, result.rules),
    table('counting-acceptance', 'Share of seeds that accept a word', ACCEPTANCE, result.acceptance),
  ]
}

export function counterTables({ rows, interventions, steps }: CountersResult): Table[] {
  const gates = [...new Set(rows.flatMap((row) => Object.keys(row.gates)))]
  const columns = gates.map((gate) => ({ key: gate, title: titled(gate), digits: 3, description: 'mid-block mean' }))
  return [
    {
      name: 'counters',
      title: 'Every unit in every block',
      columns: [...COUNTERS, ...columns],
      rows: rows.map(({ gates: own, cell: _, trainedTo: __, ...row }) => ({
        ...Object.fromEntries(gates.map((gate) => [gate, null])), ...row, ...own,
      })),
    },
    table('counters-changed', 'One unit removed, frozen or shifted', INTERVENTIONS, interventions),
    table('counters-step-sizes', 'How much the state moves at each step', STEP_SIZES, steps),
  ]
}

/** One row a symbol, one column a unit: a tenth of a row for each value. */
export function traceTables({ traces }: TracesResult): Table[] {
  const widest = Math.max(0, ...traces.map(({ units }) => units.length))
  const units = Array.from({ length: widest }, (_, unit) => ({ key: `unit ${unit}`, title: `Unit ${unit}`, digits: 3 }))
  const rows = traces.flatMap(traceRows)
  const empty = Object.fromEntries(units.map(({ key }) => [key, null]))
  return [
    {
      name: 'traces',
      title: 'Every unit after every symbol',
      columns: [...TRACES, ...units],
      rows: rows.map((row) => ({ ...empty, ...row })),
    },
  ]
}

export function precisionTables({ rows }: PrecisionResult): Table[] {
  return [table('precision', 'Horizons after rounding and scaling', PRECISION, rows)]
}

function titled(name: string): string {
  return name[0].toUpperCase() + name.slice(1)
}

const OF_LANGUAGE = [{ key: 'language', title: 'Language' }, ...SUBJECT] as const

/** Tables with thousands of rows leave the rest to the tables of horizons. */
const COUNTING_SUBJECT = [
  ...OF_LANGUAGE,
  { key: 'cell', title: 'Cell' },
  { key: 'trainedTo', title: 'Trained to', unit: 'n', digits: 0 },
] as const

interface ModelRow {
  language: string
  model: string
  cell: string
  trainedTo: number
  parameters: number
  units: number
  seeds: number
  converged: number
  median: number
  smallest: number
  largest: number
  reach256: number | null
  reach256Low: number | null
  reach256High: number | null
  reach1000: number | null
  reach1000Low: number | null
  reach1000High: number | null
  untrained: number
  ngram: number
  paper: string | null
  tested: number
}

function modelRow(horizons: ModelHorizons): ModelRow {
  const { language, model, cell, trainedTo, parameters, units, rows, median, smallest, largest } = horizons
  const [to256, to1000] = [reaching(horizons, 256), reaching(horizons, 1000)]
  return {
    language, model, cell, trainedTo, parameters, units, seeds: rows.length, converged: converging(horizons).count,
    median, smallest, largest,
    reach256: fraction(to256), reach256Low: to256?.low ?? null, reach256High: to256?.high ?? null,
    reach1000: fraction(to1000), reach1000Low: to1000?.low ?? null, reach1000High: to1000?.high ?? null,
    untrained: horizons.untrained, ngram: horizons.ngram, paper: remembered(language, cell)?.text ?? null,
    tested: horizons.tested,
  }
}

function fraction(share: SeedShare | null): number | null {
  return share === null ? null : share.count / share.seeds
}

const MODELS: readonly ColumnOf<ModelRow>[] = [
  { key: 'language', title: 'Language' },
  { key: 'model', title: 'Model' },
  { key: 'cell', title: 'Cell' },
  { key: 'seeds', title: 'Seeds', digits: 0 },
  { key: 'converged', title: 'Converged', unit: 'seeds', digits: 0, description: 'right on the whole training range' },
  { key: 'median', title: 'Median', unit: 'n', digits: 0, description: 'horizon; runs that did not converge count' },
  { key: 'smallest', title: 'Smallest', unit: 'n', digits: 0 },
  { key: 'largest', title: 'Largest', unit: 'n', digits: 0 },
  { key: 'reach256', title: 'Reach 256', unit: 'share', digits: 2, description: 'seeds; interval by Wilson' },
  { key: 'reach256Low', title: '95 % low', digits: 2 },
  { key: 'reach256High', title: '95 % high', digits: 2 },
  { key: 'reach1000', title: 'Reach 1,000', unit: 'share', digits: 2 },
  { key: 'reach1000Low', title: '95 % low', digits: 2 },
  { key: 'reach1000High', title: '95 % high', digits: 2 },
  { key: 'paper', title: 'Paper', description: 'Weiss et al. (2018), one network, by its own rule, from memory' },
  { key: 'untrained', title: 'Untrained', unit: 'n', digits: 0, description: 'baseline: before training, at most' },
  { key: 'ngram', title: '5-gram', unit: 'n', digits: 0, description: 'baseline' },
  { key: 'trainedTo', title: 'Trained to', unit: 'n', digits: 0 },
  { key: 'tested', title: 'Tested to', unit: 'n', digits: 0 },
  { key: 'units', title: 'Units', digits: 0 },
  { key: 'parameters', title: 'Parameters', digits: 0 },
]

const HORIZONS: readonly ColumnOf<HorizonRow>[] = [
  ...COUNTING_SUBJECT,
  { key: 'horizon', title: 'Horizon', unit: 'n', digits: 0, description: 'right on every word up to it' },
  { key: 'tested', title: 'Tested to', unit: 'n', digits: 0, description: 'an equal horizon is at least so far' },
  { key: 'converged', title: 'Converged', description: 'right on the whole training range' },
  { key: 'untrainedHorizon', title: 'Untrained', unit: 'n', digits: 0, description: 'baseline: before training' },
  { key: 'ngramHorizon', title: '5-gram', unit: 'n', digits: 0, description: 'baseline' },
  { key: 'validationLoss', title: 'Loss', unit: 'nats/word', digits: 3 },
  { key: 'bestLoss', title: 'Best loss', unit: 'nats/word', digits: 3, description: 'of the best possible predictor' },
  { key: 'trained', title: 'Trained', description: 'no: the weights were set by hand' },
  { key: 'units', title: 'Units', digits: 0 },
  { key: 'parameters', title: 'Parameters', digits: 0 },
]

const COMPARISONS: readonly ColumnOf<HorizonComparison>[] = [
  { key: 'language', title: 'Language' },
  { key: 'model', title: 'Model' },
  { key: 'other', title: 'Other' },
  { key: 'seeds', title: 'Seeds', digits: 0 },
  { key: 'wins', title: 'Wins', digits: 0, description: 'seeds in which the model reaches farther' },
  { key: 'losses', title: 'Losses', digits: 0 },
  { key: 'ties', title: 'Ties', digits: 0 },
  { key: 'medianDifference', title: 'Median difference', unit: 'n', digits: 0 },
  { key: 'p', title: 'p', digits: 4, description: 'exact Wilcoxon signed-rank test, two-sided' },
  { key: 'smallestP', title: 'Smallest p', digits: 4, description: 'that so many seeds can give' },
]

const RULES: readonly ColumnOf<RuleRow>[] = [
  ...COUNTING_SUBJECT,
  { key: 'threshold', title: 'Threshold', unit: 'p', digits: 3 },
  { key: 'acceptedTo', title: 'Accepted to', unit: 'n', digits: 0, description: 'every word up to it is accepted' },
  { key: 'accepted', title: 'Accepted', digits: 3, description: 'share of the words of the training range' },
  { key: 'falselyAccepted', title: 'Falsely', digits: 3, description: 'share of words whose last block is off' },
  { key: 'acceptedBeyond', title: 'Accepted beyond', digits: 3, description: 'the same beyond the training range' },
  { key: 'falselyAcceptedBeyond', title: 'Falsely beyond', digits: 3 },
]

const ACCEPTANCE: readonly ColumnOf<AcceptanceRow>[] = [
  { key: 'language', title: 'Language' },
  { key: 'model', title: 'Model' },
  { key: 'threshold', title: 'Threshold', unit: 'p', digits: 3 },
  { key: 'offset', title: 'd', digits: 0, description: 'symbols by which the last block is too long' },
  { key: 'from', title: 'From', unit: 'n', digits: 0 },
  { key: 'to', title: 'To', unit: 'n', digits: 0 },
  { key: 'share', title: 'Accepting', unit: 'share', digits: 2, description: 'seeds, mean over the n' },
  { key: 'seeds', title: 'Seeds', digits: 0 },
]

const COUNTERS: readonly ColumnOf<CounterRow>[] = [
  ...OF_LANGUAGE,
  { key: 'unit', title: 'Unit' },
  { key: 'counter', title: 'Counter' },
  { key: 'planted', title: 'Planted', description: 'set by hand to count' },
  { key: 'block', title: 'Block' },
  { key: 'slope', title: 'Slope', unit: 'a symbol', digits: 4, description: 'n within the training range' },
  { key: 'r2', title: 'R²', digits: 4 },
  { key: 'slopeOutside', title: 'Slope outside', unit: 'a symbol', digits: 4, description: 'n beyond it' },
  { key: 'r2Outside', title: 'R² outside', digits: 4 },
]

const INTERVENTIONS: readonly ColumnOf<InterventionRow>[] = [
  ...OF_LANGUAGE,
  { key: 'unit', title: 'Unit' },
  { key: 'counter', title: 'Counter' },
  { key: 'change', title: 'Change' },
  { key: 'shift', title: 'Shift', unit: 'symbols', digits: 0 },
  { key: 'horizon', title: 'Horizon', unit: 'n', digits: 0 },
  { key: 'intactHorizon', title: 'Intact', unit: 'n', digits: 0, description: 'horizon' },
  { key: 'expectedOff', title: 'Expected', unit: 'symbols', digits: 0, description: 'last block too long by' },
  { key: 'meanOff', title: 'Found', unit: 'symbols', digits: 2, description: 'last block too long by, mean' },
  { key: 'share', title: 'Exactly so', digits: 3, description: 'share of the lengths' },
  { key: 'n', title: 'Lengths', digits: 0 },
  { key: 'comparableLow', title: 'Others from', digits: 1, description: 'horizon, or symbols, of another unit' },
  { key: 'comparableHigh', title: 'Others to', digits: 1 },
  { key: 'comparable', title: 'Others', digits: 0, description: 'units' },
]

const STEP_SIZES: readonly ColumnOf<StepSizeRow>[] = [
  ...OF_LANGUAGE,
  { key: 'step', title: 'Step', digits: 0, description: 'symbol of the first block' },
  { key: 'size', title: 'Size', digits: 6, description: 'length of the change of the state' },
]

interface TraceRow {
  model: string
  seed: number
  site: string
  word: string
  step: number
}

const TRACES: readonly ColumnOf<TraceRow>[] = [
  ...SUBJECT,
  { key: 'site', title: 'Site' },
  { key: 'word', title: 'Word' },
  { key: 'step', title: 'Symbol', digits: 0 },
]

function traceRows({ model, seed, site, word, units }: Trace): Row[] {
  return units[0].values.map((_, index) => ({
    model, seed, site, word, step: index + 1,
    ...Object.fromEntries(units.map(({ values }, unit) => [`unit ${unit}`, values[index]])),
  }))
}

const PRECISION: readonly ColumnOf<PrecisionRow>[] = [
  ...COUNTING_SUBJECT,
  { key: 'change', title: 'Change' },
  { key: 'horizon', title: 'Horizon', unit: 'n', digits: 0 },
  { key: 'intactHorizon', title: 'Intact', unit: 'n', digits: 0, description: 'horizon' },
  { key: 'tested', title: 'Tested to', unit: 'n', digits: 0 },
]
