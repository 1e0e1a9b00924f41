// Running text as the finder looks at it: blocks of equal length, and in each block the same few places. Blocks are what
// labels are permuted by: characters beside each other are alike, and shuffling them one by one would make chance look
// far too small.

import type { Random } from '../../core/random.ts'
import type { Document } from '../../data/corpus.ts'
import type { DatasetPart } from '../../data/dataset.ts'
import type { Answers } from '../../data/label.ts'
import type { Answer } from '../../probe.ts'
import type { Sequence } from '../../recording/sequences.ts'

/** Some documents, and the places at which units are looked at. */
export interface SampledText {
  /** whole documents, read from their beginning */
  readonly sequences: readonly Sequence[]
  /** the same as written, where the model may read a placeholder */
  readonly documents: readonly Document[]
  /** what follows every sentence of them */
  readonly end: string
  readonly blocks: readonly Block[]
  /** places in every block, from its start, ascending */
  readonly offsets: readonly number[]
}

/** Neighbouring tokens of one document. */
export interface Block {
  readonly document: number
  readonly start: number
}

export interface SamplingOptions {
  /** tokens of a block */
  readonly blockLength: number
  /** places in each block */
  readonly perBlock: number
  /** documents are taken until they have so many tokens */
  readonly mostTokens: number
  readonly random: Random
}

/** @param documents numbers of documents of the part */
export function sampleText(
  part: DatasetPart,
  documents: readonly number[],
  end: string,
  { blockLength, perBlock, mostTokens, random }: SamplingOptions,
): SampledText {
  const sequences: Sequence[] = []
  const taken: Document[] = []
  const blocks: Block[] = []
  let tokens = 0
  for (const number of documents) {
    if (tokens >= mostTokens) break
    const from = part.documentStarts[number]
    const sequence = { tokens: part.tokens.subarray(from, part.documentStarts[number + 1]) }
    for (let start = 0; start + blockLength <= sequence.tokens.length; start += blockLength) {
      blocks.push({ document: sequences.length, start })
    }
    sequences.push(sequence)
    taken.push(part.documents[number])
    tokens += sequence.tokens.length
  }
  const places = Array.from({ length: blockLength }, (_, place) => place)
  return { sequences, documents: taken, end, blocks, offsets: random.sample(places, perBlock).sort((a, b) => a - b) }
}

/**
 * A probe's answers at the sampled places, block after block; NaN where the question cannot be decided.
 * @param answers of every document
 */
export function labelSamples(answers: readonly Answers[], { blocks, offsets }: SampledText): Float32Array {
  return Float32Array.from(blocks.flatMap(({ document, start }) =>
    offsets.map((offset) => asNumber(answers[document][start + offset])),
  ))
}

function asNumber(answer: Answer | undefined): number {
  if (answer === undefined) return NaN
  if (typeof answer === 'string') throw new Error(`the answer ${JSON.stringify(answer)} is no amount and no yes or no`)
  return Number(answer)
}

/** The document of every sample, as clusters. */
export function documentsOfSamples({ blocks, offsets }: SampledText): string[] {
  return blocks.flatMap(({ document }) => offsets.map(() => String(document)))
}
