// Drawn sentences as a batch: side by side, the longest first, each after the context and each token predicted. The
// order is part of the definition, because sums over rows have one: rows that have ended stand at the end and drop out.

import type { Sentences, TrainingBatch } from './engine.ts'

/** The sentences of the given numbers; equally long ones in the given order. What is beyond an end has no target. */
export function batchOf(sentences: Sentences, numbers: Int32Array): TrainingBatch {
  const { tokens, starts, context } = sentences
  const drawn = Array.from(numbers, (number) => tokens.subarray(starts[number], starts[number + 1]))
  drawn.sort((one, other) => other.length - one.length)
  const rows = drawn.length
  const steps = drawn[0].length
  const inputs = new Int32Array(rows * steps).fill(context)
  const targets = new Int32Array(rows * steps).fill(-1)
  drawn.forEach((sentence, row) => {
    inputs.set(sentence.subarray(0, -1), row * steps + 1)
    targets.set(sentence, row * steps)
  })
  return { tokens: inputs, targets, rows, steps, carry: false }
}
