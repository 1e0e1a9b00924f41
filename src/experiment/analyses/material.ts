// What analyses look at besides the models: text as sequences, items, models that only count. Each is made once, when
// it is first asked for; items are asked for before anything is trained, so that a task that cannot be built is said at
// once.

import { once, onceFor } from '../../core/once.ts'
import { passageStarts, type Dataset, type DatasetPart } from '../../data/dataset.ts'
import { endId } from '../../data/vocabulary.ts'
import { trainNgram, trainUnigram, type CountModel, type NgramModel } from '../../model/ngram.ts'
import type { Sequence } from '../../recording/sequences.ts'
import type { AgreementItems } from '../../tasks/agreement-items.ts'
import type { Item } from '../../tasks/items.ts'
import { buildItems, halvesOf, type ItemSource } from './items.ts'

export interface Material {
  readonly dataset: Dataset
  /** folder that paths of the experiment are relative to */
  readonly folder: string
  items(sources: readonly ItemSource[], itemsPerCondition: number): AgreementItems
  unigram(): CountModel
  ngram(order: number): NgramModel
}

export function gatherMaterial(dataset: Dataset, folder: string): Material {
  const { vocabulary, training } = dataset
  const { tokens } = training
  const starts = passageStarts(training, vocabulary)
  const options = { vocabulary: vocabulary.tokens.length, end: endId(vocabulary), starts }
  const halves = once(() => halvesOf(dataset))
  return {
    dataset,
    folder,
    items: onceFor((sources: readonly ItemSource[], itemsPerCondition: number) =>
      buildItems(sources, itemsPerCondition, dataset, halves, folder),
    ),
    unigram: once(() => trainUnigram(tokens, options)),
    ngram: onceFor((order: number) => trainNgram(tokens, { ...options, order })),
  }
}

/** That of every dataset of a plan. */
export function gatherMaterials(
  planned: readonly { readonly dataset: Dataset }[],
  folder: string,
): Map<Dataset, Material> {
  return new Map(planned.map(({ dataset }) => [dataset, gatherMaterial(dataset, folder)]))
}

/** The items of a section, those of each task of their own. */
export function itemsByTask(
  { items: tasks, itemsPerCondition }: { readonly items: readonly string[]; readonly itemsPerCondition: number },
  material: Material,
): { readonly task: string; readonly items: readonly Item[] }[] {
  const { items } = material.items(tasks, itemsPerCondition)
  return tasks.map((task) => ({ task, items: items.filter((item) => item.task === task) }))
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
