// Names of sites and units: printed and parsed by one rule, and explained where they are wrong.

import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { matchSites, parseSite, parseUnit, siteName, sitesOf, siteWidth, unitName } from '../../src/model/sites.ts'
import { smallConfig } from '../engine/models.ts'

const LSTM = smallConfig('lstm', { layers: 2, units: 4, embedding: 3, vocabulary: 5 })
const GRU = smallConfig('gru before', { layers: 1, units: 4, embedding: 3, vocabulary: 5 })
const RNN = smallConfig('rnn tanh', { layers: 3, units: 4, embedding: 3, vocabulary: 5 })
const BOTH = smallConfig('rnn tanh', { layers: 2, units: 4, embedding: 3, vocabulary: 5, tags: 2, bidirectional: true })

describe('the sites of a model', () => {
  test('stand bottom first, each layer in the order of its computation', () => {
    expect(sitesOf(GRU).map(siteName)).toEqual(['embedding', '0.update', '0.reset', '0.candidate', '0.hidden'])
    expect(sitesOf(RNN).map(siteName)).toEqual(['embedding', '0.hidden', '1.hidden', '2.hidden'])
    expect(sitesOf(LSTM)).toHaveLength(1 + 2 * 6)
  })

  test('of a bidirectional model stand in both directions, which come first in their names', () => {
    const names = ['embedding', 'forward.0.hidden', 'backward.0.hidden', 'forward.1.hidden', 'backward.1.hidden']
    expect(sitesOf(BOTH).map(siteName)).toEqual(names)
  })

  test('have names that parse back to themselves', () => {
    for (const config of [LSTM, GRU, RNN, BOTH]) {
      for (const site of sitesOf(config)) {
        expect(parseSite(siteName(site), config)).toEqual(site)
        const unit = { site, index: siteWidth(site, config) - 1 }
        expect(parseUnit(unitName(unit), config)).toEqual(unit)
      }
    }
  })

  test('are found by a pattern without a layer in every layer', () => {
    expect(matchSites('cell', LSTM).map(siteName)).toEqual(['0.cell', '1.cell'])
    expect(matchSites('1.cell', LSTM).map(siteName)).toEqual(['1.cell'])
    expect(matchSites('embedding', LSTM).map(siteName)).toEqual(['embedding'])
  })

  test('are found by a pattern without a direction in both', () => {
    const found = (pattern: string) => matchSites(pattern, BOTH).map(siteName)
    expect(found('1.hidden')).toEqual(['forward.1.hidden', 'backward.1.hidden'])
    expect(found('backward.hidden')).toEqual(['backward.0.hidden', 'backward.1.hidden'])
    expect(found('hidden')).toHaveLength(4)
    expect(found('embedding')).toEqual(['embedding'])
  })
})

describe('a name that is wrong', () => {
  const explained = (parse: () => unknown, sentence: string): void => {
    expect(parse).toThrow(UserError)
    expect(parse).toThrow(sentence)
  }

  test('as a site is answered with the sites that there are', () => {
    const sites = 'Its sites are: embedding, update, reset, candidate, hidden.'
    explained(() => matchSites('forget', GRU), `a GRU has no site "forget". ${sites}`)
    explained(() => parseSite('2.cell', LSTM), '"2.cell": the model has 2 layers, counted from 0.')
    explained(() => parseSite('cell', LSTM), '"cell" leaves out the layer: write 0.cell.') // a pattern where one site is meant
    explained(() => parseSite('1.hidden', BOTH), '"1.hidden" leaves out the direction: write forward.1.hidden.')
    explained(() => parseSite('backward.hidden', BOTH), '"backward.hidden" leaves out the layer: write backward.0.hidden.')
    explained(() => parseSite('hidden', BOTH), '"hidden" leaves out the layer and the direction: write forward.0.hidden.')
    explained(() => parseSite('backward.2.hidden', BOTH), '"backward.2.hidden": the model has 2 layers, counted from 0.')
    explained(() => parseSite('forward.0.cell', LSTM), '"forward.0.cell": the model is not bidirectional: write 0.cell.')
  })

  test('as a unit is answered with the units that there are', () => {
    explained(() => parseUnit('1.cell.4', LSTM), '"1.cell.4": the site 1.cell has 4 units, 0 to 3.')
    explained(() => parseUnit('embedding.3', LSTM), '"embedding.3": the site embedding has 3 units, 0 to 2.')
    explained(() => parseUnit('0.cell.-1', LSTM), '"0.cell.-1" is not a unit.')
    explained(() => parseUnit('0.cell.3', GRU), 'a GRU has no site "cell".')
    explained(() => parseUnit('cell.3', LSTM), '"cell" leaves out the layer: write 0.cell.')
    explained(() => parseUnit('cell', LSTM), 'A unit is a site and a number, such as 1.hidden.3.')
  })
})
