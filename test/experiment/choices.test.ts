import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openChoices, type Choice } from '../../src/experiment/choices.ts'

test('choices are written as they are made, in the order of the experiment whatever order they are made in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'probe-choices-'))
  const path = join(folder, 'choices.json')
  const choices = openChoices(path)
  const choice = (analysis: string, model: string): Choice => ({ analysis, model, seed: 1, units: [] })
  const written = () => (JSON.parse(readFileSync(path, 'utf8')) as Choice[]).map(({ analysis, model }) => [analysis, model])
  expect(choices.summary()).toBe(null)
  choices.freeze(choice('find-units', 'first'), { section: 3, model: 0 })
  expect(written()).toEqual([['find-units', 'first']])
  choices.freeze(choice('ablation-sweep', 'second'), { section: 1, model: 1 })
  choices.freeze(choice('ablation-sweep', 'first'), { section: 1, model: 0 })
  expect(written()).toEqual([['ablation-sweep', 'first'], ['ablation-sweep', 'second'], ['find-units', 'first']])
  expect(choices.summary()?.choices).toBe(3)
  rmSync(folder, { recursive: true })
})
