// What a model writes after a sentence when units have, from the subject on, the values of the sentence with the other
// subject: some texts to read, and whose number the first verb has. The writings of one sentence share their draws.

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
import type { Item } from '../../tasks/items.ts'
import { isIncongruent } from '../choose-units.ts'
import { lemmaClusters, shareInterval } from '../lemma-clusters.ts'
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
  readonly initial?: InitialState
  readonly random: Random
  readonly signal?: AbortSignal
}

/** Most tokens of each text, and the logits' divisor. */
const LENGTH = 8
const TEMPERATURE = 0.5
/** Sentences of a condition that are shown, and that are counted at most. */
const SHOWN = 2
const COUNTED = 60
/** Of the lemmas, for intervals. */
const RESAMPLES = 1000

export interface PatchedTexts {
  /** of every condition the first sentences whose subjects differ */
  readonly texts: readonly PatchedTextRow[]
  /** of conditions in which nouns disagree: whose number the first verb has */
  readonly writing: readonly PatchedWritingRow[]
}

/** @param items whose verbs are the verbs that are looked for in what is written */
export async function patchedTexts(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  lendings: readonly Lending[],
  compared: ComparedUnits,
  options: PatchedTextsOptions,
): Promise<PatchedTexts> {
  const { model, name, seed } = subject
  const numbers = verbNumbers(items)
  const groups = groupsOf(compared)
  const texts: PatchedTextRow[] = []
  const writing: PatchedWritingRow[] = []
  for (const [condition, own] of groupBy(lendings, ({ item }) => item.condition)) {
    const shown = examplesOf(own)
    const counted = isIncongruent(condition) ? options.random.fork(condition).sample(own, COUNTED) : []
    for (const { patched, group } of groups) {
      const write = ({ item }: Lending, edits: readonly Edit[]) => writeAfter(engine, model, item, edits, options)
      const { task } = own[0].item
      for (const lending of shown) {
        const written = await write(lending, group.flatMap((unit) => editsOf(unit, lending)))
        texts.push({ model: name, seed, task, condition, sentence: lending.item.prefix.join(' '), patched, written: written.join(' ') })
      }
      const turned: { readonly item: Item; readonly right: number }[] = []
      for (const lending of counted) {
        const written = await write(lending, group.flatMap((unit) => editsOf(unit, lending)))
        const verb = written.find((word) => numbers.has(word))
        if (verb !== undefined) turned.push({ item: lending.item, right: numbers.get(verb) === lending.item.fields.number ? 0 : 1 })
      }
      if (counted.length > 0) writing.push({ model: name, seed, task, condition, patched, texts: counted.length, ...shareOf(turned, options.random) })
    }
  }
  return { texts, writing }
}

function groupsOf({ units }: ComparedUnits) {
  return [
    { patched: 'nothing', group: [] },
    { patched: 'chosen units', group: units.map(({ unit }) => unit) },
    { patched: 'units like them', group: units.map(({ like }) => like[0]) },
  ] as const
}

/** Words until the sentence ends. */
async function writeAfter(
  engine: Engine,
  model: Model,
  { prefix, tags }: Item,
  edits: readonly Edit[],
  { initial, random, signal }: PatchedTextsOptions,
): Promise<string[]> {
  const { vocabulary } = model
  const end = endId(vocabulary)
  const words: string[] = []
  const written = generate(model, {
    length: LENGTH,
    temperature: TEMPERATURE,
    random: random.fork(prefix.join(' ')),
    without: neverWritten(vocabulary),
    prompt: encode(vocabulary, prefix, tags),
    state: initial,
    stop: end,
    edits,
    engine,
    signal,
  })
  for await (const { token } of written) if (token !== end) words.push(vocabulary.tokens[token])
  return words
}

/** The number of every form that a verb of the items has. */
function verbNumbers(items: readonly Item[]): Map<string, 'singular' | 'plural'> {
  return new Map(items.flatMap(({ right, wrong, fields: { number } }) => (
    [[right, number], [wrong, number === 'singular' ? 'plural' : 'singular']] as const
  )))
}

function shareOf(
  turned: readonly { readonly item: Item; readonly right: number }[],
  random: Random,
): Pick<PatchedWritingRow, 'n' | 'turned' | 'low' | 'high'> {
  if (turned.length === 0) return { n: 0, turned: null, low: null, high: null }
  const clusters = lemmaClusters(turned.map(({ item }) => item))
  const right = turned.map((each) => each.right)
  const { low, high } = shareInterval(right, clusters, resampleClusters(clusters.clusterings, RESAMPLES, random.fork('interval')))
  return { n: turned.length, turned: mean(right), low, high }
}

function examplesOf(lendings: readonly Lending[]): Lending[] {
  const bySubject = new Map(lendings.map((lending) => [lending.item.fields.subjectLemma, lending]))
  return [...bySubject.values()].slice(0, SHOWN)
}

function editsOf(unit: string, { item, lent }: Lending): Edit[] {
  return lent.flatMap((values, step) =>
    step < item.fields.subjectPosition ? [] : [clamp(unit, values.get(unit)!, { steps: [step] })],
  )
}
