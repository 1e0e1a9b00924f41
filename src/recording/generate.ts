// Text that a model writes: each token is drawn from what the model expects and read again. Units can be recorded and
// edited while it writes.

import { setImmediate } from 'node:timers/promises'
import { UserError } from '../core/errors.ts'
import type { Random } from '../core/random.ts'
import { tokenId, UNKNOWN, type Vocabulary } from '../data/vocabulary.ts'
import type { Engine, State } from '../engine/engine.ts'
import { compileEdits, type Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import { defaultEngine } from './default-engine.ts'
import { drawToken, surprisalOf, type DrawOptions } from './draw-token.ts'
import { placeEdits } from './place-edits.ts'
import { requireLanguageModel } from './language-model.ts'
import { contextOf, type InitialState } from './sequences.ts'

export interface GenerateOptions extends DrawOptions {
  /** most tokens that are written */
  readonly length: number
  /** the same seed writes the same text */
  readonly random: Random
  /** tokens that are read first; none by default */
  readonly prompt?: Int32Array
  /** what the model has read before; `end-of-sentence` by default */
  readonly state?: InitialState
  /** writing ends after this token */
  readonly stop?: number
  /** name of a site whose values at every written token are wanted */
  readonly record?: string
  /** `steps` count from the first token of the prompt; without them an edit acts from the context on */
  readonly edits?: readonly Edit[]
  /** loaded by default */
  readonly engine?: Engine
  readonly signal?: AbortSignal
}

export interface GeneratedToken {
  readonly token: number
  /** −log p in the model's own distribution, before temperature and cuts, nats */
  readonly surprisal: number
  /** values [units] of the recorded site when the model has read the token; null where none is recorded */
  readonly values: Float32Array | null
}

/**
 * Writes token after token, as they are asked for.
 * @throws UserError where there is neither a prompt nor a context to begin with, or an edit does not fit
 */
export async function* generate(model: Model, options: GenerateOptions): AsyncGenerator<GeneratedToken> {
  const { length, random, prompt = new Int32Array(0), stop, signal, edits = [] } = options
  requireLanguageModel(model, 'it writes nothing')
  const engine = options.engine ?? (await defaultEngine())
  const context = contextOf(options.state ?? 'end-of-sentence', model)
  if (context.length + prompt.length === 0) throw new UserError('There is nothing to begin with: give a prompt.')
  compileEdits(edits, model.config, { rows: 1, steps: prompt.length + length })
  const read = reader(engine, model, edits, options.record)

  let { state, logits } = read(Int32Array.of(...context, ...prompt), -context.length, undefined)
  for (let written = 0; written < length; written++) {
    signal?.throwIfAborted()
    const token = drawToken(logits, options, random)
    const surprisal = surprisalOf(token, logits)
    const next = read(Int32Array.of(token), prompt.length + written, state)
    yield { token, surprisal, values: next.values }
    if (token === stop) return
    ;({ state, logits } = next)
    await setImmediate()
  }
}

/** A model that knows no rare word by name should not write one: only `<unk>` says nothing at all. */
export function neverWritten(vocabulary: Vocabulary): ReadonlySet<number> {
  const unknown = tokenId(vocabulary, UNKNOWN)
  return new Set(unknown === undefined ? [] : [unknown])
}

interface Read {
  readonly state: State
  /** [vocabulary] after the last token */
  readonly logits: Float32Array
  /** [units] at the last token */
  readonly values: Float32Array | null
}

/** Reads tokens that stand from position `start` on. */
function reader(
  engine: Engine,
  model: Model,
  edits: readonly Edit[],
  site: string | undefined,
): (tokens: Int32Array, start: number, state: State | undefined) => Read {
  const indices = Int32Array.of(0)
  return (tokens, start, before) => {
    const steps = tokens.length
    const { state, logits = new Float32Array(0), recorded } = engine.run(model, { tokens, rows: 1, steps }, {
      state: before,
      edits: placeEdits(edits, { indices, start, steps }),
      record: site === undefined ? [] : [site],
      logitsAt: Int32Array.of(steps - 1),
    })
    const values = site === undefined ? null : recorded[site].subarray(-recorded[site].length / steps)
    return { state, logits, values }
  }
}
