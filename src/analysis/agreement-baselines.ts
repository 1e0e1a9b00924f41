// What can be got right without a model of the sentence: always the same number, the commoner form, the number of the
// last noun, the last few words.

import { groupBy } from '../core/rows.ts'
import { endId, encode, tokenId, type Vocabulary } from '../data/vocabulary.ts'
import type { CountModel } from '../model/ngram.ts'
import type { Choice, Item } from '../tasks/items.ts'
import { rightness } from '../tasks/score-items.ts'
import type { AgreementBaselines } from './results.ts'

/** For each item 1 where a baseline is right, 0 where it is wrong, ½ where it cannot tell. */
export type BaselineScores = Readonly<Record<keyof AgreementBaselines, Float64Array>>

/** log p(right) − log p(wrong) of each item under a model that counts, nats. */
export function ngramMargins(items: readonly Choice[], vocabulary: Vocabulary, ngram: CountModel): Float64Array {
  const end = endId(vocabulary)
  return Float64Array.from(items, (item) => {
    return preference(ngram, item, vocabulary, [end, ...encode(vocabulary, item.prefix, item.tags)])
  })
}

function preference(model: CountModel, item: Choice, vocabulary: Vocabulary, context: readonly number[]): number {
  const [right, wrong] = [item.right, item.wrong].map((word) => tokenId(vocabulary, word)!)
  return model.logProbability(context, right) - model.logProbability(context, wrong)
}

export function scoreBaselines(
  items: readonly Item[],
  vocabulary: Vocabulary,
  models: { readonly unigram: CountModel; readonly ngram: CountModel },
): BaselineScores {
  const surplus = new Map(
    [...groupBy(items, (item) => item.task)].map(([task, group]) => [
      task,
      group.reduce((sum, item) => sum + sign(item), 0),
    ]),
  )
  return {
    majority: Float64Array.from(items, (item) => rightness(surplus.get(item.task)! * sign(item))),
    unigram: Float64Array.from(items, (item) => rightness(preference(models.unigram, item, vocabulary, []))),
    lastNoun: Float64Array.from(items, ({ fields }) => (fields.lastNounNumber === fields.number ? 1 : 0)),
    ngram: Float64Array.from(ngramMargins(items, vocabulary, models.ngram), rightness),
  }
}

function sign({ fields }: Item): number {
  return fields.number === 'plural' ? 1 : -1
}
