// What a tagger says of each token: the tag with the largest logit, each sentence read whole.

import { setImmediate } from 'node:timers/promises'
import { sequenceBatches } from '../../data/batches.ts'
import type { TaggedText } from '../../data/tagging.ts'
import type { Engine } from '../../engine/engine.ts'
import { outputsOf } from '../../model/config.ts'
import type { Model } from '../../model/model.ts'

/** Most tokens of a run, padding included. */
const CELLS = 8192
/** Most sentences of a run. */
const ROWS = 256

/** The number of the tag of every token. @throws the signal's reason where it is aborted */
export async function predictTags(
  engine: Engine,
  model: Pick<Model, 'config' | 'weights'>,
  { tokens, starts }: Pick<TaggedText, 'tokens' | 'starts'>,
  signal?: AbortSignal,
): Promise<Int32Array> {
  const said = new Int32Array(tokens.length)
  const sentences = Array.from(starts, (start, index) => tokens.subarray(start, starts[index + 1] ?? tokens.length))
  const width = outputsOf(model.config)
  for (const batch of sequenceBatches(sentences, { rows: ROWS, cells: CELLS })) {
    signal?.throwIfAborted()
    const places = [...batch.lengths].flatMap((length, row) => Array.from({ length }, (_, step) => (
      { position: row * batch.steps + step, token: starts[batch.indices[row]] + step }
    )))
    const logitsAt = Int32Array.from(places, ({ position }) => position)
    const { logits = new Float32Array(0) } = engine.run(model, batch, { logitsAt })
    places.forEach(({ token }, index) => (said[token] = largest(logits.subarray(index * width, (index + 1) * width))))
    await setImmediate()
  }
  return said
}

/** Where the largest of some numbers stands; the first of equal ones. */
function largest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best] ? index : best), 0)
}
