// An experiment of taggers, from its YAML to its report, its models and its commands.

import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { TaggingResult, TrainingResult } from '../../src/analysis/results.ts'
import { openModel } from '../../src/experiment/find.ts'
import { runExperiment } from '../../src/experiment/run.ts'
import { microFolder } from './micro.ts'

let folder = ''
let results = ''
const run = (out: string, threads: number, store: string) =>
  runExperiment(join(folder, 'tags.yaml'), { out: join(folder, out), store: join(folder, store), threads, processSeconds: threads === 1 ? 1000 : 0 })
const read = (out: string) => readFileSync(join(folder, out, 'results.json'), 'utf8')

beforeAll(async () => {
  folder = microFolder()
  await run('first', 1, 'store')
  results = read('first')
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('gives rows, comparisons and words, with the loss of tag frequencies beside the training', () => {
  const [training, tagging] = (JSON.parse(results) as { results: [TrainingResult, TaggingResult] }).results
  expect(training.rows.every(({ says, unigramLoss, validationLoss }) => says === 'tags' && validationLoss < unigramLoss)).toBe(true)
  expect(new Set(tagging.rows.map(({ model }) => model))).toEqual(new Set(['both', 'one']))
  expect(tagging.rightContext.every(({ model, against }) => model === 'both' && against === 'one')).toBe(true)
  expect(tagging.rightContext[0].n).toBe(tagging.rows[0].n)
})

test('gives the same bytes from scratch in more processes', async () => {
  await run('second', 2, 'other-store')
  expect(read('second')).toBe(results)
})

test('keeps models with their tags, which are read from both ends', () => {
  const both = openModel(join(folder, 'first', 'both'))
  expect(both.config).toMatchObject({ bidirectional: true, tags: both.tags!.length })
  expect(Object.keys(both.weights)).toContain('backward.0.recurrentKernel')
  expect(openModel(join(folder, 'first', 'one')).config).not.toHaveProperty('bidirectional')
})

test('writes a report with the question and an answer', () => {
  const page = readFileSync(join(folder, 'first', 'report.html'), 'utf8')
  expect(page).toContain('Does what stands to the right of a word help to say its part of speech?')
  expect(page).toMatch(/what stands to the right of a word helps|it cannot be told whether what stands to the right/)
})
