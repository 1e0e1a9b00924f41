// Drawn sentences as a batch: side by side, the longest first, each after the context and each token predicted. The
// order is part of the definition, because sums over rows have one: rows that have ended stand at the end and drop out.
// A language model that reads from the other end has the same sentences with their words in the other order.

import type { Sentences, TrainingBatch } from './engine.ts'

/** The sentences of the given numbers; equally long ones in the given order. What is beyond an end has no target. */
export function batchOf(sentences: Sentences, numbers: Int32Array): TrainingBatch {
  const { tokens, starts, context, tags } = sentences
  const endOf = (number: number): number => starts[number + 1] ?? tokens.length
  const lengthOf = (number: number): number => endOf(number) - starts[number]
  const drawn = numbers.slice().sort((one, other) => lengthOf(other) - lengthOf(one))
  const rows = drawn.length
  const steps = lengthOf(drawn[0])
  const inputs = new Int32Array(rows * steps).fill(context ?? 0)
  const targets = new Int32Array(rows * steps).fill(-1)
  drawn.forEach((number, row) => {
    const sentence = tokens.subarray(starts[number], endOf(number))
    if (tags === undefined) inputs.set(sentence.subarray(0, -1), row * steps + 1)
    else inputs.set(sentence, row * steps)
    targets.set(tags?.subarray(starts[number], endOf(number)) ?? sentence, row * steps)
  })
  return { tokens: inputs, targets, rows, steps, lengths: drawn.map(lengthOf), carry: false }
}

/** The sentences of a batch of `batchOf` from their other end: the words turned round, and again the end of the sentence last. */
export function backwardOf(batch: TrainingBatch): TrainingBatch {
  const { rows, steps, lengths } = batch
  const [tokens, targets] = [batch.tokens.slice(), batch.targets.slice()]
  for (let row = 0; row < rows; row++) {
    const first = row * steps
    const words = (lengths?.[row] ?? steps) - 1
    targets.subarray(first, first + words).reverse()
    tokens.set(targets.subarray(first, first + words), first + 1)
  }
  return { ...batch, tokens, targets }
}

/** The tokens of every sentence in the other order, its end again last. */
export function turnedRound({ tokens, starts }: Pick<Sentences, 'tokens' | 'starts'>): Int32Array {
  const turned = tokens.slice()
  starts.forEach((start, index) => turned.subarray(start, (starts[index + 1] ?? tokens.length) - 1).reverse())
  return turned
}
