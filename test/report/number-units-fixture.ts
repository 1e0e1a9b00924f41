// Results of what a planted unit does for number, beside one of the units that do nothing.

import type {
  AblationKindRow, AnalysisResult, AttributionResult, AttributionRow, ClassifierRow, SparsePathRow, SparseUnitRow, OverSeedsRow, DepthFitRow, DepthUnitRow, SyntaxLinkRow, SyntaxLinkSetRow, DepthTraceRow, SensitivityRow, PatchOverSeedsRow, PatchedTextRow, PatchedWritingRow, PatchRow, RepairRow, UnitGroupRow, UnitLossRow, VerbFormRow,
  VerbWeightRow,
} from '../../src/analysis/results.ts'
import type { ReportInput } from '../../src/report/document.ts'
import { input, PLANTED } from './fixture.ts'

const SUBJECT = { model: 'synthetic', seed: 1 } as const
const UNITS = 64
const OTHER = 7
const CONDITIONS = ['SS', 'SP', 'PS', 'PP', 'SS and PS', 'SP and PP'] as const
const WORDS = ['the', 'subject', 'preposition', 'the', 'noun'] as const

const weights = Array.from({ length: UNITS }, (_, unit): VerbWeightRow => {
  const planted = unit === PLANTED % UNITS
  const difference = planted ? 1.9 : 0.2 * Math.sin(unit)
  return {
    ...SUBJECT, unit: `0.hidden.${unit}`, chosen: planted || unit === OTHER, n: 40, difference, low: difference - 0.1,
    high: difference + 0.1, effect: difference * 0.6, rank: planted ? 1 : unit + 2, units: UNITS,
    separation: planted ? 1 : 0.5 + 0.1 * Math.sin(unit), bestByChance: 0.71, q: planted ? 0.001 : 0.6,
  }
})

const forms = [PLANTED % UNITS, OTHER].flatMap((unit) => ['know', 'arrive', 'sing'].flatMap((lemma, place) =>
  (['singular', 'plural'] as const).map((number): VerbFormRow => ({
    ...SUBJECT, unit: `0.hidden.${unit}`, lemma, form: number === 'plural' ? lemma : `${lemma}s`, number,
    weight: (unit === OTHER ? 0.1 : number === 'plural' ? 0.9 : -0.9) + 0.1 * place,
  })),
))

const KINDS = [
  { set: 'mean', factor: null, readers: 'all', cost: 1.5 }, { set: 'zero', factor: null, readers: 'all', cost: 1.7 },
  { set: 'resample', factor: null, readers: 'all', cost: 1.1 }, { set: 'mean', factor: null, readers: 'recurrent', cost: 0.4 },
  { set: 'mean', factor: null, readers: 'decoder', cost: 1.2 }, { set: 'scale', factor: 0.5, readers: 'all', cost: 0.8 },
  { set: 'scale', factor: -1, readers: 'all', cost: 3.1 },
] as const

const kinds = [PLANTED % UNITS, OTHER].flatMap((unit) => KINDS.flatMap(({ cost, ...kind }) =>
  CONDITIONS.map((condition): AblationKindRow => {
    const marginDrop = unit === OTHER ? 0.05 : cost
    const drop = unit === OTHER ? 0 : 0.2 * cost
    return {
      ...SUBJECT, unit: `0.hidden.${unit}`, task: 'nounpp', condition, half: 'confirmation', n: 100, intact: 0.9,
      accuracy: 0.9 - drop, drop, dropLow: drop - 0.05, dropHigh: drop + 0.05, marginDrop, marginDropLow: marginDrop - 0.1,
      marginDropHigh: marginDrop + 0.1, bandLow: -0.01, bandHigh: 0.02, marginBandLow: -0.1, marginBandHigh: 0.2,
      comparable: 20, ...kind,
    }
  }),
))

const groups = (['removed', 'kept'] as const).flatMap((what) => CONDITIONS.map((condition): UnitGroupRow => {
  const drop = what === 'removed' ? 0.4 : 0.05
  return {
    ...SUBJECT, group: `0.hidden.${PLANTED % UNITS}, 0.hidden.${OTHER}`, size: 2, what, task: 'nounpp', condition, n: 100,
    intact: 0.9, accuracy: 0.9 - drop, drop, dropLow: drop - 0.05, dropHigh: drop + 0.05, marginDrop: 4 * drop,
    marginDropLow: 4 * drop - 0.2, marginDropHigh: 4 * drop + 0.2, random: 1000,
    randomMedian: what === 'removed' ? 0 : 0.4, randomExtreme: what === 'removed' ? 0.03 : 0.3, p: 0.001, marginP: 0.001,
  }
}))

const losses = [PLANTED % UNITS, OTHER].map((unit): UnitLossRow => ({
  ...SUBJECT, unit: `0.hidden.${unit}`, n: 3000, change: 0.004, likeMedian: 0.006, likeDeviation: 0.003, comparable: 20,
}))

