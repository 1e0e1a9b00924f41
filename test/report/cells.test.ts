import { expect, test } from 'vitest'
import { compareCells } from '../../src/report/cells.ts'
import { cells } from '../../src/report/sections/cells.ts'
import { judgeCells } from '../../src/report/verdicts/cells.ts'
import { cellsInput } from './cells-fixture.ts'

const rows = compareCells(cellsInput(5))!
const of = (model: string) => rows.find((row) => row.model === model)!

test('networks stand beside the LSTM with as many units or parameters, and others beside nothing', () => {
  expect(rows.map(({ model, matched }) => `${model} ${matched}`)).toEqual(
    ['lstm reference', 'gru units', 'rnn units', 'gru-74 parameters', 'rnn-120 parameters', 'n-gram baseline'],
  )
})

test('every measure is that of its network: test text, farthest bin, median of those that count, lag 50, training speed', () => {
  expect(of('gru').perplexity.value).toBeCloseTo(8.2, 10)
  expect(of('gru').perplexity.low!).toBeLessThan(8.2)
  expect(of('rnn').byDistance.map(({ group, accuracy }) => `${group} ${accuracy.value}`)).toEqual(['0 words 1', '5+ words 0.71'])
  expect(of('rnn').attractors!.value).toBeCloseTo(0.61, 10)
  expect(of('lstm').counts).toEqual({ model: 'lstm-counts', horizon: 251, converged: 5, seeds: 5 })
  expect(of('gru').counts).toMatchObject({ model: 'gru-counts', horizon: 101 })
  expect(of('gru-74').counts).toMatchObject({ model: 'gru-12-counts', horizon: 110 })
  expect(of('rnn-120').counts).toBeNull() // no network with as many parameters learned to count
  expect(of('rnn').gradient!.value).toBeCloseTo(-6.3, 10)
  expect(of('lstm').speed).toBe(61_000)
  expect(of('n-gram')).toMatchObject({ perplexity: { value: 9.9 }, attractors: { value: 0.5 }, counts: { horizon: 4 }, parameters: null, speed: null })
  expect(of('n-gram').byDistance).toHaveLength(2)
})

test('gates are worth their parameters where every network with gates is better, beyond the intervals over seeds', () => {
  const [gates, byParameters, byUnits] = judgeCells(rows)
  expect(gates.judgement).toBe('found')
  expect(gates.sentence).toContain('as many parameters, 5 seeds')
  expect(byParameters.sentence).toContain('perplexity, GRU, reset before 8.00 (RNN 9.10)')
  expect(byParameters.sentence).toContain('counts to, LSTM 251 (GRU, reset before 110)')
  expect(byUnits.sentence).toContain('tokens a second, RNN 140,000 (LSTM 61,000)')
  const alike = rows.map((row) => ({ ...row, perplexity: { value: 8, low: 7.9, high: 8.1 } }))
  expect(judgeCells(alike)[0].judgement).toBe('not found')
  expect(judgeCells(compareCells(cellsInput(1))!)[0].judgement).toBe('cannot tell')
})

test('there is no such section without counting, or with two kinds of cells', () => {
  const input = cellsInput(2)
  expect(cells.build({ ...input, results: input.results.filter(({ analysis }) => analysis !== 'counting') })).toBeNull()
  expect(cells.build({ ...input, models: input.models.filter(({ cell }) => cell !== 'rnn') })).toBeNull()
  expect(cells.build(input)!.blocks).toHaveLength(2)
})
