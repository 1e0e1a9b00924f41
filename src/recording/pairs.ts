// Minimal pairs: after a prefix, is the right word more probable than the wrong one?

import type { Engine } from '../engine/engine.ts'
import type { Model } from '../model/model.ts'
import { defaultEngine } from './default-engine.ts'
import { runSequences, type Piece, type SequencesOptions } from './run-sequences.ts'

/** Token ids. The prefix may be empty where the model has read a context. */
export interface Pair {
  readonly prefix: Int32Array
  readonly right: number
  readonly wrong: number
}

export interface PairScore {
  /** log p(right) − log p(wrong), nats; positive is right */
  readonly margin: number
  /** log p of the right word, nats */
  readonly right: number
  /** log p of the wrong word, nats */
  readonly wrong: number
}

export interface PairOptions extends SequencesOptions {
  /** loaded by default: the native engine where it is there */
  readonly engine?: Engine
}

/** The margin is a difference of two logits: the normaliser of the softmax cancels. */
export async function scorePairs(
  model: Model,
  pairs: readonly Pair[],
  options: PairOptions = {},
): Promise<PairScore[]> {
  const engine = options.engine ?? (await defaultEngine())
  const scores = new Array<PairScore>(pairs.length)
  const prefixes = pairs.map(({ prefix }) => prefix)
  const ask = (piece: Piece) => choicesIn(piece, pairs)
  for await (const { piece, result } of runSequences(engine, model, prefixes, options, ask)) {
    const { candidateLogits = new Float32Array(0), logProbabilities = new Float32Array(0) } = result
    endsOf(piece, pairs).forEach(({ row, cell }, index) => {
      const margin = candidateLogits[2 * index] - candidateLogits[2 * index + 1]
      const right = logProbabilities[cell]
      scores[piece.indices[row]] = { margin, right, wrong: right - margin }
    })
  }
  return scores
}

/** Both words of each pair whose prefix ends in this run, and the right one as the target. */
function choicesIn(piece: Piece, pairs: readonly Pair[]) {
  const ends = endsOf(piece, pairs)
  const targets = new Int32Array(piece.rows * piece.steps).fill(-1)
  const tokens = ends.flatMap(({ row, cell }) => {
    const { right, wrong } = pairs[piece.indices[row]]
    targets[cell] = right
    return [right, wrong]
  })
  const positions = Int32Array.from(ends, ({ cell }) => cell)
  return ends.length === 0 ? {} : { targets, candidates: { positions, tokens: Int32Array.from(tokens), width: 2 } }
}

/** Rows whose prefix ends in this run, and the cell row · steps + step of the end. */
function endsOf({ indices, start, steps, lengths }: Piece, pairs: readonly Pair[]): { row: number; cell: number }[] {
  return Array.from(indices).flatMap((index, row) => {
    const last = lengths[row] - 1
    return start + last === pairs[index].prefix.length - 1 ? [{ row, cell: row * steps + last }] : []
  })
}
