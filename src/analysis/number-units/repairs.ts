// Clamping: from the subject on the chosen units are held, word by word, at what they are on average in sentences with a
// subject of one number that the model gets right. Held at the sentence's own number, what share of the model's errors do
// they repair? Held at the other one, what do they break? The averages are of items of the half that is not judged.

import { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { resampleClusters, type Resamples } from '../../core/statistics/bootstrap.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Edit } from '../../model/edits.ts'
import { matchSites, memoryOf, siteName } from '../../model/sites.ts'
import type { Item } from '../../tasks/items.ts'
import { marginsOfVariants } from '../../tasks/margins.ts'
import { recordItems } from '../../tasks/record-items.ts'
import { encodeChoices, rightness, scoreItems } from '../../tasks/score-items.ts'
import { valuesByPosition } from '../dynamics.ts'
import { lemmaClusters, shareInterval, type LemmaClusters } from '../lemma-clusters.ts'
import type { RepairRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { compareUnits, randomGroups } from './compared-units.ts'
import type { PatchingOptions } from './patching.ts'

type Grammatical = Item['fields']['number']

/** Per number and position, the mean of every unit by name. */
type Means = Readonly<Record<Grammatical, readonly ReadonlyMap<string, number>[]>>

/**
 * Rows by condition, held at the own number and at the other.
 * @param items of one task and one length; none are judged where the lexicon was not split
 */
export async function repairs(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: Omit<PatchingOptions, 'forms'>,
): Promise<RepairRow[]> {
  const { units, groups = 100, initial, signal, resamples = 1000, randomSeed = 1 } = options
  const [discovery, confirmation] = (['discovery', 'confirmation'] as const).map((half) => items.filter((item) => item.half === half))
  if (units.length === 0 || discovery.length === 0 || confirmation.length === 0) return []
  const random = new Random(randomSeed).fork('repairs')
  const compared = await compareUnits(engine, subject, units, { ...options, quantity: memoryOf(subject.model.config.cell) })
  const group = compared.units.map(({ unit }) => unit)
  const held = [group, ...randomGroups(compared.units, groups, random.fork('groups'))]
  const means = await meansByNumber(engine, subject, discovery, options)
  const rows: RepairRow[] = []
  for (const [condition, own] of groupBy(confirmation, (item) => item.condition)) {
    const choices = encodeChoices(own, subject.model.vocabulary)
    const intact = await scoreItems(engine, subject.model, own, { initial, signal })
    const { number, subjectPosition } = own[0].fields
    for (const heldAt of ['own number', 'other number'] as const) {
      const at = means[(heldAt === 'own number') === (number === 'singular') ? 'singular' : 'plural']
      const variants = held.map((some) => some.flatMap((unit) =>
        at.slice(subjectPosition).map((values, step): Edit => (
          { unit, set: values.get(unit)!, steps: [subjectPosition + step] }
        )),
      ))
      const margins = await marginsOfVariants(engine, subject.model, choices, variants, { initial, signal })
      const changed = held.map((_, place) => margins.subarray(place * own.length, (place + 1) * own.length))
      rows.push({
        model: subject.name,
        seed: subject.seed,
        group: group.join(', '),
        size: group.length,
        heldAt,
        task: own[0].task,
        condition,
        ...outcome(own, intact, changed, ({ clusterings }) =>
          resampleClusters(clusterings, resamples, random.fork(condition))),
        random: held.length - 1,
      })
    }
  }
  return rows
}

/** Over the items that the model gets right; over all where it gets none. */
async function meansByNumber(
  engine: Engine,
  { model }: AnalysedModel,
  items: readonly Item[],
  { initial, signal }: Pick<PatchingOptions, 'initial' | 'signal'>,
): Promise<Means> {
  const sites = matchSites(memoryOf(model.config.cell), model.config).map(siteName)
  const margins = await scoreItems(engine, model, items, { initial, signal })
  const recording = await recordItems(engine, model, items, { sites, initial, signal })
  const values = await valuesByPosition(recording, items)
  recording.dispose()
  const meansOf = (number: Grammatical) => {
    const all = items.flatMap(({ fields }, index) => (fields.number === number ? [index] : []))
    const right = all.filter((item) => margins[item] > 0)
    const own = right.length > 0 ? right : all
    return values.map((bySite) => new Map(sites.flatMap((site) =>
      Array.from({ length: recording.widths[site] }, (_, unit) =>
        [`${site}.${unit}`, mean(own.map((item) => bySite[site][unit * items.length + item]))] as const),
    )))
  }
  return { singular: meansOf('singular'), plural: meansOf('plural') }
}

/** @param changed margins of the chosen group, then of each group like it */
function outcome(
  items: readonly Item[],
  intact: Float32Array,
  changed: readonly Float32Array[],
  resamplesOf: (clusters: LemmaClusters) => Resamples,
) {
  const wrong = items.flatMap((_, item) => (intact[item] <= 0 ? [item] : []))
  const right = items.flatMap((_, item) => (intact[item] > 0 ? [item] : []))
  const repaired = shareOf(items, wrong, changed, rightness, resamplesOf)
  const broken = shareOf(items, right, changed, (margin) => 1 - rightness(margin), resamplesOf)
  return {
    errors: wrong.length,
    repaired: repaired.share,
    repairedLow: repaired.low,
    repairedHigh: repaired.high,
    repairedByOthers: repaired.byOthers,
    rights: right.length,
    broken: broken.share,
    brokenLow: broken.low,
    brokenHigh: broken.high,
    brokenByOthers: broken.byOthers,
  }
}

const NONE = { share: null, low: null, high: null, byOthers: null } as const

function shareOf(
  items: readonly Item[],
  own: readonly number[],
  changed: readonly Float32Array[],
  outcomeOf: (margin: number) => number,
  resamplesOf: (clusters: LemmaClusters) => Resamples,
) {
  if (own.length === 0) return NONE
  const [chosen, ...others] = changed.map((margins) => own.map((item) => outcomeOf(margins[item])))
  const clusters = lemmaClusters(own.map((item) => items[item]))
  const { low, high } = shareInterval(chosen, clusters, resamplesOf(clusters))
  return { share: mean(chosen), low, high, byOthers: others.length === 0 ? null : Math.max(...others.map(mean)) }
}
