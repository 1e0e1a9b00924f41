// Tables of how far back losses, states and margins depend on what was read.

import type {
  EffectComparisonRow, ExponentRow, JacobianRow, JacobiansResult, LagCurvesResult, LagRow, MarginTraceResult,
  PooledEffectRow, PooledLagRow, SensitivityMap, SensitivityMapResult, TokenEffectRow, TraceDistanceRow, TraceRow,
} from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function lagTables({ rows, pooled, effects, pooledEffects, comparisons }: LagCurvesResult): Table[] {
  return [
    table('token-effects-over-seeds', 'What a token some steps back does to the loss', POOLED_EFFECTS, pooledEffects),
    table('token-effect-comparisons', 'Models with gates against simple ones, paired by seed', COMPARISONS, comparisons),
    table('token-effects', 'What a token some steps back does to the loss, by seed', EFFECTS, effects),
    table('lag-curves-over-seeds', 'The gradient of one token’s loss against the lag', POOLED, pooled),
    table('lag-curves', 'The gradient of one token’s loss against the lag, by seed', LAGS, rows),
  ]
}

export function jacobianTables({ rows, spectrum }: JacobiansResult): Table[] {
  return [
    table('jacobians', 'How products of Jacobians grow', JACOBIANS, rows),
    table('lyapunov-exponents', 'Growth in every direction', EXPONENTS, spectrum),
  ]
}

export function sensitivityTables({ maps }: SensitivityMapResult): Table[] {
  return [
    table('sensitivity-map', 'What each state depends on each input', STEPS, maps.flatMap(stepRows)),
    table('sensitivity-units', 'What each unit still knows of the first input', UNITS, maps.flatMap(unitRows)),
  ]
}

export function marginTraceTables({ rows, distances }: MarginTraceResult): Table[] {
  return [
    table('margin-trace', 'The margin traced back to every word', TRACE, rows),
    table('margin-trace-distances', 'The subject beside other words as far away', DISTANCES, distances),
  ]
}

const MOMENT = { key: 'moment', title: 'Moment' } as const
const OF_MOMENT = [...SUBJECT, MOMENT] as const
const PLACES = { key: 'places', title: 'Places', digits: 0 } as const
const LAG = { key: 'lag', title: 'Lag', unit: 'steps', digits: 0 } as const
const SEEDS = { key: 'seeds', title: 'Seeds', digits: 0 } as const

const EFFECTS: readonly ColumnOf<TokenEffectRow>[] = [
  ...OF_MOMENT,
  { ...LAG, description: '0 is the token read last' },
  PLACES,
  { key: 'change', title: 'Change', unit: 'nats', digits: 6, description: 'mean |change of the loss| with another token there' },
  { key: 'low', title: '95 % low', unit: 'nats', digits: 6, description: 'bootstrap over sequences' },
  { key: 'high', title: '95 % high', unit: 'nats', digits: 6 },
]

const POOLED_EFFECTS: readonly ColumnOf<PooledEffectRow>[] = [
  { key: 'model', title: 'Model' },
  MOMENT,
  LAG,
  SEEDS,
  { key: 'change', title: 'Change', unit: 'nats', digits: 7, description: '|change of the loss| with another token there, geometric mean over seeds' },
  { key: 'low', title: '95 % low', unit: 'nats', digits: 7, description: 'Student’s t over seeds, of logarithms' },
  { key: 'high', title: '95 % high', unit: 'nats', digits: 7 },
]

const COMPARISONS: readonly ColumnOf<EffectComparisonRow>[] = [
  { key: 'model', title: 'Model' },
  { key: 'other', title: 'Without gates' },
  MOMENT,
  LAG,
  SEEDS,
  { key: 'ratio', title: 'Ratio', digits: 3, description: 'of the changes of the loss, paired by seed' },
  { key: 'low', title: '95 % low', digits: 3, description: 'Student’s t over seeds, of logarithms' },
  { key: 'high', title: '95 % high', digits: 3 },
]

const LAGS: readonly ColumnOf<LagRow>[] = [
  ...OF_MOMENT,
  { key: 'site', title: 'Site' },
  LAG,
  PLACES,
  { key: 'log', title: 'Gradient', unit: 'log10', digits: 3, description: '‖∂L/∂site‖, mean of its logarithm over places' },
  { key: 'bandLow', title: '10 %', digits: 3, description: 'of the places' },
  { key: 'bandHigh', title: '90 %', digits: 3 },
  { key: 'zeros', title: 'Zeros', digits: 3, description: 'share of the places where it is exactly 0' },
  { key: 'relative', title: 'Relative', unit: 'log10', digits: 3, description: 'to the gradient at lag 0 of its place' },
  { key: 'relativeBandLow', title: '10 %', digits: 3 },
  { key: 'relativeBandHigh', title: '90 %', digits: 3 },
]

const POOLED: readonly ColumnOf<PooledLagRow>[] = [
  { key: 'model', title: 'Model' },
  MOMENT,
  { key: 'site', title: 'Site' },
  LAG,
  SEEDS,
  PLACES,
  { key: 'log', title: 'Gradient', unit: 'log10', digits: 3, description: '‖∂L/∂site‖, mean of its logarithm over places and seeds' },
  { key: 'low', title: '95 % low', digits: 3, description: 'Student’s t over seeds' },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'bandLow', title: '10 %', digits: 3, description: 'of all places' },
  { key: 'bandHigh', title: '90 %', digits: 3 },
  { key: 'zeros', title: 'Zeros', digits: 3 },
  { key: 'relative', title: 'Relative', unit: 'log10', digits: 3, description: 'to the gradient at lag 0 of its place' },
  { key: 'relativeLow', title: '95 % low', digits: 3 },
  { key: 'relativeHigh', title: '95 % high', digits: 3 },
  { key: 'relativeBandLow', title: '10 %', digits: 3 },
  { key: 'relativeBandHigh', title: '90 %', digits: 3 },
]

