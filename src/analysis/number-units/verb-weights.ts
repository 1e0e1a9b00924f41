// Efferent weights (Lakretz et al. 2019, figure 2): what the decoder makes of each unit in the choice between the two
// forms of a verb. Forms are compared within their lemma, lemmas are resampled, and every unit of the top layer is
// looked at, so that a unit's rank says how remarkable its weights are.

import { Random } from '../../core/random.ts'
import { aucOfRanks, midranks } from '../../core/statistics/auc.ts'
import { bootstrapMean, resampleClusters } from '../../core/statistics/bootstrap.ts'
import { mean } from '../../core/statistics/moments.ts'
import { benjaminiHochberg, maximumStatistic } from '../../core/statistics/multiplicity.ts'
import { tokenId } from '../../data/vocabulary.ts'
import type { Engine } from '../../engine/engine.ts'
import { parseUnit, siteName } from '../../model/sites.ts'
import { decoderMatrix } from '../../model/weights.ts'
import { record } from '../../recording/record.ts'
import type { InitialState, Sequence } from '../../recording/sequences.ts'
import type { Item } from '../../tasks/items.ts'
import { unitActivity } from '../comparable-units.ts'
import { judgedItems } from '../judged-items.ts'
import type { VerbFormRow, VerbWeightRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'

export interface VerbWeightsOptions {
  /** units that another analysis chose, such as `1.hidden.41`; those below the top layer have no row, for the decoder
   *  does not read them */
  readonly units: readonly string[]
  /** sentences of ordinary training text, for each unit's standard deviation */
  readonly trainingText: readonly Sequence[]
  readonly initial?: InitialState
  /** resamples of the lemmas; 1000 by default */
  readonly resamples?: number
  /** swaps of the forms of whole lemmas; 2000 by default */
  readonly permutations?: number
  /** of both; 1 by default */
  readonly randomSeed?: number
  readonly signal?: AbortSignal
}

/** The two forms of a verb in token ids. */
interface VerbForms {
  readonly lemma: string
  readonly singular: number
  readonly plural: number
}

/** @param items verbs of the confirmation half are looked at, of all where there is none: the units were chosen by others */
export async function verbWeights(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: VerbWeightsOptions,
): Promise<{ readonly rows: VerbWeightRow[]; readonly forms: VerbFormRow[] }> {
  const { model, name, seed } = subject
  const { config, weights } = model
  const { resamples = 1000, permutations = 2000, randomSeed = 1, trainingText, initial, signal } = options
  const verbs = verbsOf(items, subject)
  const site = siteName({ layer: config.layers - 1, quantity: 'hidden' })
  const recording = await record(model, trainingText, { sites: [site], engine, state: initial, signal })
  const { spread } = await unitActivity(recording, site)
  recording.dispose()

  const decoder = decoderMatrix(config, weights)
  const weightsTo = (unit: number, number: 'singular' | 'plural') =>
    verbs.map((verb) => decoder[verb[number] * config.units + unit])
  const units = Array.from({ length: config.units }, (_, unit) => {
    const [singular, plural] = [weightsTo(unit, 'singular'), weightsTo(unit, 'plural')]
    const differences = plural.map((weight, verb) => weight - singular[verb])
    return { unit, singular, plural, differences, effect: mean(differences) * spread[unit] }
  })
  const random = new Random(randomSeed).fork('verb-weights')
  const lemmas = resampleClusters([verbs.map(({ lemma }) => lemma)], resamples, random.fork('lemmas'))
  const separations = separate(units, permutations, random.fork('swaps'))
  const order = [...units].sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect)).map(({ unit }) => unit)
  const chosen = chosenOfTop(options.units, subject)
  const rows = units.map(({ unit, differences, effect }): VerbWeightRow => ({
    model: name,
    seed,
    unit: `${site}.${unit}`,
    chosen: chosen.includes(unit),
    n: verbs.length,
    difference: mean(differences),
    ...bootstrapMean(differences, lemmas),
    effect,
    rank: order.indexOf(unit) + 1,
    units: units.length,
    separation: separations.areas[unit],
    bestByChance: separations.bestByChance,
    q: separations.q[unit],
  }))
  return { rows, forms: chosen.flatMap((unit) => formRows(subject, `${site}.${unit}`, verbs, (number) => weightsTo(unit, number))) }
}

function formRows(
  { name, seed, model: { vocabulary } }: AnalysedModel,
  unit: string,
  verbs: readonly VerbForms[],
  weightsTo: (number: 'singular' | 'plural') => readonly number[],
): VerbFormRow[] {
  return (['singular', 'plural'] as const).flatMap((number) => {
    const weights = weightsTo(number)
    return verbs.map((verb, place): VerbFormRow => (
      { model: name, seed, unit, lemma: verb.lemma, form: vocabulary.tokens[verb[number]], number, weight: weights[place] }
    ))
  })
}

/** The chosen units that the decoder reads, by their number, best first. */
function chosenOfTop(units: readonly string[], { model: { config } }: AnalysedModel): number[] {
  const parsed = units.map((unit) => parseUnit(unit, config))
  return [...new Set(parsed.filter(({ site }) => site.layer === config.layers - 1).map(({ index }) => index))]
}

/** Each verb of the items once. */
function verbsOf(items: readonly Item[], { model: { vocabulary } }: AnalysedModel): VerbForms[] {
  const verbs = new Map<string, VerbForms>()
  for (const { right, wrong, fields: { number, verbLemma } } of judgedItems(items)) {
    const [singular, plural] = number === 'singular' ? [right, wrong] : [wrong, right]
    const forms = { lemma: verbLemma, singular: tokenId(vocabulary, singular)!, plural: tokenId(vocabulary, plural)! }
    verbs.set(`${singular} ${plural}`, forms)
  }
  return [...verbs.values()]
}

/** How well the weights of each unit tell plural forms from singular ones, beside the same after swaps within lemmas. */
function separate(
  units: readonly { readonly singular: readonly number[]; readonly plural: readonly number[] }[],
  permutations: number,
  random: Random,
) {
  const verbs = units[0].singular.length
  const labels = Uint8Array.from({ length: 2 * verbs }, (_, form) => (form < verbs ? 0 : 1))
  const ranks = units.map(({ singular, plural }) => midranks([...singular, ...plural]))
  const strength = (area: number) => Math.abs(area - 0.5) + 0.5
  const areas = ranks.map((own) => aucOfRanks(own, labels))
  const observed = areas.map(strength)
  const shuffled = Array.from({ length: permutations }, () => {
    const swapped = labels.slice()
    for (let verb = 0; verb < verbs; verb++) {
      if (random.integer(2) === 0) continue
      swapped[verb] = 1
      swapped[verbs + verb] = 0
    }
    return Float64Array.from(ranks, (own) => strength(aucOfRanks(own, swapped)))
  })
  const pValues = observed.map((own, unit) => {
    const reached = shuffled.filter((strengths) => strengths[unit] >= own).length
    return (reached + 1) / (permutations + 1)
  })
  const { chanceBest } = maximumStatistic(observed, shuffled)
  return { areas, bestByChance: chanceBest, q: benjaminiHochberg(pValues) }
}
