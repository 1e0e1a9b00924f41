// What a user is told about a wrong experiment file: every problem at once, each with its path and what is allowed.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { PROBES } from '../../probes/index.ts'
import { UserError } from '../../src/core/errors.ts'
import { completedInput, loadExperiment, parseExperiment, type Experiment } from '../../src/experiment/config.ts'
import { ANALYSES } from '../../src/experiment/schema/analyses.ts'
import { applySetting } from '../../src/experiment/source.ts'

const PROBES_ARE = `Probes are: ${PROBES.map(({ name }) => name).join(', ')}.`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-config-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The smallest experiment. */
const SMALL = `
name: small
data: { corpus: brown }
models: [{ name: lstm, cell: lstm, units: 8 }]
analyses: [{ analysis: perplexity }]
`

function experiment(yaml: string): Experiment {
  return parseExperiment({ file: 'small.yaml', folder, question: null, value: parse(yaml) })
}

/** `path: message` of every problem. */
function problemsOf(yaml: string): string[] {
  try {
    experiment(yaml)
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(({ path, message }) => `${path}: ${message}`)
    throw error
  }
  return []
}

/** The problems of the smallest experiment with one line of it replaced. */
function problemsWith(line: string): string[] {
  const key = line.split(':')[0]
  return problemsOf(`${SMALL.replace(new RegExp(`^${key}:.*\n`, 'm'), '')}${line}\n`)
}

describe('a right experiment', () => {
  test('has every default filled in', () => {
    const { seeds, models, data: [{ name, training, data }] } = experiment(SMALL)
    expect(name).toBeNull()
    expect(seeds).toEqual([1])
    expect(models).toEqual([{
      name: 'lstm', cell: 'lstm', predicts: 'next-token', bidirectional: false, skip: false, layers: 1, units: 8, embedding: 8, tied: false, dropout: 0, initialState: 'zeros',
      forgetBias: 1,
      initialization: { embedding: 'uniform', kernel: 'uniform', recurrentKernel: 'uniform', decoder: 'uniform' },
    }])
    expect(training.optimizer).toEqual({ name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 })
    expect(data).toMatchObject({ corpus: 'brown', vocabulary: 5000, rare: 'part-of-speech', test: 0.2 })
  })

  test('may read the characters of Brown', () => {
    const { data: [{ data }] } = experiment(SMALL.replace('brown', 'brown, unit: characters, width: null, genres: [K]'))
    expect(data).toMatchObject({ unit: 'characters', width: null, genres: ['K'], vocabulary: 'all' })
  })

  test('may count, in any spelling of its language', () => {
    const counting = experiment(`${SMALL.replace('corpus: brown', 'language: aⁿbⁿ, lengths: geometric, empty: true')}`)
    const [{ data, training }] = counting.data
    expect(data).toEqual({ language: 'a^n b^n', longest: 100, lengths: 'geometric', mean: 20, empty: true })
    expect(training).toMatchObject({ updates: 4000, batch: 10 })
    expect(experiment(stringify(completedInput(counting)))).toEqual(counting)
    const uniform = experiment(SMALL.replace('corpus: brown', 'language: anbn'))
    expect(experiment(stringify(completedInput(uniform)))).toEqual(uniform)
  })

  test('may read many files, or one of a package', () => {
    const files = experiment(SMALL.replace('corpus: brown', 'files: "src/**/*.c", limit: 1000')).data[0].data
    expect(files).toMatchObject({ files: ['src/**/*.c'], unit: 'characters', lines: false, limit: 1000 })
    const npm = `npm: "@a/b-c@1.2.3-beta.4", file: src/a.c, sha256: ${'a1'.repeat(32)}`
    const [{ data }] = experiment(SMALL.replace('corpus: brown', npm)).data
    expect(data).toMatchObject({ unit: 'characters', limit: null })
  })

  test('read again from its completed form is the same', () => {
    const first = experiment(`${SMALL}training: { optimizer: sgd, schedule: decay }\nseeds: 3\n`)
    expect(experiment(stringify(completedInput(first)))).toEqual(first)
  })

  test('counts seeds from 1, or lists them', () => {
    expect(experiment(`${SMALL}seeds: 5`).seeds).toEqual([1, 2, 3, 4, 5])
    expect(experiment(`${SMALL}seeds: [7]`).seeds).toEqual([7])
  })

  test('has several data by name, trained alike or each its own way', () => {
    const data = 'data: { news: { corpus: brown, genres: [A] }, own: { text: a.txt } }\n'
    const several = SMALL.replace(/^data:.*\n/m, data)
    const alike = experiment(`${several}training: { epochs: 3 }\n`)
    expect(alike.data.map(({ name, training }) => [name, training])).toMatchObject([
      ['news', { epochs: 3, batch: 32 }], ['own', { epochs: 3, batch: 32 }],
    ])
    const each = experiment(`${several}training: { own: { updates: 50 } }\n`)
    expect(each.data.map(({ training }) => training)).toMatchObject([{ epochs: 1, steps: 35 }, { updates: 50, batch: 10 }])
    expect(experiment(stringify(completedInput(each)))).toEqual(each)
  })

  test('needs no data where all models are of other experiments', () => {
    const borrowed = SMALL.replace(/^data:.*\n/m, '').replace(/^models:.*\n/m, 'models: [{ name: a, from: b/c }]\n')
    expect(experiment(borrowed).data).toEqual([])
    expect(experiment(stringify(completedInput(experiment(borrowed))))).toEqual(experiment(borrowed))
  })

  test('asks the question of its first comment', () => {
    const path = join(folder, 'question.yaml')
    const comments = '# yaml-language-server: $schema=schema.json\n# Does it count,\n# and how?\n# More. Really?\n'
    writeFileSync(path, comments + SMALL)
    expect(loadExperiment(path).experiment.question).toBe('Does it count, and how?')
  })
})

