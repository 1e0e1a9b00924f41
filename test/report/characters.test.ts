import { expect, test } from 'vitest'
import { buildReport } from '../../src/report/build.ts'
import { charactersInput } from './fixture.ts'

const { sections } = buildReport(charactersInput)
const section = (name: string) => sections.find((one) => one.name === name)!

test('gates are described by how many units are at one end nearly always, before and after training', () => {
  const { answer, blocks } = section('saturation')
  expect(answer.judgement).toBe('description')
  // No unit of the fixture is low in more than 29/60 of the time or high in more than 0.4 + 29/100.
  expect(answer.sentence).toContain('0.input 0 % untrained and 0 % trained')
  const charts = blocks.flatMap((block) => (block.kind === 'charts' ? block.charts : []))
  expect(charts.map(({ title }) => title)).toEqual(['input', 'forget', 'cell'])
  expect(charts[2].description).toContain('time below −3')
})

test('a unit that is nearly always closed counts as stuck', () => {
  const results = charactersInput.results.map((result) => {
    if (result.analysis !== 'saturation') return result
    const rows = result.rows.map((row) => (row.unit === '1.forget.0' && row.moment === 'trained' ? { ...row, low: 0.95 } : row))
    return { ...result, rows }
  })
  const built = buildReport({ ...charactersInput, results }).sections.find(({ name }) => name === 'saturation')!
  expect(built.answer.sentence).toContain('1.forget 0 % untrained and 3 % trained')
})

test('what emerged says from which share of training on it stayed', () => {
  const { answer, blocks } = section('emergence')
  expect(answer.sentence).toBe(
    'Of the units of synthetic, seed 1, one tells inside-quotes from 100.0 % of the updates on (strength 0.90 at the end) and ' +
      'none tells line-position at the end (strength 0.30) (held out; told means a strength of 0.5 or more).',
  )
  expect(blocks[0]).toMatchObject({ kind: 'charts' })
})

test('written text stands in the report as it was written', () => {
  const { blocks, answer } = section('samples')
  expect(answer.sentence).toBe('1 text written by synthetic, coloured by 1 unit.')
  const [figure] = blocks.flatMap((block) => (block.kind === 'colored-text' ? [block] : []))
  expect(figure.texts[0].passages[0].tokens.join('')).toBe('“I do,” he said.\n\n')
})
