// What an engine refuses: a user's mistake in a sentence, a caller's by any error, and never a wrong number.

import { expect, test } from 'vitest'
import { UserError } from '../../../src/core/errors.ts'
import type { Batch, Engine, PlainSentences, RunOptions, TrainingBatch } from '../../../src/engine/engine.ts'
import { BOTH, SMALL, smallBatch, smallModel } from '../models.ts'

export function testMistakes(engine: () => Engine): void {
  const model = smallModel('gru before', SMALL)
  const batch = smallBatch(model, 2, 3)
  const mistakes: readonly { readonly what: string; readonly options: RunOptions }[] = [
    { what: 'a site that the cell does not have', options: { record: ['0.forget'] } },
    { what: 'a unit beyond the last', options: { edits: [{ unit: '0.hidden.7', set: 0 }] } },
    { what: 'a row beyond the batch', options: { edits: [{ unit: '0.hidden.1', set: 0, rows: [2] }] } },
    { what: 'values that do not fit', options: { edits: [{ unit: '0.hidden.1', set: new Float32Array(5) }] } },
    { what: 'readers of a gate', options: { edits: [{ unit: '0.update.1', set: 0, readers: ['above'] }] } },
  ]
  test.each(mistakes)('refuses $what in a sentence', ({ options }) => {
    expect(() => engine().run(model, batch, options)).toThrow(UserError)
  })

  const oneRow = new Float32Array(SMALL.units)
  const nonsense: readonly { what: string; batch?: Partial<Batch>; options?: RunOptions }[] = [
    { what: 'a token outside the vocabulary', batch: { tokens: Int32Array.of(0, 1, 2, 3, 4, 5) } },
    { what: 'fewer tokens than rows × steps', batch: { tokens: Int32Array.of(0, 1) } },
    { what: 'half a row', batch: { rows: 0.5, steps: 12 } },
    { what: 'a row of no tokens', batch: { lengths: Int32Array.of(0, 3) } },
    { what: 'a target outside the vocabulary', options: { targets: Int32Array.of(0, 1, 2, 3, 4, 5) } },
    { what: 'a position outside the batch', options: { logitsAt: Int32Array.of(6) } },
    {
      what: 'a candidate outside the vocabulary',
      options: { candidates: { positions: Int32Array.of(0), tokens: Int32Array.of(1, 5), width: 2 } },
    },
    {
      what: 'one and a half candidates',
      options: { candidates: { positions: Int32Array.of(0, 1), tokens: Int32Array.of(1, 2, 3), width: 1.5 } },
    },
    { what: 'a state of other rows', options: { state: { '0.hidden': oneRow, '1.hidden': oneRow } } },
  ]
  test.each(nonsense)('refuses $what', ({ batch: part, options }) => {
    expect(() => engine().run(model, { ...batch, ...part }, options)).toThrow(Error)
  })

  const sentences = { tokens: Int32Array.of(0, 1, 2, 3), starts: Int32Array.of(0, 1, 3), context: 4 }
  const undrawable: readonly { what: string; part?: Partial<PlainSentences>; draws?: Int32Array; rates?: number[] }[] = [
    { what: 'a token outside the vocabulary', part: { tokens: Int32Array.of(0, 1, 2, 5) } },
    { what: 'a context outside the vocabulary', part: { context: -1 } },
    { what: 'an empty sentence', part: { starts: Int32Array.of(0, 1, 1) } },
    { what: 'an empty sentence at the end', part: { starts: Int32Array.of(0, 1, 4) } },
    { what: 'a sentence that starts before the tokens', part: { starts: Int32Array.of(-1, 1, 3) } },
    { what: 'a number beyond the last sentence', draws: Int32Array.of(0, 3) },
    { what: 'a number below the first sentence', draws: Int32Array.of(0, -1) },
    { what: 'draws that do not divide', draws: Int32Array.of(0, 1, 2), rates: [0.1, 0.1] },
    { what: 'draws for no update', rates: [] },
    { what: 'an update on no sentence', draws: new Int32Array(0) },
  ]
  test.each(undrawable)('refuses sentences with $what', ({ part, draws = Int32Array.of(0, 2), rates = [0.1] }) => {
    const optimizer = { name: 'sgd', momentum: 0 } as const
    const trainer = engine().trainer(model, { optimizer, clip: null, loss: 'sum', seed: 1 })
    expect(() => trainer.updateOn({ ...sentences, ...part }, draws, rates)).toThrow(Error)
    expect(trainer.snapshot().updates).toBe(0)
    expect(trainer.updateOn(sentences, Int32Array.of(0, 2), [0.1])).toHaveLength(1)
  })

  const tagger = smallModel('rnn tanh', { ...BOTH, tags: 3 })
  const tagged = { ...smallBatch(tagger, 2, 3), carry: false }
  const untrainable: readonly { what: string; part: Partial<TrainingBatch> }[] = [
    { what: 'a tag beyond the last', part: { targets: Int32Array.of(0, 1, 2, 3, 0, 0) } },
    { what: 'rows that grow longer', part: { lengths: Int32Array.of(2, 3) } },
    { what: 'rows that are all shorter than the batch', part: { lengths: Int32Array.of(2, 2) } },
    { what: 'a state to carry on from, read backward', part: { carry: true } },
  ]
  test.each(untrainable)('refuses to train on $what', ({ part }) => {
    const optimizer = { name: 'sgd', momentum: 0 } as const
    const trainer = engine().trainer(tagger, { optimizer, clip: null, loss: 'sum', seed: 1 })
    expect(() => trainer.update({ ...tagged, ...part }, 0.1)).toThrow(Error)
    expect(() => trainer.updateOn(sentences, Int32Array.of(0), [0.1]), 'sentences without tags').toThrow(Error)
    expect(trainer.snapshot().updates).toBe(0)
  })
}
