// What a token some steps back still does: the change of a loss, in nats, when another token of the text stands there
// instead. A gradient says what an infinitely small change would do; this is measured, without a gradient.

import { UserError } from '../../core/errors.ts'
import { Random } from '../../core/random.ts'
import { bootstrapMean, resampleClusters } from '../../core/statistics/bootstrap.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Engine } from '../../engine/engine.ts'
import { gatherState } from '../../engine/state.ts'
import type { InitialState } from '../../recording/sequences.ts'
import { requireLanguageModel } from '../../recording/language-model.ts'
import { statesAfter, type Place } from '../../recording/states-after.ts'
import type { TokenEffectRow } from '../results.ts'
import type { AnalysedMoment } from '../subject.ts'

export interface TokenEffectsOptions {
  /** lags in steps; 0 is the token that is read last */
  readonly lags: readonly number[]
  readonly initial?: InitialState
  /** resamples of the sequences; 1000 by default */
  readonly resamples?: number
  /** of the tokens that are put in and of the bootstrap; 1 by default */
  readonly randomSeed?: number
  readonly signal?: AbortSignal
}

/**
 * A row for each lag.
 * @param places tokens whose loss is looked at, each with more tokens before it than the longest lag
 */
export async function tokenEffects(
  engine: Engine,
  subject: AnalysedMoment,
  sequences: readonly Int32Array[],
  places: readonly Place[],
  options: TokenEffectsOptions,
): Promise<TokenEffectRow[]> {
  requireLanguageModel(subject.model, 'there is no loss of a next token')
  const { lags, initial, resamples = 1000, randomSeed = 1, signal } = options
  const random = new Random(randomSeed)
  const clusters = places.map(({ sequence }) => String(sequence))
  const drawn = resampleClusters([clusters], resamples, random.fork('sequences'))
  const rows: TokenEffectRow[] = []
  for (const lag of lags) {
    signal?.throwIfAborted()
    const starts = places.map(({ sequence, position }) => ({ sequence, position: position - lag - 2 }))
    const states = await statesAfter(engine, subject.model, sequences, starts, { initial, signal })
    const others = drawOthers(sequences, places, lag, random.fork(lag))
    const changes = lossChanges(engine, subject, sequences, places, lag, others, states)
    rows.push({
      model: subject.name,
      seed: subject.seed,
      moment: subject.moment,
      lag,
      places: places.length,
      change: mean(changes),
      ...bootstrapMean(changes, drawn),
    })
  }
  return rows
}

/** For each place another token than the one at the lag, drawn as often as it occurs. */
function drawOthers(sequences: readonly Int32Array[], places: readonly Place[], lag: number, random: Random): number[] {
  const first = sequences[places[0].sequence][0]
  if (sequences.every((tokens) => tokens.every((token) => token === first))) {
    throw new UserError('The text has one token only: no other one can be put in its place.')
  }
  return places.map(({ sequence, position }) => {
    const own = sequences[sequence][position - 1 - lag]
    for (;;) {
      const tokens = random.pick(sequences)
      if (tokens.length === 0) continue
      const other = tokens[random.integer(tokens.length)]
      if (other !== own) return other
    }
  })
}

/** |change of −log p| of each place. Rows of the batch: the texts as they are, and then with the other token first. */
function lossChanges(
  engine: Engine,
  { model }: AnalysedMoment,
  sequences: readonly Int32Array[],
  places: readonly Place[],
  lag: number,
  others: readonly number[],
  states: Readonly<Record<string, Float32Array>>,
): number[] {
  const count = places.length
  const steps = lag + 1
  const tokens = new Int32Array(2 * count * steps)
  const targets = new Int32Array(2 * count * steps).fill(-1)
  for (let row = 0; row < 2 * count; row++) {
    const { sequence, position } = places[row % count]
    tokens.set(sequences[sequence].subarray(position - steps, position), row * steps)
    targets[(row + 1) * steps - 1] = sequences[sequence][position]
    if (row >= count) tokens[row * steps] = others[row - count]
  }
  const twice = Array.from({ length: 2 * count }, (_, row) => row % count)
  const state = gatherState(states, model.config.units, twice)
  const { logProbabilities } = engine.run(model, { tokens, rows: 2 * count, steps }, { targets, state })
  const at = (row: number): number => logProbabilities![(row + 1) * steps - 1]
  return places.map((_, row) => Math.abs(at(row) - at(row + count)))
}
