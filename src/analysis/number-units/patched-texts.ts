// What a model writes after a sentence when units have, from the subject on, the values of the sentence with the other
// subject: some texts to read, and whose number the first verb has. The writings of one sentence share their draws.

import { inTurn } from '../../core/in-turn.ts'
import type { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { resampleClusters } from '../../core/statistics/bootstrap.ts'
import { mean } from '../../core/statistics/moments.ts'
import { encode, endId } from '../../data/vocabulary.ts'
import type { Engine } from '../../engine/engine.ts'
import { clamp } from '../../intervention/edits.ts'
import type { Edit } from '../../model/edits.ts'
import type { Model } from '../../model/model.ts'
import { generate, neverWritten } from '../../recording/generate.ts'
import type { InitialState } from '../../recording/sequences.ts'
import type { AttestedForms } from '../../tasks/attested-forms.ts'
import type { Item } from '../../tasks/items.ts'
import { isIncongruent } from '../choose-units.ts'
import { clustersOf, shareInterval } from '../lemma-clusters.ts'
import type { PatchedTextRow, PatchedWritingRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import type { ComparedUnits } from './compared-units.ts'

/** A sentence and the one that lends its values, which differs in the subject's number alone. */
export interface Lending {
  readonly item: Item
  /** margins without a patch, of the item and of its lender */
  readonly margin: number
  readonly lenderMargin: number
  /** per position and unit the lender's value */
  readonly lent: readonly ReadonlyMap<string, number>[]
}

export interface PatchedTextsOptions {
  /** tells verbs, and their number, in what is written */
  readonly forms: AttestedForms
  readonly initial?: InitialState
  /** resamples of subjects and last nouns */
  readonly resamples: number
  readonly random: Random
  readonly signal?: AbortSignal
}

/** Most tokens of each text, and the logits' divisor. */
const LENGTH = 8
const TEMPERATURE = 0.5
/** Sentences of a condition that are shown, and that are counted at most. */
const SHOWN = 2
const COUNTED = 100

export interface PatchedTexts {
  /** of every condition the first sentences whose subjects differ */
  readonly texts: readonly PatchedTextRow[]
  /** of conditions in which nouns disagree: whose number the first verb has */
  readonly writing: readonly PatchedWritingRow[]
}

export async function patchedTexts(
  engine: Engine,
  { model, name, seed }: AnalysedModel,
  lendings: readonly Lending[],
  { units }: ComparedUnits,
  options: PatchedTextsOptions,
): Promise<PatchedTexts> {
  const groups = [
    { patched: 'nothing', group: [] },
    { patched: 'chosen units', group: units.map(({ unit }) => unit) },
    { patched: 'units like them', group: units.map(({ like }) => like[0]) },
  ] as const
  const texts: PatchedTextRow[] = []
  const writing: PatchedWritingRow[] = []
  for (const [condition, own] of groupBy(lendings, ({ item }) => item.condition)) {
    const { task } = own[0].item
    const shown = firstOf(own, ({ item }) => item.fields.subjectLemma).slice(0, SHOWN)
    // sentences that differ in the verb that would come next are one sentence here
    const counted = isIncongruent(condition) ? firstOf(own, ({ item }) => item.prefix.join(' ')).slice(0, COUNTED) : []
    for (const { patched, group } of groups) {
      const write = (lending: Lending) => writeAfter(engine, model, lending, group, options)
      const at = { model: name, seed, task, condition }
      for (const lending of shown) {
        texts.push({ ...at, sentence: lending.item.prefix.join(' '), patched, written: (await collect(write(lending))).join(' ') })
      }
      if (counted.length === 0) continue
      const turned = await inTurn(counted, (lending) => takesLent(write(lending), lending, options.forms))
      writing.push({ ...at, patched, texts: counted.length, ...shareOf(counted, turned, options) })
    }
  }
  return { texts, writing }
}

/** The first lending of each kind. */
function firstOf(lendings: readonly Lending[], kindOf: (lending: Lending) => string): Lending[] {
  return [...groupBy(lendings, kindOf).values()].map(([first]) => first)
}

/** Words, one after the other, until the sentence ends. */
async function* writeAfter(
  engine: Engine,
  model: Model,
  lending: Lending,
  group: readonly string[],
  { initial, random, signal }: PatchedTextsOptions,
): AsyncGenerator<string> {
  const { vocabulary } = model
  const { prefix, tags } = lending.item
  const end = endId(vocabulary)
  const written = generate(model, {
    length: LENGTH,
    temperature: TEMPERATURE,
    random: random.fork(prefix.join(' ')),
    without: neverWritten(vocabulary),
    prompt: encode(vocabulary, prefix, tags),
    state: initial,
    stop: end,
    edits: group.flatMap((unit) => editsOf(unit, lending)),
    engine,
    signal,
  })
  for await (const { token } of written) if (token !== end) yield vocabulary.tokens[token]
}

async function collect(words: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const word of words) all.push(word)
  return all
}

/** Whether the first verb has the number of the sentence that lends; null where no verb is written. */
async function takesLent(words: AsyncIterable<string>, { item }: Lending, forms: AttestedForms): Promise<boolean | null> {
  for await (const word of words) {
    const verb = forms.verb(word)
    if (verb !== undefined) return word.toLowerCase() !== verb[item.fields.number]
  }
  return null
}

function shareOf(
  lendings: readonly Lending[],
  turned: readonly (boolean | null)[],
  { resamples, random }: PatchedTextsOptions,
): Pick<PatchedWritingRow, 'n' | 'turned' | 'low' | 'high'> {
  const own = lendings.filter((_, place) => turned[place] !== null)
  if (own.length === 0) return { n: 0, turned: null, low: null, high: null }
  const right = turned.flatMap((one) => (one === null ? [] : [Number(one)]))
  const clusters = clustersOf([
    own.map(({ item }) => item.fields.subjectLemma),
    own.map(({ item }) => item.prefix[item.fields.lastNounPosition]),
  ])
  const { low, high } = shareInterval(right, clusters, resampleClusters(clusters.clusterings, resamples, random.fork('interval')))
  return { n: own.length, turned: mean(right), low, high }
}

function editsOf(unit: string, { item, lent }: Lending): Edit[] {
  return lent.flatMap((values, step) =>
    step < item.fields.subjectPosition ? [] : [clamp(unit, values.get(unit)!, { steps: [step] })],
  )
}