describe('a wrong experiment', () => {
  test('is told everything at once, as the style guide prints it', () => {
    const yaml = `
name: agreement
data: { corpus: brown }
models:
  - { name: lstm, cell: ltsm, units: 8 }
  - { name: gru, cell: gru, units: 8 }
analyses:
  - { analysis: perplexity }
  - { analysis: unit-ranking, probe: number, sites: [forget] }
`
    expect(problemsOf(yaml)).toEqual([
      'models[0].cell: "ltsm" is not a cell. Cells are: lstm, gru, rnn.',
      'analyses[1].sites[0]: a GRU has no site "forget". Its sites are: embedding, update, reset, candidate, hidden.',
    ])
  })

  test('has its sites checked although its models have other mistakes', () => {
    const yaml = `
name: agreement
data: { corpus: brown }
models: [{ name: gru, cell: gru, units: -1, tied: true, embedding: 4, droput: 0 }]
analyses: [{ analysis: dynamics, sites: [forget], units: [0.hidden.3], items: simple }]
`
    expect(problemsOf(yaml)).toEqual([
      'models[0].units: -1 is not a whole number from 1 to 65536.',
      'models[0].droput: is no key here. Did you mean "dropout"?',
      'analyses[0].sites[0]: a GRU has no site "forget". Its sites are: embedding, update, reset, candidate, hidden.',
    ])
  })

  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['dropout above 1', 'models: [{ name: a, cell: lstm, units: 8, dropout: 1.5 }]',
      ['models[0].dropout: 1.5 is not a number from 0 up to, but not including, 1.']],
    ['no units', 'models: [{ name: a, cell: lstm, units: 0 }]',
      ['models[0].units: 0 is not a whole number from 1 to 65536.']],
    ['units left out', 'models: [{ name: a, cell: lstm }]',
      ['models[0].units: is missing. It is a whole number from 1 to 65536.']],
    ['too many layers', 'models: [{ name: a, cell: lstm, units: 8, layers: 5 }]',
      ['models[0].layers: 5 is not a whole number from 1 to 4.']],
    ['a tied decoder of another width', 'models: [{ name: a, cell: lstm, units: 8, embedding: 4, tied: true }]',
      ['models[0].tied: a tied decoder needs embedding = units; they are 4 and 8.']],
    ['a key of another cell', 'models: [{ name: a, cell: gru, units: 8, forgetBias: 1 }]',
      ['models[0].forgetBias: is no key here. Keys are: ' +
        'name, data, layers, units, embedding, predicts, bidirectional, skip, tied, dropout, initialState, initialization, cell, reset.']],
    ['a key that is nearly right', 'models: [{ name: a, cell: gru, units: 8, embeding: 4 }]',
      ['models[0].embeding: is no key here. Did you mean "embedding"?']],
    ['no cell', 'models: [{ name: a }]', ['models[0].cell: is missing. Cells are: lstm, gru, rnn.']],
    ['two models of one name', 'models: [{ name: a, cell: rnn, units: 2 }, { name: a, cell: rnn, units: 3 }]',
      ['models[1].name: there are two models with the name "a". Name them differently.']],
    ['a reference that names no model', 'models: [{ name: a, from: agreement/lstm/1 }]',
      ['models[0].from: "agreement/lstm/1" is neither EXPERIMENT/MODEL, as in agreement/lstm, nor the name of an imported model.']],
    ['a name that cannot be a folder', 'models: [{ name: "../a", cell: rnn, units: 2 }]',
      ['models[0].name: "../a" is not a name: letters, digits, ".", "-" and "_", starting with a letter or digit.']],
    ['no models', 'models: []', ['models: [] is not a list of models with at least one entry.']],
    ['no data', 'data:', 
      [expect.stringMatching(/^data: is empty. It is a group of keys: corpus, /)]],
    ['a mistake in one of several data', 'data: { a: { corpus: brown }, b: { corpus: brown, tets: 0.1 } }',
      ['data.b.tets: is no key here. Did you mean "test"?']],
    ['words of a language in epochs', 'data: { language: a^n b^n }\ntraining: { epochs: 3 }',
      ['training: words of a language are drawn, and not read in epochs. Write updates, as in { updates: 4000 }.']],
    ['a training of no data', 'data: { a: { corpus: brown } }\ntraining: { a: { epochs: 2 }, b: { epochs: 3 } }',
      ['training.b: "b" is not a data section. Data sections are: a.']],
    ['a model of data that are not there', 'models: [{ name: m, cell: gru, units: 2, data: b }]',
      ['models[0].data: there is one data section, without a name. Leave this key out.']],
    ['an unknown corpus', 'data: { corpus: brwon }', ['data.corpus: "brwon" is not a corpus. Corpora are: brown.']],
    ['no source of data', 'data: { test: 0.1 }',
      ['data.corpus: is missing. Data come from one of: corpus, grammar, copy, text, files, npm, language.']],
    ['a language that is none', 'data: { language: a^n b^m }',
      ['data.language: "a^n b^m" is not a language of counting words. ' +
        'Give every block a letter with the exponent n, as in a^n b^n.']],
    ['a language with one letter twice', 'data: { language: a^n b^n a^n, longest: 0 }',
      ['data.language: "a^n b^n a^n" has two blocks of the letter a. Give every block a letter of its own.',
        'data.longest: 0 is not a whole number from 1 up; of n = 0 alone there is nothing to learn.']],
    ['a language that is a number', 'data: { language: 2 }',
      ['data.language: 2 is not a language of counting words, such as a^n b^n.']],
    ['a mean of uniform lengths', 'data: { language: anbn, mean: 5 }',
      ['data.mean: 5 is the mean of geometric lengths, and here they are uniform. ' +
        'Write lengths: geometric, or leave it out.']],
    ['a mean below every length', 'data: { language: anbn, lengths: geometric, mean: 1 }',
      ['data.mean: 1 is not above 1, the smallest n.']],
    ['lengths of no distribution', 'data: { language: anbn, lengths: normal, test: 0.1 }',
      ['data.lengths: "normal" is not a distribution. Distributions are: uniform, geometric.',
        'data.test: is no key here. Keys are: language, longest, lengths, mean, empty.']],
    ['a width of words', 'data: { corpus: brown, width: 72 }',
      ['data.width: is no key here. Keys are: corpus, vocabulary, rare, lowercase, test, validation, unit, genres, pseudowords.']],
    ['a unit that is not there', 'data: { corpus: brown, unit: letters }',
      ['data.unit: "letters" is not a unit. Units are: words, characters.']],
    ['a line without characters', 'data: { corpus: brown, unit: characters, width: 0 }',
      ['data.width: 0 is not a whole number from 1 up.']],
    ['a package without a version', 'data: { npm: better-sqlite3, file: sqlite3.c }',
      ['data.npm: "better-sqlite3" is not a package with its version, as in better-sqlite3@12.4.1.',
        'data.sha256: is missing. It is 64 hexadecimal digits in lower case, as "sha256sum FILE" prints them.']],
    ['a package alone', 'data: { npm: better-sqlite3@12.4.1 }',
      ['data.file: is missing. It is a text.',
        'data.sha256: is missing. It is 64 hexadecimal digits in lower case, as "sha256sum FILE" prints them.']],
    ['patterns that read nothing', 'data: { files: ["!a.c"] }',
      ['data.files: ["!a.c"] only leaves files out. Name files to read, as in "src/**/*.c".']],
    ['a wrong share of own text', 'data: { text: a.txt, test: 2 }',
      ['data.test: 2 is not a number from 0 up to, but not including, 1.']],
    ['an unknown optimiser', 'training: { optimizer: adma }',
      ['training.optimizer: "adma" is not an optimizer. Optimizers are: sgd, adam, rmsprop.']],
    ['a wrong key of an optimiser', 'training: { optimizer: { name: adam, beta: 0.9 } }',
      ['training.optimizer.beta: is no key here. Did you mean "beta1"?']],
    ['several wrong values of an optimiser', 'training: { optimizer: { name: adam, beta1: 2, epsilon: 0 } }',
      ['training.optimizer.beta1: 2 is not a number from 0 up to, but not including, 1.',
        'training.optimizer.epsilon: 0 is not a number above 0.']],
    ['an unknown key on top', 'seedz: 2', ['seedz: is no key here. Did you mean "seeds"?']],
    ['a seed that is no number', 'seeds: many', ['seeds: "many" is not a whole number from 1 to 1000.']],
    ['an unknown analysis', 'analyses: [{ analysis: dynamic }]',
      [`analyses[0].analysis: "dynamic" is not an analysis. Analyses are: ${ANALYSES.join(', ')}.`]],
    ['syntax units that nothing found', 'analyses: [{ analysis: dynamics, units: syntax 1, sites: [cell], items: nounpp }]',
      ['analyses[0].units: "syntax 1" needs a syntax-units above it, which says which units follow the depth of phrases.']],
    ['top units of no sweep', 'analyses: [{ analysis: text, units: top 2 }]',
      ['analyses[0].units: "top 2" needs an ablation-sweep above it, which says which units are on top.']],
    ['the best unit for a probe that nobody asked', 'analyses: [{ analysis: text, units: best for inside-quotes }]',
      ['analyses[0].units: "best for inside-quotes" needs a find-units above it with the probe inside-quotes, which ' +
        'says which unit is best.']],
    ['units on their way where no training keeps any, and the best of them, which emergence does not choose',
      'analyses: [{ analysis: emergence, sites: [cell], probes: [inside-quotes] }, { analysis: text, units: best for inside-quotes }]',
      ['analyses[0]: emergence looks at models on their way, and no training keeps any. Write snapshots: doubling in training.',
        'analyses[1].units: "best for inside-quotes" needs a find-units above it with the probe inside-quotes, which ' +
        'says which unit is best.']],
    ['a typical unit of units that nobody looked at', 'analyses: [{ analysis: text, units: [0.hidden.1, typical] }]',
      ['analyses[0].units[1]: "typical" needs a find-units above it, which looks at every unit.']],
    ['a unit outside the site', 'analyses: [{ analysis: text, units: [0.cell.8] }]',
      ['analyses[0].units[0]: "0.cell.8": the site 0.cell has 8 units, 0 to 7.']],
    ['a layer that is not there', 'analyses: [{ analysis: ablation-sweep, site: 1.hidden, items: simple }]',
      ['analyses[0].site: "1.hidden": the model has 1 layer, counted from 0.']],
    ['a model that is not there', 'analyses: [{ analysis: perplexity, models: [gru] }]',
      ['analyses[0].models[0]: there is no model "gru". Models are: lstm.']],
    ['two tasks of one name', 'analyses: [{ analysis: agreement, items: [{ file: a/x.csv }, { file: b/x.csv }] }]',
      ['analyses[0].items: there are two tasks "x". Leave one out, or rename its file.']],
    ['a file with the name of a task', 'analyses: [{ analysis: agreement, items: [{ file: brown.csv }] }]',
      ['analyses[0].items: brown.csv has the name of the task brown. Rename the file.']],
    ['sentences of a grammar where there is none', 'analyses: [{ analysis: agreement, items: [nounpp, grammar] }]',
      ['analyses[0].items: grammar takes sentences that a grammar draws. Write data: { grammar: FILE }, or leave it out.']],
    ['own pairs where templates are needed',
      'analyses: [{ analysis: dynamics, units: [0.hidden.1], sites: [cell], items: [{ file: x.csv }] }]',
      ['analyses[0].items[0]: own pairs are for the analysis agreement alone; here tasks have names, such as nounpp.']],
    ['a grouping that is not there', 'analyses: [{ analysis: agreement, items: simple, by: [length] }]',
      ['analyses[0].by[0]: "length" is not a grouping. Groupings are: condition, attractors, distance, construction.']],
    ['a task that is not there', 'analyses: [{ analysis: agreement, items: nounp }]',
      ['analyses[0].items: "nounp" is not a task. ' +
        'Tasks are: simple, adv, 2adv, coadv, namepp, nounpp, nounppadv, nested, brown, grammar.']],
    ['a probe that is not there', 'analyses: [{ analysis: unit-ranking, probe: colour, sites: [cell] }]',
      ['analyses[0].probe: "colour" is not a probe. ' + PROBES_ARE]],
    ['several mistakes of one analysis',
      'analyses: [{ analysis: unit-ranking, probe: colour, sites: [forgt], items: [nounp], models: [b], itemz: 3 }]',
      ['analyses[0].itemz: is no key here. Did you mean "items"?',
        'analyses[0].items: "nounp" is not a task. ' +
          'Tasks are: simple, adv, 2adv, coadv, namepp, nounpp, nounppadv, nested, brown, grammar.',
        'analyses[0].probe: "colour" is not a probe. ' + PROBES_ARE,
        'analyses[0].models[0]: there is no model "b". Models are: lstm.',
        'analyses[0].sites[0]: an LSTM has no site "forgt". ' +
          'Its sites are: embedding, input, forget, candidate, output, cell, hidden.']],
  ]

  test.each(cases)('%s', (_, line, problems) => {
    expect(problemsWith(line)).toEqual(problems)
  })

  test('that is no group of keys is said to be none', () => {
    const keys = 'name, question, seeds, data, models, training, analyses'
    expect(problemsOf('just text')).toEqual([`: "just text" is not a group of keys: ${keys}.`])
  })

  test('with wrong YAML names line and column', () => {
    const path = join(folder, 'broken.yaml')
    writeFileSync(path, 'name: a\nmodels: [{ name: b\nseeds: 1\n')
    expect(() => loadExperiment(path)).toThrow(/broken.yaml is not valid YAML$/)
    try {
      loadExperiment(path)
    } catch (error) {
      expect((error as UserError).problems[0].path).toMatch(/^line [34], column \d+$/)
    }
  })

  test('that is not there is said so', () => {
    expect(() => loadExperiment(join(folder, 'missing.yaml'))).toThrow(/^There is no file .*missing.yaml\.$/)
  })
})

