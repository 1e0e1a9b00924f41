// An experiment on counting from its file to its report: every analysis, two languages, a control, small.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AnalysisResult } from '../../src/analysis/results.ts'
import { runExperiment, type RunOutcome } from '../../src/experiment/run.ts'

let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'probe-counting-')) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const YAML = `
# Does it count?
name: small
seeds: 2
data:
  two: { language: a^n b^n, longest: 5 }
  three: { language: x^n y^n z^n, longest: 4 }
models:
  - { name: gru, cell: gru, units: 4, embedding: 2 }
  - { name: only, cell: rnn, units: 3, data: two }
  - { name: hand, byHand: lstm }
training: { updates: 20, batch: 4, learningRate: 0.02, evaluations: 2 }
analyses:
  - { analysis: counting, longest: 12, thresholds: [0.1], offsets: [1, 2] }
  - { analysis: counters, longest: 10, shifts: [1] }
  - { analysis: traces, models: [hand-two], n: 6 }
  - { analysis: precision, models: [hand], longest: 8, changes: [bfloat16, times 2] }
`

function run(settings: string[] = [], out = 'out'): Promise<RunOutcome> {
  const file = join(folder, 'small.yaml')
  writeFileSync(file, YAML)
  return runExperiment(file, { out: join(folder, out), store: join(folder, 'store'), threads: 1, settings })
}

test('every analysis is about the models of each language, under the names of their entries', async () => {
  const { directory, document } = await run()
  const { results } = JSON.parse(readFileSync(join(directory, 'results.json'), 'utf8')) as { results: AnalysisResult[] }
  const counting = results.filter((result) => result.analysis === 'counting')
  expect(counting.map(({ rows }) => rows.map(({ model, seed, language }) => `${model} ${seed} ${language}`))).toEqual([
    ['gru 1', 'gru 2', 'only 1', 'only 2', 'hand 1'].map((name) => `${name} a^n b^n`),
    ['gru 1', 'gru 2', 'hand 1'].map((name) => `${name} x^n y^n z^n`),
  ])
  const hand = counting.flatMap(({ rows }) => rows.filter(({ trained }) => !trained))
  expect(hand.map(({ horizon, tested, converged }) => [horizon, tested, converged])).toEqual([[12, 12, true], [12, 12, true]])
  const traces = results.flatMap((result) => (result.analysis === 'traces' ? result.traces : []))
  expect(traces.map(({ model, word }) => [model, word])).toEqual([['hand', 'a^6 b^6']])
  const precision = results.flatMap((result) => (result.analysis === 'precision' ? result.rows : []))
  expect(precision.map(({ change, horizon }) => [change, horizon])).toEqual(
    [1, 2].flatMap(() => [['none', 8], ['bfloat16', 8], ['times 2', 8]]),
  )
  expect(document.sections.map(({ name }) => name)).toEqual(['counting', 'traces', 'counters', 'precision', 'training'])
}, 60_000)

test('what cannot be asked is said before anything is trained', async () => {
  await expect(run(['analyses[0].longest=4'], 'wrong')).rejects.toThrow(/are all of the training range, which ends at 5/)
  await expect(run(['data={ grammar: x.yaml }', 'models=[{ name: hand, byHand: gru }]'], 'wrong')).rejects.toThrow()
  await expect(run(['analyses=[{ analysis: perplexity }]'], 'wrong')).rejects.toThrow('perplexity looks at models of text')
})
