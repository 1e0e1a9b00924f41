// Synthetic results for the report's tests: no model made these numbers. One LSTM of 200 units in which unit 61 was
// planted to carry number, SP fails, and everything else is noise.

import type {
  AblationRow, AgreementGroupRow, AgreementRow, AnalysisResult, ColoredPassage, DynamicsRow, NumberGapRow, EmergenceRow, GeneralizationRow,
  NgramRow, PerplexityRow, RangeRow, RankingRow, SaturationRow, TrainingRow,
} from '../../src/analysis/results.ts'
import { exp, log } from '../../src/core/math.ts'
import { Random } from '../../src/core/random.ts'
import type { ReportInput } from '../../src/report/document.ts'

export const PLANTED = 61
const UNITS = 200
const SUBJECT = { model: 'synthetic', seed: 1 } as const
const random = new Random('synthetic report')

/** `planted` is what removing the planted unit costs; a plural subject makes the singular baselines wrong. */
const CONDITIONS = [
  { task: 'simple', condition: 'S', accuracy: 0.995, planted: 0.003, lastNoun: 1, ngram: 0.93 },
  { task: 'simple', condition: 'P', accuracy: 0.99, planted: 0.006, lastNoun: 1, ngram: 0.95 },
  { task: 'nounpp', condition: 'SS', accuracy: 0.957, planted: 0.091, lastNoun: 1, ngram: 0.86 },
  { task: 'nounpp', condition: 'SP', accuracy: 0.263, planted: 0.1, lastNoun: 0, ngram: 0.13 },
  { task: 'nounpp', condition: 'PS', accuracy: 0.862, planted: 0.287, lastNoun: 0, ngram: 0.17 },
  { task: 'nounpp', condition: 'PP', accuracy: 0.998, planted: 0.012, lastNoun: 1, ngram: 0.92 },
] as const
const ITEMS = 600

export const agreementRows: readonly AgreementRow[] = CONDITIONS.map(
  ({ task, condition, accuracy, lastNoun, ngram }) => {
    const singular = condition.startsWith('S')
    const half = 1.96 * Math.sqrt((accuracy * (1 - accuracy)) / 220)
    const margin = (accuracy - 0.5) * 6.2
    return {
      ...SUBJECT, task, condition, n: ITEMS, lemmas: 288, accuracy, lastNoun, ngram,
      majority: singular ? 1 : 0, unigram: singular ? 0.42 : 0.58,
      low: Math.max(0, accuracy - half), high: Math.min(1, accuracy + half),
      margin, marginLow: margin - 0.21, marginHigh: margin + 0.21,
    }
  },
)

/** Real text: one attractor costs everything, two are too few to say, distance costs nothing. */
const groupRows: readonly AgreementGroupRow[] = [
  { by: 'attractors', group: 'no noun', n: 1400, accuracy: 0.93 },
  { by: 'attractors', group: 'nouns alike', n: 228, accuracy: 0.95 },
  { by: 'attractors', group: '1 attractor', n: 91, accuracy: 0.14 },
  { by: 'attractors', group: '2+ attractors', n: 25, accuracy: 0.32 },
  { by: 'distance', group: '0 words', n: 1300, accuracy: 0.93 },
  { by: 'distance', group: '1–2 words', n: 100, accuracy: 0.92 },
  { by: 'distance', group: '3–4 words', n: 130, accuracy: 0.93 },
].map((row) => {
  const half = 1.96 * Math.sqrt((row.accuracy * (1 - row.accuracy)) / row.n)
  const lastNoun = row.group.includes('attractor') ? 0 : 1
  return {
    ...agreementRows[0], ...row, by: row.by as AgreementGroupRow['by'], task: 'brown', lastNoun,
    low: row.accuracy - half, high: row.accuracy + half,
  }
})

type Condition = (typeof CONDITIONS)[number]

function ablationRow(index: number, set: 'mean' | 'zero', at: Condition, half: AblationRow['half']): AblationRow {
  const factor = (half === 'confirmation' ? 0.94 : 1) * (set === 'zero' ? 1.07 : 1)
  const planted = index === PLANTED ? at.planted * factor : 0
  const noise = random.normal() * (index % 17 === 0 ? 0.012 : 0.005) * (at.task === 'simple' ? 0.3 : 1)
  const drop = planted + noise
  const band = at.task === 'simple' ? 0.005 : 0.018
  return {
    ...SUBJECT, unit: `0.hidden.${index}`, set, task: at.task, condition: at.condition, half, n: ITEMS / 2,
    intact: at.accuracy, accuracy: at.accuracy - drop, drop, dropLow: drop - 0.041, dropHigh: drop + 0.041,
    marginDrop: drop * 6, marginDropLow: drop * 6 - 0.1, marginDropHigh: drop * 6 + 0.1,
    bandLow: -band - random.uniform(0, 0.012), bandHigh: band + random.uniform(0, 0.012),
    marginBandLow: -0.11, marginBandHigh: 0.12, comparable: 20, p: planted > 0.05 ? 0.0005 : 1,
    lossChange: set === 'mean' ? random.uniform(0, 0.004) : null,
    shrinkage: half === 'confirmation' ? at.planted - drop : null,
    shrinkageLow: half === 'confirmation' ? at.planted - drop - 0.05 : null,
    shrinkageHigh: half === 'confirmation' ? at.planted - drop + 0.05 : null,
  }
}