const sensitivity = (['nothing', 'end of sentence', 'five sentences'] as const).flatMap((before) =>
  (['confirmation', 'discovery'] as const).flatMap((half) => (['mean', 'zero'] as const).map((set): SensitivityRow => (
    { ...kinds.find((row) => row.condition === 'SP and PP' && row.set === set)!, before, half, set }
  ))),
)

const patchesOverSeeds = (['chosen units', 'all other units'] as const).flatMap((patched) => ['SP', 'PS'].map((condition): PatchOverSeedsRow => (
  { model: 'synthetic', seeds: 5, patched, task: 'nounpp', condition, flips: patched === 'chosen units' ? 0.8 : 0.1, low: 0.05, high: 0.95 }
)))

const overSeeds = (['unit on top', 'chosen units'] as const).map((what): OverSeedsRow => ({
  model: 'synthetic', seeds: 10, what, task: 'nounpp', condition: 'SP and PP', n: 100, drop: 0.2, dropLow: 0.1, dropHigh: 0.3,
  marginDrop: 1.5, marginDropLow: 1, marginDropHigh: 2,
}))

const PATCHED = [
  { patched: `0.cell.${PLANTED % UNITS}`, size: 1, flips: 0.8 }, { patched: `0.cell.${OTHER}`, size: 1, flips: 0 },
  { patched: 'chosen units', size: 2, flips: 0.85 }, { patched: 'all other units', size: UNITS - 2, flips: 0.1 },
  { patched: 'all units', size: UNITS, flips: 1 },
] as const

const patches = CONDITIONS.slice(0, 4).flatMap((condition) => WORDS.flatMap((word, position) =>
  position === 0 ? [] : PATCHED.map(({ patched, size, flips }): PatchRow => {
    const isBaseline = size > 2
    return {
      ...SUBJECT, patched, size, task: 'nounpp', condition, position, word, n: 100, flips, low: Math.max(0, flips - 0.1),
      high: Math.min(1, flips + 0.1), moved: flips, movedLow: flips - 0.05, movedHigh: flips + 0.05,
      bandLow: isBaseline ? null : 0, bandHigh: isBaseline ? null : 0.04, movedBandLow: isBaseline ? null : -0.02,
      movedBandHigh: isBaseline ? null : 0.03, comparable: isBaseline ? 0 : 20,
    }
  }),
))

const held = CONDITIONS.slice(0, 4).flatMap((condition) => (['own number', 'other number'] as const).map((heldAt): RepairRow => ({
  ...SUBJECT, group: `0.cell.${PLANTED % UNITS}, 0.cell.${OTHER}`, size: 2, heldAt, task: 'nounpp', condition,
  errors: condition === 'SP' ? 60 : 0, repaired: condition === 'SP' ? 0.7 : null, repairedLow: condition === 'SP' ? 0.6 : null,
  repairedHigh: condition === 'SP' ? 0.8 : null, repairedByOthers: condition === 'SP' ? 0.1 : null,
  rights: condition === 'SP' ? 240 : 300, broken: 0.02, brokenLow: 0, brokenHigh: 0.05, brokenByOthers: 0.01, random: 100,
})))

const texts = (['nothing', 'chosen units', 'units like them'] as const).map((patched): PatchedTextRow => ({
  ...SUBJECT, task: 'nounpp', condition: 'PS', sentence: 'the boys near the car', patched,
  written: patched === 'chosen units' ? 'knows the girl .' : 'know the girl .',
}))

const writing = ['SP', 'PS'].flatMap((condition) => (['nothing', 'chosen units', 'units like them'] as const).map((patched): PatchedWritingRow => {
  const turned = patched === 'chosen units' ? 0.8 : 0.05
  return { ...SUBJECT, task: 'nounpp', condition, patched, texts: 60, n: 56, turned, low: turned - 0.05, high: turned + 0.05 }
}))

const syntaxFits = (['units', 'covariates', 'untrained units'] as const).map((read, place): DepthFitRow => ({
  ...SUBJECT, site: 'hidden', read, columns: 66, n: 1700, sentences: 900, r2: 0.8 - 0.3 * place, low: 0.77 - 0.3 * place,
  high: 0.83 - 0.3 * place, penalty: 0.01,
}))

const syntaxWeights = Array.from({ length: UNITS }, (_, unit): DepthUnitRow => ({
  ...SUBJECT, unit: `0.hidden.${unit}`, weight: unit === OTHER ? 0.9 : 0.1 * Math.sin(unit), outlying: unit === OTHER ? 5.1 : 0.3,
  stability: unit === OTHER ? 0.96 : 0, isSyntaxUnit: unit === OTHER, correlation: unit === OTHER ? 0.7 : 0.1,
}))

const syntaxLinkSet: SyntaxLinkSetRow = {
  ...SUBJECT, senders: 1, receivers: 1, links: 1, meanZ: 4.1, randomMedian: 0.8, randomHigh: 1.9, random: 1000, p: 0.002,
}

