// Words with a known number of open nodes: of every place in the sentence and every depth the same number, so that neither is
// the other in disguise, and no sentence's last word, behind which nothing is open.

import { UserError } from '../../core/errors.ts'
import { groupBy } from '../../core/rows.ts'
import type { Random } from '../../core/random.ts'
import type { DatasetPart } from '../../data/dataset.ts'
import type { Sequence } from '../../recording/sequences.ts'

export interface DepthPoint {
  /** index into the sequences */
  readonly sentence: number
  readonly position: number
  readonly depth: number
}

export interface DepthPoints {
  readonly sequences: readonly Sequence[]
  /** open nodes behind every word of each sequence */
  readonly openNodes: readonly (readonly number[])[]
  readonly points: readonly DepthPoint[]
}

/** Words of a place and a depth; where there are fewer the pair is left out. */
const EACH = 15

/** @throws UserError where no sentence has a known depth */
export function depthPoints({ documents, tokens, sentenceStarts }: DatasetPart, random: Random): DepthPoints {
  const sentences = documents.flatMap((document) => document.sentences)
  const all = sentences.flatMap(({ openNodes = [] }, sentence) =>
    openNodes.slice(0, -1).map((depth, position): DepthPoint => ({ sentence, position, depth })),
  )
  if (all.length === 0) {
    throw new UserError('syntax-units needs sentences drawn from a grammar: of others it is not known how many constituents are open.')
  }
  const cells = [...groupBy(all, ({ position, depth }) => `${position} ${depth}`)].filter(([, own]) => own.length >= EACH)
  const points = cells.flatMap(([cell, own]) => random.fork(cell).sample(own, EACH))
  const used = [...new Set(points.map(({ sentence }) => sentence))].sort((a, b) => a - b)
  const place = new Map(used.map((sentence, index) => [sentence, index]))
  return {
    sequences: used.map((sentence) => ({ tokens: tokens.subarray(sentenceStarts[sentence], sentenceStarts[sentence + 1] ?? tokens.length) })),
    openNodes: used.map((sentence) => sentences[sentence].openNodes ?? []),
    points: points.map((point) => ({ ...point, sentence: place.get(point.sentence)! })),
  }
}