const SETS = ['mean', 'zero'] as const

export const ablationRows: readonly AblationRow[] = Array.from({ length: UNITS }, (_, index) =>
  SETS.flatMap((set) => CONDITIONS.map((at) => ablationRow(index, set, at, 'discovery'))),
).flat()

export const confirmedRows: readonly AblationRow[] = [PLANTED, 12].flatMap((index) =>
  SETS.flatMap((set) => CONDITIONS.map((at) => ablationRow(index, set, at, 'confirmation'))),
)

export const rankingRows: readonly RankingRow[] = ['0.cell', '0.hidden'].flatMap((site) =>
  Array.from({ length: UNITS }, (_, index) => {
    const noise = random.normal() * (index % 23 === 0 ? 0.17 : 0.055)
    const auc = index === PLANTED ? 0.967 : Math.max(0.05, Math.min(0.95, 0.5 + noise))
    const strong = Math.abs(auc - 0.5) > 0.12
    return {
      ...SUBJECT, unit: `${site}.${index}`, site, auc, low: Math.max(0, auc - 0.045), high: Math.min(1, auc + 0.045),
      n: 600, q: strong ? 0.0004 : 0.4 + random.uniform(0, 0.5),
      aucAtSubject: Math.min(1, auc + 0.02), aucAtAttractor: 1 - auc,
      chanceBest: 0.618, confirmedAuc: strong ? 0.5 + (auc - 0.5) * 0.96 : null,
      shrinkage: strong ? Math.abs(auc - 0.5) * 0.04 : null,
    }
  }),
)

const UNIGRAM_LOSS = 6.41
const trainingRows: readonly TrainingRow[] = Array.from({ length: 48 }, (_, index) => {
  const epoch = (index + 1) / 8
  return {
    ...SUBJECT, update: (index + 1) * 90, epoch, heldOut: true, unigramLoss: UNIGRAM_LOSS,
    trainingLoss: 4.35 + 2.2 * exp(-epoch) + random.normal() * 0.012,
    validationLoss: 4.42 + 1.7 * exp(-epoch * 0.95), learningRate: 0.002, gradientNorm: 0.6 + random.uniform(0, 0.2),
    largestGradientNorm: 1.5, entry: 'lstm', data: 1, clip: 1,
  }
})

const perplexityRows: readonly PerplexityRow[] = (['validation', 'test'] as const).map((split, index) => {
  const loss = 4.449 + index * 0.021
  return {
    ...SUBJECT, split, tokens: 118_402 + index * 84_000, documents: 50 + index * 50, loss, lossLow: loss - 0.024,
    lossHigh: loss + 0.025, perplexity: exp(loss), unigramPerplexity: exp(UNIGRAM_LOSS), ngramPerplexity: 121.7 + index,
    ngramOrder: 5, bitsPerCharacter: null,
  }
})

const orderRows: readonly NgramRow[] = (['validation', 'test'] as const).flatMap((split) =>
  [6.38, 5.31, 4.97, 4.86, 4.8].map((loss, index) => (
    { split, order: index + 1, tokens: 118_402, loss, bitsPerCharacter: null }
  )),
)

const WORDS = ['the', 'noun', 'preposition', 'the', 'noun']
/** Mean of each quantity at each word, for subject and attractor number. */
function course(quantity: string, position: number, plural: boolean, attractor: boolean): number {
  const after = position >= 1
  switch (quantity) {
    case 'input': return position === 1 ? (plural ? 0.81 : 0.09) : position === 4 ? (attractor ? 0.16 : 0.08) : 0.05
    case 'forget': return position === 1 ? 0.31 : position === 0 ? 0.55 : 0.94
    case 'output': return position === 1 || position === 4 ? 0.88 : 0.21
    case 'candidate': return position === 1 ? (plural ? 0.86 : -0.2) : 0.04
    case 'cell': return after ? (plural ? 0.92 - 0.05 * position : 0.06) + (attractor ? 0.02 * position : 0) : 0.02
    default: return after ? (plural ? 0.34 : 0.02) * (position === 1 || position === 4 ? 2 : 0.6) : 0.01
  }
}

const QUANTITIES = ['input', 'forget', 'candidate', 'output', 'cell', 'hidden']

