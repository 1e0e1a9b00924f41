// Reading sentences drawn at random, each whole and from the initial state: words of a formal language, or any corpus
// whose sentences stand alone.

import { UserError } from '../core/errors.ts'
import { Random } from '../core/random.ts'
import { placeRows, sequenceBatches } from '../data/batches.ts'
import { turnedRound } from '../engine/drawn-batch.ts'
import type { Engine, Sentences } from '../engine/engine.ts'
import { isPair } from '../model/config.ts'
import { halfOf } from '../model/halves.ts'
import type { Model } from '../model/model.ts'
import { DIRECTIONS } from '../model/sites.ts'
import type { DrawnTraining } from './config.ts'
import { endsPart, type Reading } from './reading.ts'

/** What sentences are drawn from. A language model reads the end of the sentence before as their context. */
export interface SentencePool {
  readonly training: Sentences
  /** tags that training does not have are −1, and do not count */
  readonly validation: Sentences
  /** how probable each training sentence is, and how much each validation sentence counts; null where all are alike */
  readonly probabilities: Float64Array | null
}

/** Updates between two looks at the clock: a fraction of a second for the small models that this is for. */
const STRETCH = 50

/** Most tokens of a batch in which validation sentences are scored. */
const CELLS = 20_000

/** @param seed of the draws: an update draws the same sentences wherever the training was interrupted */
export function readDrawnSentences(pool: SentencePool, config: DrawnTraining, seed: number): Reading {
  const { updates, evaluations, batch } = config
  if (pool.validation.starts.length === 0) throw new UserError('The validation text has no sentence. Write validation: 0.05 in data.')
  const draw = drawing(pool, batch, new Random(seed).fork('sentences'))
  const isDue = (done: number) => endsPart(done, updates, evaluations)
  return {
    updates,
    total: updates,
    unit: 'updates',
    title: (done) => `Update ${done} of ${updates}`,
    epochOf: (update) => Math.floor((update * batch) / pool.training.starts.length) + 1, // as many as there are sentences
    isDue,
    advance(trainer, from, most, rateOf) {
      let to = from + 1
      while (to < updates && to - from < Math.min(most, STRETCH) && !isDue(to)) to++
      const numbers = Array.from({ length: to - from }, (_, index) => from + index)
      return trainer.updateOn(pool.training, Int32Array.from(numbers.flatMap(draw)), numbers.map(rateOf))
    },
    validationLoss: async (engine, model) => {
      const { loss, tokens } = lossOfSentences(engine, model, pool)
      return loss / tokens
    },
  }
}

/** The sentences of an update, by its number. */
function drawing(pool: SentencePool, batch: number, random: Random): (update: number) => number[] {
  const count = pool.training.starts.length
  const shares = pool.probabilities && cumulative(pool.probabilities)
  return (update) => {
    const own = random.fork(update)
    const one = (): number => {
      if (!shares) return own.integer(count)
      const point = own.uniform()
      return shares.findIndex((share) => point < share)
    }
    return Array.from({ length: batch }, one)
  }
}

/** Running sums; the last is 1, whatever was lost in adding. */
function cumulative(probabilities: Float64Array): Float64Array {
  let sum = 0
  const sums = probabilities.map((probability) => (sum += probability))
  return sums.map((value, index) => (value >= sum || index === sums.length - 1 ? 1 : value / sum))
}

/** Sums over sentences, each counted as often as it is to be expected. */
export interface LossOfSentences {
  /** Σ −log p, nats */
  readonly loss: number
  /** of a language model the end of each sentence is one; of a tagger those whose tag it can say */
  readonly tokens: number
  readonly sentences: number
}

/** Of all validation sentences; of a bidirectional language model from both ends, so that each token counts twice. */
export function lossOfSentences(
  engine: Engine,
  model: Pick<Model, 'config' | 'weights'>,
  pool: Omit<SentencePool, 'training'>,
): LossOfSentences {
  if (!isPair(model.config)) return lossInOrder(engine, model, pool)
  const { validation } = pool
  const [forward, backward] = DIRECTIONS.map((direction) => {
    const read = direction === 'forward' ? validation : { ...validation, tokens: turnedRound(validation) }
    return lossInOrder(engine, halfOf(model, direction), { ...pool, validation: read })
  })
  return { loss: forward.loss + backward.loss, tokens: forward.tokens + backward.tokens, sentences: forward.sentences + backward.sentences }
}

function lossInOrder(
  engine: Engine,
  model: Pick<Model, 'config' | 'weights'>,
  { validation, probabilities }: Omit<SentencePool, 'training'>,
): LossOfSentences {
  const { tokens, starts, context, tags } = validation
  const partOf = (ids: Int32Array, index: number) => ids.subarray(starts[index], starts[index + 1] ?? tokens.length)
  const inputs = Array.from(starts, (_, index) => (
    context === undefined ? partOf(tokens, index) : Int32Array.of(context, ...partOf(tokens, index))
  ))
  const sums = { loss: 0, tokens: 0, sentences: 0 }
  for (const batch of sequenceBatches(inputs, { rows: inputs.length, cells: CELLS })) {
    const targets = tags ? placeRows(batch, (index) => partOf(tags, index)) : batch.targets
    const { logProbabilities = new Float32Array(0) } = engine.run(model, batch, { targets })
    for (let row = 0; row < batch.rows; row++) {
      const weight = probabilities?.[batch.indices[row]] ?? 1
      let counted = 0
      for (let at = row * batch.steps; at < (row + 1) * batch.steps; at++) {
        if (targets[at] < 0) continue
        sums.loss -= weight * logProbabilities[at]
        counted += 1
      }
      sums.tokens += weight * counted
      sums.sentences += weight
    }
  }
  return sums
}
