// Synthetic results of a counting experiment: an LSTM that counts with one unit, a ReLU network that sometimes does,
// bounded networks that do not, and networks set by hand.

import type {
  AcceptanceRow,
  AnalysisResult,
  CounterRow,
  CountingCell,
  HorizonComparison,
  HorizonRow,
  InterventionRow,
  PrecisionRow,
  RuleRow,
  StepSizeRow,
  Trace,
} from '../../src/analysis/results.ts'
import { exp } from '../../src/core/math.ts'
import { Random } from '../../src/core/random.ts'
import { quantile } from '../../src/core/statistics/interval.ts'
import type { ReportInput } from '../../src/report/document.ts'

const TESTED = 1000
const LANGUAGES = [
  { language: 'a^n b^n', letters: ['a', 'b'], trainedTo: 100, best: 4.605, long: 1000 },
  { language: 'a^n b^n c^n', letters: ['a', 'b', 'c'], trainedTo: 50, best: 3.912, long: 100 },
] as const
type Language = (typeof LANGUAGES)[number]

interface SyntheticModel {
  readonly name: string
  readonly cell: CountingCell
  readonly units: number
  readonly parameters: number
  /** median horizon over the longest word of training */
  readonly reach: number
  /** share of the seeds that do not converge */
  readonly fails: number
}

export const MODELS: readonly SyntheticModel[] = [
  { name: 'lstm', cell: 'lstm', units: 10, parameters: 602, reach: 4, fails: 0.15 },
  { name: 'gru', cell: 'gru', units: 10, parameters: 462, reach: 0.7, fails: 0.5 },
  { name: 'rnn', cell: 'tanh rnn', units: 10, parameters: 182, reach: 0.2, fails: 1 },
  { name: 'relu', cell: 'relu rnn', units: 10, parameters: 182, reach: 1.6, fails: 0.4 },
  { name: 'gru-after', cell: 'gru', units: 10, parameters: 472, reach: 0.9, fails: 0.5 },
  { name: 'gru-matched', cell: 'gru', units: 12, parameters: 615, reach: 1.1, fails: 0.4 },
  { name: 'rnn-matched', cell: 'tanh rnn', units: 21, parameters: 604, reach: 0.3, fails: 0.9 },
  { name: 'relu-matched', cell: 'relu rnn', units: 21, parameters: 604, reach: 2.2, fails: 0.3 },
]

const OFFSETS = [-5, -3, -2, -1, 0, 1, 2, 3, 5]
const CHANGES = ['none', 'bfloat16', 'float16', 'int8', 'times 2', 'times 5', 'times 10', 'times 100']
const KEPT = [1, 0.08, 0.9, 0.02, 0.8, 0.7, 0.6, 0.6]

export interface Size {
  /** how many of MODELS */
  readonly models: number
  readonly seeds: number
  /** longest words of the traces, beside the 1,000 and 100 of the experiment */
  readonly longest?: number
}

/** A report's input of so many models and seeds. The same size gives the same numbers. */
export function countingInput({ models: number, seeds, longest = TESTED }: Size): ReportInput {
  const random = new Random(`synthetic counting ${number} ${seeds}`)
  const models = MODELS.slice(0, number)
  const everySeed = Array.from({ length: seeds }, (_, seed) => seed + 1)
  const subjects = LANGUAGES.flatMap((language) =>
    models.flatMap((model) => everySeed.map((seed) => (
      { model, seed, language, ...horizonOf(model, language, random) }
    ))),
  )
  type Synthetic = (typeof subjects)[number]
  const subject = ({ model, seed, language }: Pick<Synthetic, 'model' | 'seed' | 'language'>) => (
    { model: model.name, seed, language: language.language, cell: model.cell, trainedTo: language.trainedTo }
  )
  const rows = [
    ...subjects.map((own): HorizonRow => ({
      ...subject(own), parameters: own.model.parameters, units: own.model.units, trained: true,
      converged: own.converged, horizon: own.horizon, tested: TESTED, ngramHorizon: 4,
      untrainedHorizon: own.seed % 4 === 0 ? 1 : 0,
      validationLoss: own.language.best + (own.converged ? 0.01 : 0.4), bestLoss: own.language.best,
    })),
    ...LANGUAGES.flatMap((language) => controls(language)),
  ]
  const traced = subjects.filter(({ model, seed }) => seed === 1 && ['lstm', 'gru', 'rnn'].includes(model.name))
  const results: AnalysisResult[] = [
    {
      analysis: 'counting', rows,
      rules: subjects.flatMap((own) => [0.01, 0.005].map((threshold): RuleRow => ({
        ...subject(own), threshold, acceptedTo: Math.round(own.horizon * 0.6), accepted: own.converged ? 1 : 0.4,
        falselyAccepted: own.converged ? 0.02 : 0.3, acceptedBeyond: own.horizon / TESTED, falselyAcceptedBeyond: 0.1,
      }))),
      acceptance: LANGUAGES.flatMap((language) => models.flatMap((model) => acceptance(
        model, language, subjects.filter((own) => own.model === model && own.language === language),
      ))),
      comparisons: LANGUAGES.flatMap((language) => models.slice(1).map((other) => comparison(
        language, models[0], other, rows.filter((row) => row.language === language.language),
      ))),
    },
    {
      analysis: 'counters',
      rows: [
        ...subjects.flatMap((own) => counterRows(own, subject(own), random)),
        ...LANGUAGES.flatMap((language) => plantedRows(language)),
      ],
      interventions: subjects.flatMap((own) => interventions(own, subject(own), random)),
      steps: subjects.flatMap((own) => stepSizes(own, subject(own))),
    },
    {
      analysis: 'traces',
      traces: traced.map((own) => trace(own, subject(own), Math.min(longest, own.language.long), random)),
    },
    {
      analysis: 'precision',
      rows: subjects.flatMap((own) => CHANGES.map((change, index): PrecisionRow => ({
        ...subject(own), change, intactHorizon: own.horizon, tested: TESTED,
        horizon: change === 'none' ? own.horizon
          : Math.floor(own.horizon * KEPT[index] * (own.model.cell === 'lstm' ? 1 : 0.2) * random.uniform(0.7, 1)),
      }))),
    },
  ]
  return {
    name: 'synthetic-counting',
    question: 'Do LSTMs count where GRUs and tanh networks cannot?',
    results,
    models: models.map(({ name, cell, units, parameters }) => ({
      name, cell: cell === 'lstm' || cell === 'gru' ? cell : 'rnn', variant: cell, layers: 1, units, parameters, seeds: everySeed,
    })),
    experiment: '# synthetic results\nname: synthetic-counting\n',
    environment: [{ name: 'rnn-probe', value: '0.1.0' }],
  }
}

