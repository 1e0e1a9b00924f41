// What a model writes after a sentence when units have, from the subject on, the values of the sentence with the other
// subject. The writings of one sentence share their draws.

import type { Random } from '../../core/random.ts'
import { encode, endId } from '../../data/vocabulary.ts'
import type { Engine } from '../../engine/engine.ts'
import { clamp } from '../../intervention/edits.ts'
import type { Edit } from '../../model/edits.ts'
import { generate, neverWritten } from '../../recording/generate.ts'
import type { InitialState } from '../../recording/sequences.ts'
import type { Item } from '../../tasks/items.ts'
import type { PatchedTextRow } from '../results.ts'
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

/** Sentences of each condition, most tokens of each text, and the logits' divisor. */
const SENTENCES = 2
const LENGTH = 8
const TEMPERATURE = 0.5

/** Of every condition the first sentences whose subjects differ. */
export async function patchedTexts(
  engine: Engine,
  subject: AnalysedModel,
  lendings: readonly Lending[],
  { units }: ComparedUnits,
  { initial, random, signal }: PatchedTextsOptions,
): Promise<PatchedTextRow[]> {
  const { model, name, seed } = subject
  const groups = [
    { patched: 'nothing', group: [] },
    { patched: 'chosen units', group: units.map(({ unit }) => unit) },
    { patched: 'units like them', group: units.map(({ like }) => like[0]) },
  ] as const
  const rows: PatchedTextRow[] = []
  for (const lending of examplesOf(lendings)) {
    const { prefix, tags, task, condition } = lending.item
    const sentence = prefix.join(' ')
    for (const { patched, group } of groups) {
      const words: string[] = []
      const written = generate(model, {
        length: LENGTH,
        temperature: TEMPERATURE,
        random: random.fork(sentence),
        without: neverWritten(model.vocabulary),
        prompt: encode(model.vocabulary, prefix, tags),
        state: initial,
        stop: endId(model.vocabulary),
        edits: group.flatMap((unit) => editsOf(unit, lending)),
        engine,
        signal,
      })
      for await (const { token } of written) if (token !== endId(model.vocabulary)) words.push(model.vocabulary.tokens[token])
      rows.push({ model: name, seed, task, condition, sentence, patched, written: words.join(' ') })
    }
  }
  return rows
}

function examplesOf(lendings: readonly Lending[]): Lending[] {
  const conditions = [...new Set(lendings.map(({ item }) => item.condition))]
  return conditions.flatMap((condition) => {
    const own = lendings.filter(({ item }) => item.condition === condition)
    const bySubject = new Map(own.map((lending) => [lending.item.fields.subjectLemma, lending]))
    return [...bySubject.values()].slice(0, SENTENCES)
  })
}

function editsOf(unit: string, { item, lent }: Lending): Edit[] {
  return lent.flatMap((values, step) =>
    step < item.fields.subjectPosition ? [] : [clamp(unit, values.get(unit)!, { steps: [step] })],
  )
}
