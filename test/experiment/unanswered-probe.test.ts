// A probe that the user's own text cannot answer: the run ends all the same, and the report says why a unit is missing.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runExperiment } from '../../src/experiment/run.ts'
import type { RunResults } from '../../src/experiment/run-directory.ts'

const folder = mkdtempSync(join(tmpdir(), 'probe-unanswered-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('no unit is best for a probe that the text cannot answer; a later find-units hides no earlier one', async () => {
  const line = 'a text (of one line) of some words without marks\n'
  writeFileSync(join(folder, 'plain.txt'), line.repeat(200))
  writeFileSync(join(folder, 'plain.yaml'), `
# Does it quote?
name: plain
data: { text: plain.txt, unit: characters, test: 0.5, validation: 0.1 }
models: [{ name: gru, cell: gru, units: 4 }]
training: { epochs: 1, batch: 2, steps: 10 }
analyses:
  - { analysis: find-units, sites: [hidden], probes: [inside-quotes, line-position], permutations: 20 }
  - { analysis: find-units, sites: [hidden], probes: [inside-parentheses], permutations: 20 }
  - { analysis: text, units: [best for inside-quotes, best for line-position], sentences: 2 }
  - { analysis: text, units: best for inside-quotes, sentences: 2 }
  - { analysis: samples, units: best for inside-quotes, hold: [1], length: 10 }
`)
  await runExperiment(join(folder, 'plain.yaml'), { out: join(folder, 'run'), store: join(folder, 'store'), threads: 1 })
  const { results } = JSON.parse(readFileSync(join(folder, 'run/results.json'), 'utf8')) as RunResults
  const [found] = results.filter((result) => result.analysis === 'find-units')
  expect(found.rows.map(({ probe }) => probe)).toEqual(['line-position'])
  expect(found.audit).toEqual([expect.stringMatching(/^inside-quotes: every answer is the same/)])
  const notes = results.filter((result) => result.analysis === 'text').flatMap(({ texts }) => texts.map(({ note }) => note))
  expect(notes).toEqual(['best for line-position'])
  expect(readFileSync(join(folder, 'run/report.html'), 'utf8')).toContain('inside-quotes: every answer is the same')
})