function horizonOf(model: SyntheticModel, { trainedTo }: Language, random: Random) {
  const converged = random.uniform(0, 1) >= model.fails
  const far = Math.round(trainedTo * model.reach * exp(random.normal() * 0.7))
  if (!converged) return { horizon: Math.min(trainedTo - 1, Math.round(far * 0.3)), converged }
  return { horizon: Math.min(TESTED, Math.max(far, trainedTo)), converged }
}

function controls({ language, trainedTo }: Language): HorizonRow[] {
  return (['lstm', 'gru'] as const).map((cell) => ({
    model: `${cell} by hand`, seed: 1, language, cell, trainedTo, parameters: 602, units: 10, trained: false,
    converged: true, horizon: 10_000, tested: 10_000, ngramHorizon: 4, untrainedHorizon: 0, validationLoss: 4.7,
    bestLoss: 4.605,
  }))
}

/** Stretches of n in which the share of the seeds does not change. A word off by more is accepted by fewer. */
function acceptance(model: SyntheticModel, language: Language, seeds: readonly { horizon: number }[]): AcceptanceRow[] {
  const own = { model: model.name, language: language.language, cell: model.cell, trainedTo: language.trainedTo }
  return [0.01, 0.005].flatMap((threshold) => OFFSETS.flatMap((offset) => {
    const off = Math.abs(offset)
    const accepts = (n: number) => seeds.filter(({ horizon }) =>
      off === 0 ? n <= horizon : n > horizon + 20 * off && n < horizon + 60 + 15 * off).length
    const stretches: AcceptanceRow[] = []
    for (let n = 1; n <= TESTED; n++) {
      const share = accepts(n) / seeds.length
      const last = stretches.at(-1)
      if (last?.share === share) stretches[stretches.length - 1] = { ...last, to: n }
      else stretches.push({ ...own, threshold, offset, from: n, to: n, share, seeds: seeds.length })
    }
    return stretches
  }))
}

function comparison(
  { language }: Language,
  model: SyntheticModel,
  other: SyntheticModel,
  rows: readonly HorizonRow[],
): HorizonComparison {
  const of = (name: string) => rows.filter((row) => row.model === name).map((row) => row.horizon)
  const theirs = of(other.name)
  const differences = of(model.name).map((horizon, seed) => horizon - theirs[seed])
  const wins = differences.filter((difference) => difference > 0).length
  const losses = differences.filter((difference) => difference < 0).length
  const smallestP = 2 ** (1 - differences.length)
  return {
    language, model: model.name, other: other.name, seeds: differences.length, wins, losses,
    ties: differences.length - wins - losses, medianDifference: quantile([...differences].sort((a, b) => a - b), 0.5),
    p: losses === 0 ? smallestP : Math.min(1, smallestP * 3 ** losses), smallestP,
  }
}

interface Own {
  readonly model: SyntheticModel
  readonly seed: number
  readonly language: Language
  readonly horizon: number
}
type Named = Pick<CounterRow, 'model' | 'seed' | 'language' | 'cell' | 'trainedTo'>

function counts({ model, horizon, language }: Own): boolean {
  return (model.cell === 'lstm' || model.cell === 'relu rnn') && horizon > language.trainedTo
}

function siteOf(cell: CountingCell): string {
  return cell === 'lstm' ? '0.cell' : '0.hidden'
}

