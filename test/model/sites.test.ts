// Names of sites and units: printed and parsed by one rule, and explained where they are wrong.

import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { matchSites, parseSite, parseUnit, siteName, sitesOf, siteWidth, unitName } from '../../src/model/sites.ts'
import { smallConfig } from '../engine/models.ts'

const LSTM = smallConfig('lstm', { layers: 2, units: 4, embedding: 3, vocabulary: 5 })
const GRU = smallConfig('gru before', { layers: 1, units: 4, embedding: 3, vocabulary: 5 })
const RNN = smallConfig('rnn tanh', { layers: 3, units: 4, embedding: 3, vocabulary: 5 })

describe('the sites of a model', () => {
  test('stand bottom first, each layer in the order of its computation', () => {
    expect(sitesOf(GRU).map(siteName)).toEqual(['embedding', '0.update', '0.reset', '0.candidate', '0.hidden'])
    expect(sitesOf(RNN).map(siteName)).toEqual(['embedding', '0.hidden', '1.hidden', '2.hidden'])
    expect(sitesOf(LSTM)).toHaveLength(1 + 2 * 6)
  })

  test('have names that parse back to themselves', () => {
    for (const config of [LSTM, GRU, RNN]) {
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
})

describe('a name that is wrong', () => {
  test.each([
    { what: 'a gate of another cell', parse: () => matchSites('forget', GRU), says: 'a GRU has no site "forget". Its sites are: embedding, update, reset, candidate, hidden.' },
    { what: 'a layer too many', parse: () => parseSite('2.cell', LSTM), says: '"2.cell": the model has 2 layers, counted from 0.' },
    { what: 'a unit too many', parse: () => parseUnit('1.cell.4', LSTM), says: '"1.cell.4": the site 1.cell has 4 units, 0 to 3.' },
    { what: 'a unit of the embedding too many', parse: () => parseUnit('embedding.3', LSTM), says: '"embedding.3": the site embedding has 3 units, 0 to 2.' },
    { what: 'a site without a unit', parse: () => parseUnit('cell', LSTM), says: '"cell" is not a unit. A unit is a site and a number, such as 1.hidden.3.' },
    { what: 'a unit below zero', parse: () => parseUnit('0.cell.-1', LSTM), says: '"0.cell.-1" is not a unit.' },
    { what: 'a pattern where one site is meant', parse: () => parseSite('cell', LSTM), says: 'an LSTM has no site "cell"' },
  ])('is explained: $what', ({ parse, says }) => {
    expect(parse).toThrow(UserError)
    expect(parse).toThrow(says)
  })
})
