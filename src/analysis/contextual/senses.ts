// Which of the two words of a pseudo-word a token was: the sense whose mean vector in the training text is nearer, by the
// cosine (Peters et al. 2018 tell WordNet senses so). Pseudo-words are the unit of the bootstrap.

import { cosine } from '../../core/matrix.ts'
import { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { bootstrapMean, resampleClusters } from '../../core/statistics/bootstrap.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Network, SenseRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import type { TokenVectors } from './token-vectors.ts'

/** One token of a pseudo-word. */
export interface SenseToken {
  readonly name: string
  /** 0 for the first of its words, which is the more frequent one in training, 1 for the other */
  readonly sense: 0 | 1
}

/** Tokens in the order of their vectors. */
export interface SenseTokens {
  readonly tokens: readonly SenseToken[]
  readonly vectors: TokenVectors
}

/** One row a layer. Pseudo-words that the training text has in one sense only are left out. */
export function senseRows(
  { name: model, seed }: Pick<AnalysedModel, 'name' | 'seed'>,
  network: Network,
  learned: SenseTokens,
  asked: SenseTokens,
  resamples: number,
): SenseRow[] {
  const senses = groupBy(learned.tokens, ({ name }) => name)
  const hasBoth = (name: string) => new Set(senses.get(name)?.map(({ sense }) => sense)).size === 2
  const items = [...asked.tokens.keys()].filter((item) => hasBoth(asked.tokens[item].name))
  if (items.length === 0) return []
  const names = items.map((item) => asked.tokens[item].name)
  const drawn = resampleClusters([names], resamples, new Random('senses'))
  const isRight = (item: number, said: number) => (said === asked.tokens[item].sense ? 1 : 0)
  return asked.vectors.layers.map((layer, index): SenseRow => {
    const { width } = asked.vectors
    const means = meansOf(learned, index)
    const right = items.map((item) => {
      const vector = layer.subarray(item * width, (item + 1) * width)
      const [first, second] = means.get(asked.tokens[item].name)!.map((sum) => cosine(vector, sum))
      return isRight(item, second > first + TIE ? 1 : 0)
    })
    return {
      model, seed, network, layer: String(index),
      n: items.length,
      words: new Set(names).size,
      right: mean(right),
      ...bootstrapMean(right, drawn),
      baseline: mean(items.map((item) => isRight(item, 0))),
    }
  })
}

/** Cosines that are no further apart say nothing, as of vectors that know no context: rounding makes them differ. */
const TIE = 1e-6

/** The mean vector of both senses of every pseudo-word. */
function meansOf({ tokens, vectors }: SenseTokens, layer: number): Map<string, [Float64Array, Float64Array]> {
  const { width, layers } = vectors
  const means = new Map<string, [Float64Array, Float64Array]>()
  tokens.forEach(({ name, sense }, token) => {
    const own = means.get(name) ?? [new Float64Array(width), new Float64Array(width)]
    for (let i = 0; i < width; i++) own[sense][i] += layers[layer][token * width + i] // a sum: its direction is the mean's
    means.set(name, own)
  })
  return means
}
