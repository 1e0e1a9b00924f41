import { expect, test } from 'vitest'
import type { AnalysisResult, OverSeedsRow, TrainingRow } from '../../../src/analysis/results.ts'
import { corpora } from '../../../src/report/sections/corpora.ts'
import { judgeCorpora } from '../../../src/report/verdicts/corpora.ts'
import { input } from '../fixture.ts'

const row = (model: string, marginDrop: number, half: number | null, what: OverSeedsRow['what'] = 'unit on top'): OverSeedsRow => ({
  model, seeds: half === null ? 1 : 10, what, task: 'nounpp', condition: 'SP and PP', n: 100, drop: marginDrop / 10, dropLow: 0, dropHigh: 0.5,
  marginDrop, marginDropLow: half === null ? null : marginDrop - half, marginDropHigh: half === null ? null : marginDrop + half,
})
const judge = (...rows: readonly OverSeedsRow[]) => judgeCorpora(rows).map(({ judgement, sentence }) => ({ judgement, sentence }))

test('more hangs on one unit where the difference of two independent means excludes 0', () => {
  const [verdict] = judge(row('deep-rare', 3, 0.6), row('deep-frequent', 1, 0.8))
  expect(verdict.judgement).toBe('found')
  expect(verdict.sentence).toContain('In deep-rare more hangs on one unit than in deep-frequent')
  expect(verdict.sentence).toContain('difference 2.00 nats [1.00, 3.00]') // √(0.6² + 0.8²) = 1
  expect(judge(row('deep-rare', 1, 0.6), row('deep-frequent', 3, 0.8))[0].sentence).toContain('In deep-rare less hangs on one unit')
})

test('nothing is said where intervals of the difference include 0, or where there is none', () => {
  const [verdict, second] = judge(row('a', 2.7, 1), row('b', 2.8, 1), row('c', 2.8, null))
  expect(verdict.judgement).toBe('not found')
  expect(verdict.sentence).toContain('That more hangs on one unit in a than in b, or less, does not show')
  expect(second.judgement).toBe('cannot tell')
})

test('the section is about models of one make on several texts', () => {
  const rows = ['deep-rare', 'deep-frequent', 'small-rare'].flatMap((model) => [row(model, 2, 0.5), row(model, 3, 0.5, 'chosen units')])
  const training = rows.map(({ model }) => ({ model, seed: 1, entry: model.split('-')[0] }) as TrainingRow)
  const results: AnalysisResult[] = [
    { analysis: 'training', rows: training },
    { analysis: 'ablation-kinds', kind: 'number', rows: [], groups: [], losses: [], sensitivity: [], overSeeds: rows },
  ]
  const section = corpora.build({ ...input, results })!
  expect([section.answer, ...section.remarks].map(({ judgement }) => judgement)).toEqual(['not found'])
  expect(section.blocks.flatMap((block) => (block.kind === 'charts' ? block.charts : [])).map(({ name }) => name)).toEqual(['deep-corpora'])
  const alone = results.map((result) => (result.analysis === 'ablation-kinds' ? { ...result, overSeeds: rows.slice(0, 2) } : result))
  expect(corpora.build({ ...input, results: alone })).toBeNull()
})