const depthTraces = [1, 2].flatMap((sentence) => WORDS.map((word, position): DepthTraceRow => (
  { ...SUBJECT, unit: '0.cell.3', isSyntaxUnit: true, sentence, position, word, openNodes: [1, 2, 3, 3, 2][position], value: [0.9, 2.1, 3, 2.8, 2][position] }
)))

const syntaxLinks: readonly SyntaxLinkRow[] = [{
  ...SUBJECT, from: `0.hidden.${OTHER}`, to: `0.hidden.${PLANTED % UNITS}`, gate: 'forget', weight: 1.4, z: 4.2, p: 1 / UNITS, units: UNITS,
}]

const classifierRows = ['0.cell', '0.hidden'].flatMap((site) => WORDS.slice(1).map((word, place): ClassifierRow => ({
  ...SUBJECT, site, units: UNITS, position: place + 1, word, n: 200, accuracy: 0.95, low: 0.9, high: 0.99, untrained: 0.4, within: 0.98,
  control: 0.7, selectivity: 0.28, bits: 40 + 10 * place, controlBits: 180, uniformBits: 200,
})))

const sparsePath = ['0.cell', '0.hidden'].flatMap((site) => [0.1, 0.03, 0.01].map((penalty, place): SparsePathRow => (
  { ...SUBJECT, site, penalty, kept: 1 + 4 * place, units: UNITS, accuracy: 0.8 + 0.05 * place, n: 200, chosen: place === 1 }
)))

const sparseUnits: readonly SparseUnitRow[] = [
  { ...SUBJECT, unit: `0.cell.${PLANTED % UNITS}`, stability: 1, weight: 2.1, chosen: true },
  { ...SUBJECT, unit: `0.cell.${OTHER}`, stability: 0.2, weight: 0.1, chosen: false },
]

const METHODS = [
  { method: 'whole gates', reference: 'zeros' }, { method: 'Shapley values', reference: 'zeros' },
  { method: 'Shapley values', reference: 'mean' },
] as const
const attributed = { ...SUBJECT, task: 'nounpp', n: 100 }

const parts = METHODS.flatMap((method) => ['SS', 'SP', 'PS', 'PP'].flatMap((condition) => {
  const rowOf = (part: string, position: number | null, role: AttributionRow['role'], contribution: number): AttributionRow => (
    { ...attributed, ...method, condition, part, position, role, contribution, low: contribution - 0.1, high: contribution + 0.1 }
  )
  return [
    ...WORDS.map((word, place) => rowOf(word, place, place === 1 ? 'subject' : place === 4 ? 'last noun' : 'other word', [0, 3, 0.1, 0, -0.4][place])),
    rowOf('state before', null, 'state before', 0.2), rowOf('biases', null, 'biases', -0.8),
    rowOf('decoder biases', null, 'decoder biases', 0.1), rowOf('left over', null, 'left over', 0),
  ]
}))

const attribution: AttributionResult = {
  analysis: 'attribution',
  task: 'nounpp',
  rows: parts,
  checks: METHODS.map((method) => ({
    ...attributed, ...method, margin: 2.4, gap: 1e-7, largestGap: 4e-6, identity: null, withOcclusion: 0.9, withOcclusionLow: 0.85,
    withOcclusionHigh: 0.93, withShapley: method.method === 'Shapley values' ? null : 0.8, withShapleyLow: 0.7, withShapleyHigh: 0.86,
    pairs: 100, swap: 0.97, swapLow: 0.9, swapHigh: 1.04,
  })),
  defaults: METHODS.map((method) => ({
    ...attributed, ...method, toPlural: -0.5, low: -0.7, high: -0.3, start: 0.1, biases: -0.8, decoderBiases: 0.2,
    singularSubjects: 1.1, pluralSubjects: 4.9,
  })),
  kept: METHODS.flatMap((method) => (['subject', 'default', 'subject and default', 'all but the subject'] as const).map((kept) => (
    { ...attributed, ...method, condition: 'SP', kept, accuracy: 0.8, low: 0.7, high: 0.88, intact: 0.97 }
  ))),
}

const results: readonly AnalysisResult[] = [
  { analysis: 'verb-weights', rows: weights, forms },
  { analysis: 'ablation-kinds', kind: 'number', rows: kinds, groups, losses, sensitivity, overSeeds },
  { analysis: 'diagnostic-classifiers', task: 'nounpp', rows: classifierRows, path: sparsePath, units: sparseUnits },
  attribution,
  { analysis: 'syntax-units', fits: syntaxFits, units: syntaxWeights, links: syntaxLinks, linkSets: [syntaxLinkSet], traces: depthTraces },
  { analysis: 'ablation-kinds', kind: 'syntax', rows: kinds, groups, losses, sensitivity, overSeeds },
  {
    analysis: 'patching', task: 'nounpp', pairs: [{ ...SUBJECT, task: 'nounpp', pairs: 200, right: 200 }], rows: patches, repairs: held, texts, writing, overSeeds: patchesOverSeeds,
  },
]

export const numberUnitsInput: ReportInput = { ...input, name: 'synthetic-number-units', results }
