// What the native engine refuses beyond what every engine does: an array of another kind or length than the kernels would
// read ends in an error, never in a wrong number or a crash.

import { describe, expect, test } from 'vitest'
import type { TrainerOptions } from '../../src/engine/engine.ts'
import { createNativeEngine, nativeProblem } from '../../src/engine/native/engine.ts'
import type { Precision } from '../../src/model/edits.ts'
import { SMALL, smallBatch, smallModel, smallSentences } from './models.ts'

/** A value that the types forbid and JavaScript allows. */
const smuggled = <T>(value: unknown): T => value as T

const REFUSAL = /^the native engine cannot use the \w+ that it was given$/

const problem = nativeProblem()

describe.skipIf(problem !== null)(`the native engine${problem === null ? '' : ` is not here: ${problem}`}`, () => {
  const model = smallModel('gru before', SMALL)
  const batch = { ...smallBatch(model, 2, 3), carry: false }
  const wide = smuggled<Float32Array>(new Float64Array(batch.tokens.length * SMALL.units))
  const state = { '0.hidden': wide.slice(0, 2 * SMALL.units), '1.hidden': wide.slice(0, 2 * SMALL.units) }
  const edit = { unit: '0.hidden.1', round: smuggled<Precision>('float8') }

  test.each([
    { what: 'tokens in 64 bits', part: { tokens: smuggled<Int32Array>(Float64Array.from(batch.tokens)) } },
    { what: 'lengths in 8 bits', part: { lengths: smuggled<Int32Array>(Int8Array.of(3, 3)) } },
    { what: 'a state in 64 bits', options: { state } },
    { what: 'a recording into 64 bits', options: { record: ['0.hidden'], into: { '0.hidden': wide } } },
    { what: 'a number format that does not exist', options: { edits: [edit] } },
  ])('refuses $what', ({ part, options }) => {
    expect(() => createNativeEngine().run(model, { ...batch, ...part }, options)).toThrow(REFUSAL)
  })

  test.each([
    { what: 'a state in 64 bits', of: {}, options: { state } },
    {
      what: 'positions in 64 bits',
      of: { logits: { positions: smuggled<Int32Array>(wide.slice(0, 6)), tokens: batch.tokens } },
    },
  ])('refuses $what of sensitivities', ({ of, options }) => {
    expect(() => createNativeEngine().sensitivities(model, batch, of, options)).toThrow(REFUSAL)
  })

  test.each([
    { what: 'five layers', config: { ...model.config, layers: 5 } },
    { what: 'no units', config: { ...model.config, units: 0 } },
    { what: 'a tied embedding of another width', config: { ...model.config, tied: true } },
    { what: 'a dropout of everything', config: { ...model.config, dropout: 1 } },
  ])('refuses a model with $what', ({ config }) => {
    expect(() => createNativeEngine().trainer({ ...model, config }, OPTIONS)).toThrow(REFUSAL)
  })

  test('refuses to train weights whose memory was given away', () => {
    const trainer = createNativeEngine().trainer(model, OPTIONS)
    const memory = trainer.weights['embedding'].buffer as ArrayBuffer
    structuredClone(memory, { transfer: [memory] })
    expect(() => trainer.update(batch, 0.1)).toThrow(REFUSAL)
    const { sentences, draws } = smallSentences(model, 2, 1)
    expect(() => trainer.updateOn(sentences, draws, [0.1])).toThrow(REFUSAL)
  })

  test('refuses drawn sentences in 64 bits', () => {
    const trainer = createNativeEngine().trainer(model, OPTIONS)
    const { sentences, draws } = smallSentences(model, 2, 1)
    const wide = { ...sentences, tokens: smuggled<Int32Array>(Float64Array.from(sentences.tokens)) }
    expect(() => trainer.updateOn(wide, draws, [0.1])).toThrow(REFUSAL)
    expect(() => trainer.updateOn(sentences, smuggled<Int32Array>(Float64Array.from(draws)), [0.1])).toThrow(REFUSAL)
  })

  test('refuses to go on from a state that is cut off', () => {
    const trainer = createNativeEngine().trainer(model, OPTIONS)
    trainer.update(batch, 0.1)
    const { updates, arrays } = trainer.snapshot()
    expect(() => trainer.restore({ updates, arrays: { ...arrays, state: arrays['state'].slice(1) } })).toThrow(REFUSAL)
  })
})

const OPTIONS: TrainerOptions = { optimizer: { name: 'sgd', momentum: 0 }, clip: null, loss: 'mean', seed: 1 }
