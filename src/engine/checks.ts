// What both engines ask of a batch: kernels trust what they are given, and TensorFlow.js takes a token outside the
// vocabulary for none at all.

import { isPair, outputsOf, type ModelConfig } from '../model/config.ts'
import { stateNames } from '../model/sites.ts'
import type { Batch, Scalars, Sentences, Terms, TrainingBatch } from './engine.ts'

export function checkBatch(batch: Batch, config: ModelConfig): void {
  checkRuns(config)
  const { rows, steps, lengths } = batch
  if (![rows, steps].every((count) => Number.isInteger(count) && count > 0)) {
    throw new Error(`a batch has whole numbers of rows and steps, not ${rows} and ${steps}`)
  }
  checkTokens(batch.tokens, rows * steps, config)
  if (!lengths) return
  if (lengths.length !== rows || !lengths.every((length) => length >= 1 && length <= steps)) {
    throw new Error(`the lengths of a batch of ${rows} rows must be ${rows} numbers from 1 to ${steps}`)
  }
}

/** @throws Error for two models in one */
export function checkRuns(config: ModelConfig): void {
  if (isPair(config)) throw new Error('a bidirectional language model is run half by half')
}

/** Also its targets, and how it goes on from the batch before. */
export function checkTrainingBatch(batch: TrainingBatch, config: ModelConfig): void {
  const { rows, steps, lengths, targets, carry } = batch
  checkBatch(batch, config)
  checkOutputs(targets, rows * steps, config, -1)
  if (lengths?.some((length, row) => length > (lengths[row - 1] ?? steps)) || (lengths && lengths[0] !== steps)) {
    throw new Error(`the lengths of a training batch fall from ${steps}`)
  }
  if (carry && (lengths || config.bidirectional)) throw new Error('whole sequences leave no state to carry')
}

function checkTokens(tokens: Int32Array, count: number, config: ModelConfig): void {
  checkIds(tokens, count, 'token', 0, config.vocabulary)
}

/** @param least −1 where there may be none */
export function checkOutputs(ids: Int32Array, count: number, config: ModelConfig, least: -1 | 0): void {
  checkIds(ids, count, config.tags === undefined ? 'token' : 'tag', least, outputsOf(config))
}

function checkIds(ids: Int32Array, count: number, noun: 'token' | 'tag', least: number, known: number): void {
  if (ids.length !== count) throw new Error(`there are ${ids.length} ${noun}s where ${count} belong`)
  for (let index = 0; index < count; index++) { // a callback for each id would cost small networks a tenth of a run
    if (ids[index] >= least && ids[index] < known) continue
    throw new Error(`${noun} ${ids[index]} is outside the ${noun === 'token' ? 'vocabulary' : 'tags'} of ${known}`)
  }
}

/** @param updates how many there are to be, each on equally many sentences */
export function checkDraws(sentences: Sentences, draws: Int32Array, updates: number, config: ModelConfig): void {
  const { tokens, starts, context, tags } = sentences
  checkTokens(tokens, tokens.length, config)
  if (tags === undefined) checkTokens(Int32Array.of(context), 1, config)
  else checkOutputs(tags, tokens.length, config, 0)
  if ((tags === undefined) !== (config.tags === undefined)) throw new Error('a tagger is trained on tags, and only that')
  const empty = starts.findIndex((start, index) => !(start >= 0 && start < (starts[index + 1] ?? tokens.length)))
  if (empty >= 0) throw new Error(`sentence ${empty} of ${starts.length} has no tokens`)
  if (!(updates > 0 && draws.length > 0 && draws.length % updates === 0)) {
    throw new Error(`${draws.length} sentences cannot be shared out over ${updates} updates`)
  }
  const outside = draws.find((number) => number < 0 || number >= starts.length)
  if (outside !== undefined) throw new Error(`there is no sentence ${outside} among ${starts.length}`)
}

export function checkPositions(positions: Int32Array | undefined, count: number): void {
  const outside = positions?.find((position) => position < 0 || position >= count)
  if (outside !== undefined) throw new Error(`position ${outside} is outside the batch of ${count}`)
}

export function checkScalars(of: Scalars, batch: Batch, config: ModelConfig): void {
  const { logProbabilities, logits, state = {} } = of
  for (const terms of [logProbabilities, logits]) if (terms) checkTerms(terms, batch, config)
  for (const [name, factors] of Object.entries(state)) {
    if (!stateNames(config).includes(name)) throw new Error(`the state has no ${name}`)
    if (factors.length !== batch.rows * config.units) {
      throw new Error(`the factors of the state ${name} are not [${batch.rows}, ${config.units}]`)
    }
  }
}

function checkTerms({ positions, tokens, factors }: Terms, { rows, steps, lengths }: Batch, config: ModelConfig): void {
  checkPositions(positions, rows * steps)
  const beyond = lengths && positions.find((position) => position % steps >= lengths[Math.floor(position / steps)])
  if (beyond !== undefined) throw new Error(`position ${beyond} is beyond the end of its row`)
  checkOutputs(tokens, positions.length, config, 0)
  if (factors && factors.length !== positions.length) {
    throw new Error(`there are ${factors.length} factors for ${positions.length} terms`)
  }
}

/** The array that a site is recorded into: the start of the given one, or a new one. */
export function recordingOf(length: number, given: Float32Array | undefined): Float32Array {
  if (given && given.length < length) throw new Error(`a recording of ${length} values does not fit into ${given.length}`)
  return given?.subarray(0, length) ?? new Float32Array(length)
}
