// What the analyses of gradients look at, and what is said of an experiment that cannot be made.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { completeData, type DataInput } from '../../src/data/config.ts'
import { loadDataset } from '../../src/data/dataset.ts'
import { decode } from '../../src/data/vocabulary.ts'
import { momentsOf } from '../../src/experiment/analyses/moments.ts'
import { samplePlaces, sequencesOf } from '../../src/experiment/analyses/sequences.ts'
import { runExperiment } from '../../src/experiment/run.ts'
import { startingWeights } from '../../src/model/initialization.ts'
import { keepingModel } from '../analysis/gradients/planted.ts'

const folder = mkdtempSync(join(tmpdir(), 'probe-gradients-'))
afterAll(() => rmSync(folder, { recursive: true }))

const load = (input: DataInput) => loadDataset(completeData(input), { baseDirectory: folder })

describe('places', () => {
  test('of copies are copied symbols, each with its source the copy’s lag back', async () => {
    const dataset = await load({ copy: 3, blanks: 5, sentences: 100 })
    const { sequences, places } = samplePlaces(dataset, 50, 9)
    expect(places.length).toBe(50)
    for (const { sequence, position } of places) {
      const tokens = sequences[sequence]
      expect(tokens.length).toBe(13)
      expect(tokens[position]).toBe(tokens[position - 1 - 8])
    }
  })

  test('of a language are where it determines the symbol', async () => {
    const dataset = await load({ language: 'a^n b^n', longest: 30 })
    const words = sequencesOf(dataset).map((tokens) => decode(dataset.vocabulary, tokens).join(''))
    expect(words[0]).toBe(`${'a'.repeat(30)}${'b'.repeat(30)}<eos>`)
    const { sequences, places } = samplePlaces(dataset, 10_000, 1)
    const texts = places.map(({ sequence, position }) => decode(dataset.vocabulary, sequences[sequence].subarray(position - 1, position + 1)).join(''))
    expect(new Set(texts)).toEqual(new Set(['bb', 'b<eos>']))
  })
})

describe('moments of a training', () => {
  const trained = keepingModel('lstm', [0.5, 0.6, 0.7])
  const middle = keepingModel('lstm', [0.4, 0.4, 0.4])
  const subject = {
    name: 'lstm', entry: 'lstm', seed: 7, planted: null, model: trained,
    snapshots: () => [{ share: 0.1, model: trained }, { share: 0.49, model: middle }],
  }
  const all = ['untrained', 'half way', 'trained'] as const

  test('are the weights at its start, in its middle and at its end', () => {
    const moments = momentsOf(subject, all)
    expect(moments.map(({ moment }) => moment)).toEqual(all)
    expect(moments.map(({ model }) => model.weights)).toEqual(
      [startingWeights(trained.config, 7), middle.weights, trained.weights],
    )
  })

  test('are fewer where no snapshot was kept, or nothing was trained', () => {
    const names = (changes: object) => momentsOf({ ...subject, ...changes }, all).map(({ moment }) => moment)
    expect(names({ snapshots: () => [{ share: 0.25, model: middle }] })).toEqual(['untrained', 'trained'])
    expect(names({ planted: [] })).toEqual(['trained'])
  })
})

describe('before anything is trained it is said that', () => {
  const problemOf = async (analysis: string, data = '{ copy: 1, blanks: 5, sentences: 40 }'): Promise<string> => {
    const file = join(folder, 'wrong.yaml')
    writeFileSync(file, `name: wrong\ndata: ${data}\nmodels: [{ name: lstm, cell: lstm, units: 4 }, { name: rnn, cell: rnn, units: 4 }]\n` +
      `training: { updates: 10 }\nanalyses: [${analysis}]\n`)
    const lines: string[] = []
    const log = { info: (line: string) => lines.push(line), warn: (line: string) => lines.push(line), progress() {} }
    const error: unknown = await runExperiment(file, { out: join(folder, 'out'), store: join(folder, 'store'), log }).catch((thrown: unknown) => thrown)
    expect(lines.join('\n')).not.toContain('training')
    if (!(error instanceof UserError)) throw error
    return [error.message, ...(error.problems ?? []).map(({ path, message }) => `${path}: ${message}`)].join('\n')
  }

  test('a lag is longer than every text', async () => {
    expect(await problemOf('{ analysis: lag-curves, longestLag: 7, effects: [1] }')).toContain('the most is 7. Give longer texts, or lags of at most 6.')
    expect(await problemOf('{ analysis: jacobians, longestLag: 50 }')).toContain('No token has 51 tokens of its text before it')
    expect(await problemOf('{ analysis: sensitivity-map, steps: 20 }')).toContain('No text has 20 tokens; the longest has 9.')
    expect(await problemOf('{ analysis: lag-curves, longestLag: 5, effects: [1, 6] }')).toContain('the lag 6 is beyond the longest, 5')
  })

  test('a site is none of the cell', async () => {
    expect(await problemOf('{ analysis: lag-curves, longestLag: 5, effects: [1], sites: [forget] }')).toContain('forget')
    expect(await problemOf('{ analysis: lag-curves, longestLag: 5, effects: [1], sites: [celt] }')).toContain('celt')
  })

  test('the copy is not one that can be made', async () => {
    expect(await problemOf('{ analysis: perplexity }', '{ copy: 0 }')).toContain('data.copy')
    expect(await problemOf('{ analysis: perplexity }', '{ copy: 1, blank: 3 }')).toContain('blank')
    expect(await problemOf('{ analysis: perplexity }', '{ copy: 1, symbols: 40 }')).toContain('from 2 to 26')
  })
})