describe('--set', () => {
  const set = (setting: string) => {
    const value: unknown = parse(SMALL)
    applySetting(value, setting)
    return value
  }

  test('changes keys, entries of lists, and makes groups that were left out', () => {
    expect(set('seeds=5')).toMatchObject({ seeds: 5 })
    expect(set('models[0].units=64')).toMatchObject({ models: [{ name: 'lstm', units: 64 }] })
    expect(set('training.epochs=2')).toMatchObject({ training: { epochs: 2 } })
    expect(set('models[1]={ name: b, cell: rnn, units: 2 }')).toMatchObject({ models: [{}, { name: 'b', units: 2 }] })
    expect(set('seeds=[3, 4]')).toMatchObject({ seeds: [3, 4] })
  })

  test('says what is wrong with a setting, as wrong usage', () => {
    const cases = [
      ['seeds', '--set seeds: write key=value, as in seeds=5 or models[0].units=64.'],
      ['models[3].units=1', '--set models[3].units=1: models has 1 entries, counted from 0.'],
      ['models.units=1', '--set models.units=1: models is not a group of keys.'],
      ['name.first=1', '--set name.first=1: name is not a group of keys.'],
      ['models[x]=1', '--set models[x]=1: "models[x]" is no path. Paths look like models[0].units.'],
    ]
    for (const [setting, message] of cases) {
      expect(() => set(setting)).toThrow(expect.objectContaining({ message, exitCode: 2 }))
    }
  })

  test('cannot reach the prototype of objects', () => {
    expect(() => set('__proto__.polluted=1')).toThrow(UserError)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  test('is checked as if the file had said so', () => {
    const path = join(folder, 'set.yaml')
    writeFileSync(path, SMALL)
    const { experiment } = loadExperiment(path, ['models[0].units=64'])
    expect(experiment.models[0]).toMatchObject({ units: 64, embedding: 64 })
    expect(() => loadExperiment(path, ['models[0].units=none'])).toThrow(UserError)
  })
})
