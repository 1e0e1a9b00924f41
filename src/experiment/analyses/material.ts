// What analyses look at besides the models: text as sequences, items, models that only count. Each is made once, when
// it is first asked for; items are asked for before anything is trained, so that a task that cannot be built is said at
// once.

import type { Dataset, DatasetPart } from '../../data/dataset.ts'
import { endId } from '../../data/vocabulary.ts'
import { trainNgram, trainUnigram, type CountModel } from '../../model/ngram.ts'
import type { Sequence } from '../../recording/sequences.ts'
import { buildAgreementItems, type AgreementItems } from '../../tasks/agreement-items.ts'
import { buildLexicon, splitLexicon } from '../../tasks/lexicon.ts'
import { loadTemplates } from '../../tasks/templates.ts'

/** Which lemmas are for discovery and which frames are drawn does not depend on the models' seeds. */
const ITEM_SEED = 1

export interface Material {
  readonly dataset: Dataset
  /** folder that paths of the experiment are relative to */
  readonly folder: string
  items(tasks: readonly string[], itemsPerCondition: number): AgreementItems
  unigram(): CountModel
  ngram(order: number): CountModel
}

export function gatherMaterial(dataset: Dataset, folder: string): Material {
  const { tokens, sentenceStarts } = dataset.training
  const { vocabulary } = dataset
  const options = { vocabulary: vocabulary.tokens.length, end: endId(vocabulary), starts: sentenceStarts }
  const halves = once(() => splitLexicon(buildLexicon(trainingSentences(dataset), vocabulary), ITEM_SEED))
  return {
    dataset,
    folder,
    items: onceFor((tasks: readonly string[], itemsPerCondition: number) => {
      const templates = loadTemplates().filter((template) => tasks.includes(template.task))
      return buildAgreementItems(templates, halves(), vocabulary, { itemsPerCondition, seed: ITEM_SEED })
    }),
    unigram: once(() => trainUnigram(tokens, options)),
    ngram: onceFor((order: number) => trainNgram(tokens, { ...options, order })),
  }
}

/** The first sentences of a part, each with its end token, up to so many tokens. */
export function sentencesOf(part: DatasetPart, mostTokens: number): Sequence[] {
  const { tokens, sentenceStarts } = part
  const sequences: Sequence[] = []
  for (let index = 0; index < sentenceStarts.length; index++) {
    const end = sentenceStarts[index + 1] ?? tokens.length
    if (end > mostTokens && sequences.length > 0) break
    sequences.push({ tokens: tokens.subarray(sentenceStarts[index], end) })
  }
  return sequences
}

function* trainingSentences(dataset: Dataset) {
  for (const { sentences } of dataset.training.documents) {
    for (const { tokens, tags } of sentences) if (tags) yield { tokens, tags }
  }
}

function once<T>(make: () => T): () => T {
  const made = onceFor(make)
  return () => made()
}

function onceFor<Given extends readonly unknown[], T>(make: (...given: Given) => T): (...given: Given) => T {
  const made = new Map<string, T>()
  return (...given) => {
    const key = JSON.stringify(given)
    const known = made.get(key)
    if (known !== undefined) return known
    const value = make(...given)
    made.set(key, value)
    return value
  }
}
