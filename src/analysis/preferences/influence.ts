// Which word before an object makes the model expect it: the margin of every sentence with one word left out, and the
// gradient of the margin times the word's embedding, which is to first order what setting that embedding to zero costs.

import type { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { bootstrapMean, resampleClusters } from '../../core/statistics/bootstrap.ts'
import { correlation, mean } from '../../core/statistics/moments.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Model } from '../../model/model.ts'
import type { CountModel } from '../../model/ngram.ts'
import { startState } from '../../recording/states-after.ts'
import type { VerbObject } from '../../tasks/preferences/verb-objects.ts'
import { encodeChoices, scoreItems, type ScoreOptions } from '../../tasks/score-items.ts'
import { ngramMargins } from '../agreement-baselines.ts'
import { marginGradients } from '../gradients/margin-gradients.ts'
import type { InfluenceRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'

export interface InfluenceOptions extends Pick<ScoreOptions, 'initial' | 'signal'> {
  readonly ngram: CountModel
  readonly resamples: number
  readonly random: Random
}

/** One word of one sentence. */
interface Word {
  readonly item: number
  readonly place: number
  readonly role: string
  /** nats that the margin loses without it; and of the n-gram model */
  readonly deletion: number
  readonly ngramDeletion: number
  readonly attribution: number
}

/** By kind of word, from the object backwards. */
export async function influences(
  engine: Engine,
  subject: AnalysedModel,
  objects: readonly VerbObject[],
  options: InfluenceOptions,
): Promise<InfluenceRow[]> {
  const words = await measureWords(engine, subject.model, objects, options)
  const own = groupBy(words, ({ role }) => role)
  return ROLES.filter((role) => own.has(role)).map((role) => rowOf(role, own.get(role)!, subject, objects, options))
}

const ROLES = [
  'between verb and object',
  'the verb',
  '1–2 words before the verb',
  '3–5 words before the verb',
  '6–10 words before the verb',
] as const

/** Null for words too far away. */
function roleOf(place: number, verb: number): (typeof ROLES)[number] | null {
  if (place >= verb) return ROLES[place === verb ? 1 : 0]
  const before = verb - place
  return before <= 2 ? ROLES[2] : before <= 5 ? ROLES[3] : before <= 10 ? ROLES[4] : null
}

async function measureWords(
  engine: Engine,
  model: Model,
  objects: readonly VerbObject[],
  options: InfluenceOptions,
): Promise<Word[]> {
  const { ngram, initial, signal } = options
  const places = objects.flatMap(({ prefix, verbPlace }, item) =>
    prefix.flatMap((_, place) => {
      const role = roleOf(place, verbPlace)
      return role === null || prefix.length === 1 ? [] : [{ item, place, role }]
    }),
  )
  const without = places.map(({ item, place }) => withoutWord(objects[item], place))
  const intact = await scoreItems(engine, model, objects, { initial, signal })
  const lesioned = await scoreItems(engine, model, without, { initial, signal })
  const intactCounts = ngramMargins(objects, model.vocabulary, ngram)
  const lesionedCounts = ngramMargins(without, model.vocabulary, ngram)
  const attributions = await attribute(engine, model, objects, options)
  return places.map(({ item, place, role }, index) => ({
    item,
    place,
    role,
    deletion: intact[item] - lesioned[index],
    ngramDeletion: intactCounts[item] - lesionedCounts[index],
    attribution: attributions[item][place],
  }))
}

function withoutWord({ prefix, tags, right, wrong }: VerbObject, place: number) {
  return { prefix: prefix.toSpliced(place, 1), tags: tags?.toSpliced(place, 1), right, wrong }
}

/** Gradient of the margin times the embedding, for every word of every prefix. */
async function attribute(
  engine: Engine,
  model: Model,
  objects: readonly VerbObject[],
  { initial, signal }: InfluenceOptions,
): Promise<Float64Array[]> {
  const choices = encodeChoices(objects, model.vocabulary)
  const width = model.config.embedding
  const { embedding } = model.weights
  const found: Float64Array[] = []
  const start = await startState(engine, model, choices.length, { initial, signal })
  for await (const { item, gradients } of marginGradients(engine, model, choices, { sites: ['embedding'], start, signal })) {
    found[item] = Float64Array.from(choices[item].prefix, (token, place) => {
      let sum = 0
      for (let unit = 0; unit < width; unit++) {
        sum += gradients['embedding'][place * width + unit] * embedding[token * width + unit]
      }
      return sum
    })
  }
  return found
}

function rowOf(
  role: string,
  words: readonly Word[],
  { name, seed }: AnalysedModel,
  objects: readonly VerbObject[],
  { resamples, random }: InfluenceOptions,
): InfluenceRow {
  const items = [...groupBy(words, ({ item }) => item)]
  const clusterings = (['verb', 'right'] as const).map((key) => items.map(([item]) => objects[item][key]))
  const drawn = resampleClusters(clusterings, resamples, random.fork(`influence of ${role}`))
  const means = (of: (word: Word) => number) => items.map(([, own]) => mean(own.map(of)))
  const [deletions, attributions] = [means(({ deletion }) => deletion), means(({ attribution }) => attribution)]
  const [deletion, attribution] = [bootstrapMean(deletions, drawn), bootstrapMean(attributions, drawn)]
  return {
    model: name,
    seed,
    role,
    n: items.length,
    words: words.length,
    deletion: mean(deletions),
    deletionLow: deletion.low,
    deletionHigh: deletion.high,
    size: mean(means((word) => Math.abs(word.deletion))),
    ngramSize: mean(means((word) => Math.abs(word.ngramDeletion))),
    attribution: mean(attributions),
    attributionLow: attribution.low,
    attributionHigh: attribution.high,
    correlation: correlation(words.map((word) => word.deletion), words.map((word) => word.attribution)),
  }
}