function gatesOf(cell: CountingCell, counter: boolean, direction: number, random: Random): Record<string, number> {
  const open = () => (counter ? 0.995 : digits(random.uniform(0.1, 0.95)))
  const candidate = counter ? direction * 0.998 : digits(random.uniform(-0.9, 0.9))
  if (cell === 'lstm') return { input: open(), forget: open(), candidate, output: digits(random.uniform(0.2, 0.9)) }
  if (cell === 'gru') return { update: open(), reset: open(), candidate }
  return {}
}

function counterRows(own: Own, named: Named, random: Random): CounterRow[] {
  return Array.from({ length: own.model.units }, (_, unit) => {
    const counter = unit === own.seed % own.model.units && counts(own)
    return own.language.letters.map((block, place): CounterRow => {
      const direction = place === 0 ? 1 : -1
      const spread = own.model.cell === 'lstm' ? 0.06 : 0.008
      const slope = counter ? direction * (0.99 + random.uniform(0, 0.01)) : random.normal() * spread
      const kept = counter ? random.uniform(0.985, 1) : random.uniform(0, 0.15)
      return {
        ...named, unit: `${siteOf(own.model.cell)}.${unit}`, block, slope: digits(slope),
        r2: counter ? 0.9999 : digits(random.uniform(0.2, 0.98)), slopeOutside: digits(slope * kept),
        r2Outside: digits(counter ? random.uniform(0.995, 0.9999) : random.uniform(0, 0.8)),
        gates: gatesOf(own.model.cell, counter, direction, random), counter, planted: null,
      }
    })
  }).flat()
}

function plantedRows({ language, letters, trainedTo }: Language): CounterRow[] {
  return [true, false].flatMap((planted, unit) => letters.map((block, place) => {
    const slope = planted ? (place === 0 ? 1 : -1) : 0
    const r2 = planted ? 1 : 0
    return {
      model: 'lstm by hand', seed: 1, language, cell: 'lstm' as const, trainedTo, unit: `0.cell.${unit}`, block, slope,
      r2, slopeOutside: slope, r2Outside: r2, gates: { input: 1, forget: 1, candidate: 1, output: 1 }, counter: planted,
      planted,
    }
  }))
}

function interventions(own: Own, named: Named, random: Random): InterventionRow[] {
  return Array.from({ length: own.model.units }, (_, unit) => {
    const counter = unit === own.seed % own.model.units && counts(own)
    const base = {
      ...named, unit: `${siteOf(own.model.cell)}.${unit}`, counter, intactHorizon: own.horizon,
      n: own.language.trainedTo - 10, comparable: own.model.units - 1,
    }
    const left = counter ? 0 : Math.round(own.horizon * random.uniform(0.3, 1))
    return [
      ...(['removed', 'frozen'] as const).map((change): InterventionRow => ({
        ...base, change, shift: null, horizon: left, expectedOff: null, meanOff: null, share: null,
        comparableLow: Math.round(own.horizon * 0.3), comparableHigh: own.horizon,
      })),
      ...[5, -5].map((shift): InterventionRow => ({
        ...base, change: 'shifted', shift, horizon: null, expectedOff: shift, share: counter ? 0.97 : 0.01,
        meanOff: counter ? shift * 0.99 : digits(random.normal() * 0.2), comparableLow: -0.4, comparableHigh: 0.5,
      })),
    ]
  }).flat()
}

function stepSizes(own: Own, named: Named): StepSizeRow[] {
  const steps = [...new Set(Array.from({ length: 61 }, (_, index) => Math.round(exp((index / 60) * Math.log(TESTED)))))]
  const rate = 0.02 + 0.004 * own.seed
  return steps.map((step) => ({
    ...named, step,
    size: counts(own) ? digits(1 + 0.3 / step, 4)
      : step > 800 && own.model.cell === 'tanh rnn' ? 0 : digits(0.5 * exp(-rate * step) + 1e-7, 4),
  }))
}

function trace(own: Own, named: Named, n: number, random: Random): Trace {
  const { letters } = own.language
  const bounded = own.model.cell !== 'lstm'
  const units = Array.from({ length: own.model.units }, (_, unit) => {
    const counter = unit === own.seed % own.model.units && counts(own)
    const level = random.uniform(-1, 1)
    const rate = random.uniform(0.01, 0.2)
    const values = letters.flatMap((_, place) => Array.from({ length: n }, (_, step) => {
      if (counter) return digits(place === 0 ? step + 1 : Math.max(0, n - (step + 1) * 0.9976), 4)
      const settled = level * (place % 2 === 0 ? 1 : -1) * (bounded ? 1 : 3)
      return digits(settled * (1 - exp(-rate * (step + 1))), 4)
    }))
    return { unit: `${siteOf(own.model.cell)}.${unit}`, counter, values }
  })
  return { ...named, site: siteOf(own.model.cell), n, word: letters.map((letter) => `${letter}^${n}`).join(' '), units }
}

function digits(value: number, number = 6): number {
  return Number(value.toPrecision(number))
}
