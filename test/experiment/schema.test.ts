// What editors know of experiment files is what the parser knows.

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadExperiment } from '../../src/experiment/config.ts'
import { experimentJsonSchema } from '../../src/experiment/json-schema.ts'

const folder = join(import.meta.dirname, '../../experiments')

describe('the schema for editors', () => {
  test('is current (update it with: npx vitest run test/experiment/schema.test.ts -u)', async () => {
    await expect(experimentJsonSchema()).toMatchFileSnapshot(join(folder, 'schema.json'))
  })
})

describe('shipped experiments', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))

  test.each(files)('%s loads, is named as its file and asks a question', (file) => {
    const { experiment } = loadExperiment(join(folder, file))
    expect(`${experiment.name}.yaml`).toBe(file)
    expect(experiment.question).toMatch(/\?$/)
  })
})