export const dynamicsRows: readonly DynamicsRow[] = QUANTITIES.flatMap((quantity) =>
  ['SS', 'SP', 'PS', 'PP'].flatMap((condition) =>
    WORDS.map((word, position) => ({
      ...SUBJECT, unit: `0.${PLANTED}`, site: quantity, condition, position, word, n: 300,
      mean: course(quantity, position, condition[0] === 'P', condition[1] === 'P') + random.normal() * 0.008,
      deviation: 0.06 + random.uniform(0, 0.05),
    })),
  ),
)

export const numberGaps: readonly NumberGapRow[] = QUANTITIES.flatMap((quantity) =>
  WORDS.map((word, position) => {
    const gap = course(quantity, position, true, false) - course(quantity, position, false, false)
    return {
      ...SUBJECT, unit: `0.${PLANTED}`, site: quantity, position, word, subjectPosition: 1, n: 300, gap, low: gap - 0.02, high: gap + 0.02,
      deviation: 0.08, lastNounGap: 0.01,
    }
  }),
)

function passage(title: string, sentence: string, values: readonly number[]): ColoredPassage {
  const tokens = sentence.split(' ')
  return { title, tokens, values, surprisals: tokens.map((_, index) => (index === 0 ? null : random.uniform(0.4, 9))) }
}

/** The passage in the colours of a unit that does the opposite. */
function turned({ values, ...rest }: ColoredPassage): ColoredPassage {
  return { ...rest, values: values.map((value) => 0 - value) }
}

export const passages: readonly ColoredPassage[] = [
  passage('nounpp PS, right', 'the workers near the car know', [0.02, 0.91, 0.84, 0.82, 0.74, 0.11]),
  passage('nounpp SP, wrong', 'the boy behind the houses know', [0.01, -0.12, -0.08, -0.1, 0.31, 0.12]),
  passage('nounpp PP, right', 'the students beside the tables learn', [0.02, 0.88, 0.85, 0.83, 0.95, 0.2]),
  passage(
    'held-out text',
    'the members of the committee that had asked for a report on the schools were told that no money was left .',
    [
      0.01, 0.87, 0.8, 0.79, 0.61, 0.58, 0.44, 0.3, 0.2, 0.11, 0.02, -0.04, 0, 0.2, 0.41, -0.35, -0.2, -0.14, -0.2,
      -0.31, -0.4, -0.1,
    ],
  ),
]

export /** The planted unit keeps number; the others know it at the subject and turn with the noun before the verb. */
const SLOTS = ['the', 'noun', 'preposition', 'the', 'noun']
const DECODERS = ['number units', 'other units', `0.cell.${PLANTED}`]
const decoderRows: readonly GeneralizationRow[] = DECODERS.flatMap((decoder) =>
  SLOTS.flatMap((trainedWord, trained) =>
    SLOTS.map((testedWord, tested) => {
      const turned = decoder === 'other units' && (tested === 4) !== (trained === 4) ? 0.06 : 0.98
      const auc = trained === 0 || tested === 0 ? 0.5 : turned
      return {
        ...SUBJECT, site: 'cell', decoder, units: decoder === 'other units' ? UNITS - 1 : 1, trained, trainedWord,
        tested, testedWord, n: ITEMS, auc, low: auc - 0.02, high: auc + 0.02,
      }
    }),
  ),
)

const rangeRows: readonly RangeRow[] = Array.from({ length: UNITS }, (_, index) => {
  const kept = index === PLANTED ? 0.97 : 0.02 + random.uniform(0, 0.4)
  return {
    ...SUBJECT, site: 'cell', unit: `0.cell.${index}`, range: index === PLANTED ? 'long' : 'neither', n: ITEMS,
    atSubject: 0.98, atLastNoun: kept, lastNounLow: kept - 0.02, lastNounHigh: kept + 0.02, atVerb: kept, kept,
    keptLow: kept - 0.02, keptHigh: kept + 0.02, turned: Math.min(0.98, 1 - kept), keptByChance: 0.58,
    turnedByChance: 0.61,
  }
})

const generalizationResult: AnalysisResult = {
  analysis: 'generalization', task: 'nounpp', subject: 1, lastNoun: 4, rows: decoderRows, units: rangeRows,
}

