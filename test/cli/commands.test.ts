// The command line as a user meets it: what it prints, to which stream, and the exit code. Runs the compiled program.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { microFolder } from '../experiment/micro.ts'

const program = join(import.meta.dirname, '../../src/cli/probe.mjs')

let folder = ''
beforeAll(() => {
  folder = microFolder()
  const { status, stdout, stderr } = probe(['run', 'micro.yaml'])
  if (status !== 0) throw new Error(stderr)
  writeFileSync(join(folder, 'first-run.txt'), stdout)
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function probe(words: readonly string[], input = '') {
  const environment = { ...process.env, FORCE_COLOR: undefined }
  return spawnSync(process.execPath, [program, ...words], { cwd: folder, encoding: 'utf8', input, env: environment })
}

/** A user's mistake: nothing on standard output, one sentence on the other. */
function complaint(words: readonly string[], input?: string) {
  const { status, stdout, stderr } = probe(words, input)
  expect(stdout).toBe('')
  expect(stderr).not.toMatch(/\n {4}at /)
  return { status, message: stderr.trim() }
}

describe('wrong usage', () => {
  const cases: readonly (readonly [string, string[], string])[] = [
    ['no command', [], '✖ Name a command: "probe --help" lists them.'],
    ['an unknown option', ['run', 'micro.yaml', '--sed'],
      '✖ Unknown argument: sed. "probe --help" says what there is.'],
    ['a wrong number of threads', ['run', 'micro.yaml', '--threads', '0'],
      '✖ --threads: give a whole number from 1 up.'],
    ['a format without table', ['show', 'micro', '--csv'],
      '✖ --csv and --dataframe need --table NAME; "probe show RUN" lists the names.'],
    ['a unit without text', ['show', 'micro/lstm', '--unit', '0.cell.1'],
      '✖ --unit and --text go together: which unit colours which text.'],
    ['a share that is none', ['sample', 'micro/lstm', '--nucleus', '0'],
      '✖ --nucleus: give a number above 0, up to 1.'],
    ['a temperature below absolute zero', ['sample', 'micro/lstm', '--temperature=-1'],
      '✖ --temperature: give a number from 0 up.'],
    ['two formats', ['show', 'micro', '--table', 'agreement', '--csv', '--dataframe'],
      '✖ --csv and --dataframe: give one of them.'],
    ['an option given twice', ['run', 'micro.yaml', '--out', 'a', '--out', 'b'],
      '✖ --out is given 2 times; give it once.'],
    ['an empty path', ['run', 'micro.yaml', '--out', ''], '✖ --out is empty; give it a path.'],
    ['a setting without value', ['run', 'micro.yaml', '--set', 'seeds'],
      '✖ --set seeds: write key=value, as in seeds=5 or models[0].units=64.'],
  ]

  test.each(cases)('%s: a sentence and exit code 2', (_, words, message) => {
    expect(complaint(words)).toEqual({ status: 2, message })
  })

  test('an unknown command and an unknown engine say what there is', () => {
    expect(complaint(['frob'])).toMatchObject({ status: 2, message: expect.stringContaining('frob') })
    const { status, message } = complaint(['run', 'micro.yaml', '--engine', 'gpu'])
    expect(status).toBe(2)
    expect(message).toContain('Choices: "native", "tfjs"')
  })
})

describe('a text that a model writes', () => {
  test('begins with the prompt, is the same for the same seed, and ends where it is told to', () => {
    const words = ['sample', 'micro/lstm', '--prompt', 'the dogs', '--length', '8']
    const { stdout, status } = probe(words)
    expect(status).toBe(0)
    expect(stdout).toMatch(/^the dogs \S/)
    expect(probe(words).stdout).toBe(stdout)
    expect(probe([...words, '--seed', '2']).stdout).not.toBe(stdout)
    expect(probe([...words, '--length', '100', '--stop', '<eos>']).stdout.trimEnd()).not.toContain('\n')
  })

  test('follows its edits, and says them', () => {
    const words = ['sample', 'micro/lstm', '--length', '60', '--temperature', '2']
    const { stdout, stderr } = probe([...words, '--edit', '0.cell.2+=9'])
    expect(stdout).not.toBe(probe(words).stdout)
    expect(stderr).toContain('Edited: 9 is added to 0.cell.2 at every step.')
  })

  test('and one that it reads are coloured by a unit where colours are shown, and numbers elsewhere', () => {
    const colored = (words: readonly string[]) => spawnSync(process.execPath, [program, ...words], {
      cwd: folder, encoding: 'utf8', env: { ...process.env, FORCE_COLOR: '1', NO_COLOR: undefined },
    }).stdout
    expect(colored(['sample', 'micro/lstm', '--length', '5', '--unit', '0.cell.1'])).toContain('\x1b[30;48;2;')
    expect(colored(['show', 'micro/lstm', '--unit', '0.forget.1', '--text', 'the dogs'])).toMatch(/48;2;\d+;\d+;\d+mdogs/)
    expect(probe(['show', 'micro/lstm', '--unit', '0.cell.1', '--text', 'the dogs']).stdout)
      .toMatch(/^the\t−?\d\.\d{3}\ndogs\t−?\d\.\d{3}\n$/)
  })
})

describe('a mistake in what was given', () => {
  test('in an experiment: all of them, as the style guide prints them, exit code 1', () => {
    writeFileSync(join(folder, 'wrong.yaml'), readFileSync(join(folder, 'micro.yaml'), 'utf8')
      .replace('cell: lstm', 'cell: ltsm').replace('units: 5', 'units: 0'))
    expect(complaint(['run', 'wrong.yaml'])).toEqual({
      status: 1,
      message: [
        '✖ wrong.yaml has 2 problems',
        '  models[0].cell: "ltsm" is not a cell. Cells are: lstm, gru, rnn.',
        '  models[1].units: 0 is not a whole number from 1 to 65536.',
      ].join('\n'),
    })
    expect(existsSync(join(folder, 'reports', 'wrong'))).toBe(false)
  })

  const cases: readonly (readonly [string, string[], string | RegExp])[] = [
    ['a file that is not there', ['run', 'none.yaml'], '✖ There is no file none.yaml.'],
    ['a run that is not there', ['show', 'none'], '✖ There is no run "none". Runs are: micro.'],
    ['a table that is not there', ['show', 'micro', '--table', 'none'],
      /^✖ --table: "none" is not a table\. Tables are: training, /],
    ['a model that is not there', ['score', 'micro/rnn'],
      '✖ There is no model "micro/rnn". Models of this run are: gru, lstm.'],
    ['a seed that is not there', ['score', 'micro/lstm/7'], '✖ micro/lstm has no seed 7. Its seeds are: 1.'],
    ['a run of several models', ['sample', 'micro'],
      '✖ micro has several models: gru, lstm. Name one, as in micro/gru.'],
    ['a stop that the model does not know', ['sample', 'micro/lstm', '--stop', 'xyzzy'],
      '✖ --stop: the model does not know "xyzzy".'],
    ['a model of no run', ['score', 'none/lstm'],
      /^✖ There is no model "none\/lstm"\. A model is RUN\/MODEL or RUN\/MODEL\/SEED/],
    ['a model file that is not there', ['score', 'none.safetensors'], '✖ There is no file none.safetensors.'],
    ['no sentence', ['score', 'micro/lstm'], '✖ Standard input has no sentence.'],
    ['a unit that is not there', ['score', 'micro/lstm', 'text.txt', '--edit', '0.cell.99=0'],
      /the site 0\.cell has 6 units, 0 to 5\.$/],
    ['a place that takes no file', ['record', 'micro/lstm', 'text.txt', '--sites', 'cell', '--out', 'text.txt/x.csv'],
      '✖ text.txt: a file of this name stands where a folder is needed.'],
    ['a probe that is not there', ['run', 'micro.yaml', '--fresh', '--set', 'analyses[2].probe=none.js'],
      /✖ "none\.js" is not a probe\. Probes are: .* Or give the path of a \.js file\.$/],
    ['a store to be emptied by nobody', ['clean'], '✖ Nobody is here to be asked: say --yes to remove the models.'],
  ]

  test.each(cases)('%s: a sentence and exit code 1', (_, words, message) => {
    writeFileSync(join(folder, 'text.txt'), 'the dogs sleep .\n')
    const complained = complaint(words)
    expect(complained.status).toBe(1)
    if (typeof message === 'string') expect(complained.message).toBe(message)
    else expect(complained.message).toMatch(message)
  })

  test('text that is not UTF-8 names the line', () => {
    writeFileSync(join(folder, 'latin1.txt'), Buffer.from('the dog\nthe caf\xe9\n', 'latin1'))
    expect(complaint(['score', 'micro/lstm', 'latin1.txt'])).toEqual({
      status: 1,
      message: '✖ latin1.txt is not UTF-8 text: line 2 has the byte 0xe9. Save it as UTF-8.',
    })
  })

  test('a reports folder that cannot be made is said', () => {
    mkdirSync(join(folder, 'elsewhere'), { recursive: true })
    writeFileSync(join(folder, 'elsewhere', 'reports'), '')
    const { status, stderr } = spawnSync(process.execPath, [program, 'run', '../micro.yaml'], {
      cwd: join(folder, 'elsewhere'), encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toMatch(/^✖ .*reports/)
  })
})

describe('probe run', () => {
  test('stopped by Ctrl-C saves, says how to go on, and exits as shells expect', async () => {
    const child = spawn(process.execPath, [program, 'run', 'micro.yaml', '--fresh', '--set', 'training.epochs=500'], {
      cwd: folder,
    })
    let told = ''
    child.stderr.on('data', (text) => {
      if (!told.includes('Epoch') && String(text).includes('Epoch')) child.kill('SIGINT')
      told += String(text)
    })
    expect(await new Promise((resolve) => child.on('exit', resolve))).toBe(130)
    expect(told).toMatch(/✖ Stopped after \d+ updates\. The checkpoint is saved: run the same command again to go on\.\n$/)
  })

  test('ends with the findings and the path of the report', () => {
    const lines = readFileSync(join(folder, 'first-run.txt'), 'utf8').trim().split('\n')
    expect(lines[0]).toBe('micro: Does it run?')
    expect(lines.length).toBeGreaterThan(3)
    expect(lines[lines.length - 1]).toBe('Report: reports/micro/report.html')
  })

  test('tells plain lines, without colours or a bar, where nobody looks', () => {
    const analyses = 'analyses=[{ analysis: perplexity, baselines: [unigram, 3-gram], resamples: 100 }]'
    const { stderr } = probe(['run', 'micro.yaml', '--fresh', '--out', 'plain', '--set', analyses])
    expect(stderr).toMatch(/^lstm, seed 1: training, some /m)
    expect(stderr).not.toMatch(/[\x1b\r█░]/)
  })
})

describe('what is there', () => {
  test('probe list names experiments, runs, models, the store and probes', () => {
    const { stdout, status } = probe(['list'])
    expect(status).toBe(0)
    expect(stdout).toContain('  micro: Does it run?')
    expect(stdout).toContain('  micro/lstm, seeds 1')
    expect(stdout).toMatch(/gru, 1 layer of 5 units, seed 1, /)
    expect(stdout).toContain('  number: Is the subject plural?')
  })

  test('probe show prints findings, and tables as text and as CSV', () => {
    expect(probe(['show', 'micro']).stdout).toContain('\nTables\n')
    const { stdout } = probe(['show', 'micro', '--table', 'perplexity'])
    expect(stdout).toMatch(/^lstm +1 +validation/m)
    const csv = probe(['show', 'micro', '--table', 'perplexity', '--csv']).stdout
    expect(csv).toBe(readFileSync(join(folder, 'reports', 'micro', 'tables', 'perplexity.csv'), 'utf8'))
  })

  test('probe report draws the same page again from the numbers, without models', () => {
    const page = join(folder, 'reports', 'micro', 'report.html')
    const before = readFileSync(page, 'utf8')
    rmSync(page)
    expect(probe(['report', 'micro']).stdout).toBe('Report: reports/micro/report.html\n')
    expect(readFileSync(page, 'utf8')).toBe(before)
  })

  test('probe --version is the version of the package, and help has examples everywhere', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'))
    expect(manifest).toMatchObject({ version: probe(['--version']).stdout.trim() })
    for (const command of ['run', 'list', 'show', 'report', 'score', 'record', 'doctor', 'clean']) {
      expect(probe([command, '--help']).stdout, command).toContain('Examples:')
    }
  }, 30_000)
})

describe('probe score', () => {
  test('gives the surprisal of every token of sentences on standard input, and says which words are unknown', () => {
    const { stdout, stderr } = probe(['score', 'micro/lstm', '--csv'], 'the dogs sleep\nthe zebra sleeps\n')
    const [head, ...rows] = stdout.trim().split('\n')
    expect(head).toBe('sentence,position,word,token,surprisal')
    expect(rows.map((row) => row.split(',').slice(0, 4).join(','))).toEqual([
      '1,0,the,the', '1,1,dogs,dogs', '1,2,sleep,sleep', '2,0,the,the', '2,1,zebra,<unk>', '2,2,sleeps,sleeps',
    ])
    expect(rows.every((row) => Number(row.split(',')[4]) > 0)).toBe(true)
    expect(stderr).toContain('zebra')
  })

  test('gives margins of minimal pairs whose difference in surprisal they are', () => {
    const pairs = ['prefix,right,wrong,condition', 'the dogs,sleep,sleeps,P', 'the dog,sleeps,sleep,S']
    writeFileSync(join(folder, 'pairs.csv'), pairs.join('\n'))
    const rows = probe(['score', 'micro/lstm', 'pairs.csv', '--csv']).stdout.trim().split('\n').slice(1)
    const surprisal = (sentence: string) =>
      Number(probe(['score', 'micro/lstm', '--csv'], sentence).stdout.trim().split('\n').pop()?.split(',')[4])
    const margin = surprisal('the dogs sleeps\n') - surprisal('the dogs sleep\n')
    expect(Number(rows[0].split(',')[4])).toBeCloseTo(margin, 4) // float32 logits
    expect(probe(['score', 'micro/lstm', 'pairs.csv']).stdout).toMatch(/^condition +n +correct/m)
  })

  test('under an edit says what was done, and shows the intact number beside the other', () => {
    const cells = (words: readonly string[]) => {
      const { stdout, stderr } = probe(words, 'the dogs sleep\n')
      return { stderr, rows: stdout.trim().split('\n').map((line) => line.split(',').slice(4)) }
    }
    const plain = cells(['score', 'micro/lstm', '--csv'])
    const edited = cells(['score', 'micro/lstm', '--csv', '--edit', '0.hidden.0=1', '--edit', '0.cell.3*0.5@1,2'])
    expect(edited.stderr).toBe(
      'Edited: 0.hidden.0 is set to 1 at every step; 0.cell.3 is multiplied by 0.5 at steps 1, 2.\n',
    )
    expect(edited.rows[0]).toEqual(['surprisal', 'intact'])
    expect(edited.rows.slice(1).map(([, intact]) => intact)).toEqual(plain.rows.slice(1).map(([surprisal]) => surprisal))
    expect(edited.rows[3][0]).not.toBe(edited.rows[3][1])
    const { stderr } = probe(['score', 'micro/lstm', '--edit', '0.hidden.0=mean'], 'the dogs sleep\n')
    expect(stderr).toMatch(/^Edited: 0\.hidden\.0 is set to \S+, its mean over the 3 tokens of the given text, at every step\.\n$/)
  })

  test('under an edit compares the margins of minimal pairs with the intact ones', () => {
    const pairs = ['prefix,right,wrong', 'the dogs,sleep,sleeps', 'the dog near the cats,sleeps,sleep']
    writeFileSync(join(folder, 'two.csv'), pairs.join('\n'))
    const rows = (words: readonly string[]) =>
      probe(['score', 'micro/lstm', 'two.csv', '--csv', ...words]).stdout.trim().split('\n').map((line) => line.split(','))
    const plain = rows([])
    const edited = rows(['--edit', '0.hidden.0=1@1'])
    expect(edited[0].slice(4)).toEqual(['margin', 'correct', 'intactMargin', 'intactCorrect'])
    expect(edited.slice(1).map((row) => row.slice(6))).toEqual(plain.slice(1).map((row) => row.slice(4)))
    expect(edited[1][4]).not.toBe(edited[1][6])
  })
})

describe('probe record', () => {
  test('writes a row a token and a column a unit', () => {
    writeFileSync(join(folder, 'text.txt'), 'the dogs sleep\nthe cat\n')
    const words = ['record', 'micro/lstm', 'text.txt', '--sites', 'cell', '--out', 'x.csv', '--edit', '0.cell.4=0']
    const { stdout } = probe(words)
    expect(stdout).toBe('x.csv: 5 tokens × 6 units of 0.cell.\n')
    const [head, ...rows] = readFileSync(join(folder, 'x.csv'), 'utf8').trim().split('\n')
    const column = head.split(',').indexOf('0.cell.4')
    expect(rows.map((row) => Number(row.split(',')[column]))).toEqual([0, 0, 0, 0, 0])
  })
})

test('a sentence on standard input is read with and without a dash, and has to be UTF-8', () => {
  const plain = probe(['score', 'micro/lstm'], 'the dogs\n').stdout
  expect(plain).toContain('dogs')
  expect(probe(['score', 'micro/lstm', '-'], 'the dogs\n').stdout).toBe(plain)
  expect(probe(['record', 'micro/lstm', '-', '--sites', 'cell', '--out', 'y.csv'], 'the dogs\n').stdout).toMatch(/^y\.csv: 2/)
  const { stderr } = spawnSync(process.execPath, [program, 'score', 'micro/lstm'], {
    cwd: folder, encoding: 'utf8', input: Buffer.from('caf\xe9\n', 'latin1'),
  })
  expect(stderr).toBe('✖ Standard input is not UTF-8 text: line 1 has the byte 0xe9. Save it as UTF-8.\n')
})

test('probe clean removes the models of the store and leaves the reports', () => {
  expect(probe(['clean', '--yes', '--unfinished']).stdout).toMatch(/^Removed 1 model in /) // that of Ctrl-C
  expect(probe(['clean', '--yes']).stdout).toMatch(/^Removed 2 models in reports\/\.store, /)
  expect(probe(['clean', '--yes']).stdout).toBe('Nothing to remove in reports/.store.\n')
  expect(existsSync(join(folder, 'reports', 'micro', 'results.json'))).toBe(true)
  expect(complaint(['score', 'micro/lstm'], 'the dog\n').message).toMatch(/is not in the store any more/)
})