const JACOBIANS: readonly ColumnOf<JacobianRow>[] = [
  ...OF_MOMENT,
  LAG,
  PLACES,
  { key: 'log', title: 'Singular value', unit: 'log10', digits: 3, description: 'the largest, mean of its logarithm over places' },
  { key: 'bandLow', title: '10 %', digits: 3 },
  { key: 'bandHigh', title: '90 %', digits: 3 },
  { key: 'growth', title: 'Growth', unit: 'nats a step', digits: 4, description: 'finite-time growth rate' },
  { key: 'bound', title: 'Bound', unit: 'log10', digits: 3, description: 'σ(U)^lag; simple cells' },
  { key: 'gates', title: 'Gates', unit: 'log10', digits: 3, description: 'product of the forget gates, or of 1 − update: mean over units' },
  { key: 'bestGate', title: 'Best unit', unit: 'log10', digits: 3, description: 'of these products' },
]

const EXPONENTS: readonly ColumnOf<ExponentRow>[] = [
  ...OF_MOMENT,
  { key: 'rank', title: 'Rank', digits: 0 },
  { key: 'steps', title: 'Steps', digits: 0 },
  PLACES,
  { key: 'exponent', title: 'Exponent', unit: 'nats a step', digits: 4, description: 'finite-time Lyapunov exponent' },
  { key: 'bandLow', title: '10 %', digits: 4 },
  { key: 'bandHigh', title: '90 %', digits: 4 },
]

interface StepRow extends Pick<SensitivityMap, 'model' | 'seed' | 'moment'> {
  readonly output: number
  readonly input: number
  readonly value: number | null
}

function stepRows({ model, seed, moment, steps }: SensitivityMap): StepRow[] {
  return steps.flatMap((inputs, output) => inputs.map((value, input) => ({ model, seed, moment, output, input, value })))
}

const STEPS: readonly ColumnOf<StepRow>[] = [
  ...OF_MOMENT,
  { key: 'output', title: 'State after', unit: 'step', digits: 0 },
  { key: 'input', title: 'Input of', unit: 'step', digits: 0 },
  { key: 'value', title: 'Sensitivity', unit: 'log10', digits: 3, description: '‖∂hidden / ∂embedding‖; empty where it is 0' },
]

interface UnitStepRow extends Pick<SensitivityMap, 'model' | 'seed' | 'moment'> {
  readonly unit: string
  readonly output: number
  readonly value: number | null
}

function unitRows({ model, seed, moment, units }: SensitivityMap): UnitStepRow[] {
  return units.flatMap(({ unit, values }) => values.map((value, output) => ({ model, seed, moment, unit, output, value })))
}

const UNITS: readonly ColumnOf<UnitStepRow>[] = [
  ...OF_MOMENT,
  { key: 'unit', title: 'Unit' },
  { key: 'output', title: 'State after', unit: 'step', digits: 0 },
  { key: 'value', title: 'Sensitivity', unit: 'log10', digits: 3, description: 'to the first input' },
]

const TRACE: readonly ColumnOf<TraceRow>[] = [
  ...OF_MOMENT,
  { key: 'task', title: 'Task' },
  { key: 'condition', title: 'Condition' },
  { key: 'site', title: 'Site' },
  { key: 'word', title: 'Word' },
  { key: 'role', title: 'Role' },
  { key: 'distance', title: 'Between', unit: 'words', digits: 0, description: 'words between it and the verb' },
  { key: 'n', title: 'N', digits: 0 },
  { key: 'share', title: 'Share', digits: 3, description: 'of the norms of ∂margin/∂site at all words' },
  { key: 'low', title: '95 % low', digits: 3, description: 'bootstrap over lemmas' },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'evenShare', title: 'Even', digits: 3, description: 'baseline: 1 / number of words' },
  { key: 'log', title: 'Gradient', unit: 'log10', digits: 3, description: 'mean of the logarithm' },
  { key: 'bandLow', title: '10 %', digits: 3 },
  { key: 'bandHigh', title: '90 %', digits: 3 },
]

const DISTANCES: readonly ColumnOf<TraceDistanceRow>[] = [
  ...OF_MOMENT,
  { key: 'task', title: 'Items' },
  { key: 'site', title: 'Site' },
  { key: 'distance', title: 'Between', unit: 'words', digits: 0, description: 'words between it and the verb' },
  { key: 'subjects', title: 'N subjects', digits: 0 },
  { key: 'subject', title: 'Subject', unit: 'log10', digits: 3, description: '‖∂margin/∂site‖ at a subject so far away' },
  { key: 'subjectLow', title: '95 % low', digits: 3 },
  { key: 'subjectHigh', title: '95 % high', digits: 3 },
  { key: 'others', title: 'N others', digits: 0 },
  { key: 'other', title: 'Others', unit: 'log10', digits: 3, description: 'baseline: other words so far away' },
  { key: 'otherLow', title: '95 % low', digits: 3 },
  { key: 'otherHigh', title: '95 % high', digits: 3 },
]