const results: readonly AnalysisResult[] = [
  { analysis: 'training', rows: trainingRows },
  { analysis: 'perplexity', rows: perplexityRows, orders: orderRows },
  {
    analysis: 'agreement',
    rows: agreementRows,
    groups: groupRows,
    trends: [{
      ...SUBJECT, task: 'brown', n: 1650, apart: 290, lemmas: 958, slope: -0.001, low: -0.008, high: 0.006, farthest: 13,
      majority: 0.038, unigram: 0.035, lastNoun: 0, ngram: 0.007,
    }],
    pairs: ['SS and PS', 'SP and PP'].map((conditions) => (
      { ...SUBJECT, task: 'nounpp', conditions, n: 600, lemmas: 534, together: 0.84, low: 0.78, high: 0.89, ngram: 0.5 }
    )),
    overSeeds: [{
      model: 'synthetic', seeds: 5, task: 'nounpp', condition: 'SP', n: 300, accuracy: 0.81, low: 0.72, high: 0.88, margin: 1.4, marginLow: 0.9,
      marginHigh: 1.8,
    }],
    examples: [
      {
        ...SUBJECT, task: 'brown', sentence: 'The keys to the <cabinet>', subject: 'keys', right: 'are', wrong: 'is',
        attractors: 1, distance: 3, margin: -0.31,
      },
    ],
    audit: [{ data: 'Brown corpus', task: 'nounpp', message: '212 of 1,412 items left out: a form of the verb is not in the vocabulary.' }],
  },
  { analysis: 'ablation-sweep', site: 'hidden', rows: ablationRows, confirmed: confirmedRows },
  { analysis: 'unit-ranking', probe: 'number', rows: rankingRows },
  { analysis: 'dynamics', task: 'nounpp', rows: dynamicsRows, gaps: numberGaps },
  generalizationResult,
  {
    analysis: 'text',
    texts: [
      { ...SUBJECT, unit: `0.cell.${PLANTED}`, note: '1 in the ablation sweep', low: -0.62, high: 1.04, passages },
      { ...SUBJECT, unit: '0.hidden.7', note: 'typical', low: -0.62, high: 1.04, passages: passages.map(turned) },
    ],
  },
]

export const input: ReportInput = {
  name: 'synthetic-agreement',
  question: 'Does a small LSTM trained on a million words of English keep track of the subject’s number?',
  results,
  models: [{ name: 'synthetic', cell: 'lstm', variant: 'LSTM', layers: 1, units: UNITS, parameters: 1_321_640, seeds: [1] }],
  experiment: '# synthetic results\nname: synthetic-agreement\nmodels: [{ name: synthetic, cell: lstm, units: 200 }]\n',
  environment: [
    { name: 'rnn-probe', value: '0.1.0' },
    { name: 'Node', value: 'v20.20.2' },
    { name: 'Engine', value: 'native, 2 threads, AVX2' },
    { name: 'Processor', value: 'a synthetic processor' },
  ],
}

/** The same model on characters: its loss between those of the orders 4 and 5. */
const GATES = [{ gate: 'input', shift: 0.1 }, { gate: 'forget', shift: 0.4 }, { gate: 'cell', shift: 0 }]
const saturationRows: readonly SaturationRow[] = (['untrained', 'trained'] as const).flatMap((moment) =>
  GATES.flatMap(({ gate, shift }) => [0, 1].flatMap((layer) => Array.from({ length: 30 }, (_, unit) => (
    { ...SUBJECT, moment, layer, gate, unit: `${layer}.${gate}.${unit}`, low: unit / 60, high: shift + unit / 100, n: 20_000 }
  )))),
)

const emergenceRows: readonly EmergenceRow[] = [['inside-quotes', 0.9], ['line-position', 0.3]].flatMap(([probe, end]) =>
  [0, 0.01, 0.1, 0.5, 1].map((share) => ({
    ...SUBJECT, probe: String(probe), answers: 'amount', share, unit: '1.hidden.4', heldOut: Number(end) * share, chance: 0,
    strength: Number(end) * share,
  })),
)

const letters = [...'“I do,” he said.\n\n']
const sample: ColoredPassage = {
  title: 'temperature 0.5, as it is', tokens: letters,
  values: letters.map((_, at) => (at < 6 ? 0.9 : -0.8)), surprisals: letters.map((_, at) => 0.1 * at),
}

export const charactersInput: ReportInput = {
  ...input,
  results: [{
    analysis: 'perplexity',
    rows: perplexityRows.map((row) => ({ ...row, loss: 1.6, bitsPerCharacter: 1.6 / log(2), ngramOrder: 20 })),
    orders: Array.from({ length: 20 }, (_, index) => {
      const loss = 1.48 + 2 / (index + 1) ** 2
      return { split: 'test', order: index + 1, tokens: 202_402, loss, bitsPerCharacter: loss / log(2) }
    }),
  }, { analysis: 'saturation', rows: saturationRows }, { analysis: 'emergence', rows: emergenceRows }, {
    analysis: 'samples',
    texts: [{ ...SUBJECT, unit: '1.hidden.4', note: 'best for inside-quotes', low: -0.8, high: 0.9, passages: [sample] }],
    rows: [{
      ...SUBJECT, unit: '1.hidden.4', temperature: 0.5, held: null, text: sample.tokens.join(''),
    }],
  }],
}
