// The unit that the claim is about comes first wherever units are shown.

import { expect, it } from 'vitest'
import type { AnalysisResult } from '../../src/analysis/results.ts'
import { buildReport } from '../../src/report/build.ts'
import { input, PLANTED } from './fixture.ts'

const OTHER = PLANTED + 1

/** The results with rows and texts of another unit in front, as a sweep on other items may order them. */
const turned = input.results.map((result): AnalysisResult => {
  if (result.analysis === 'dynamics') {
    return { ...result, rows: [...result.rows.map((row) => ({ ...row, unit: `0.${OTHER}` })), ...result.rows], gaps: [...result.gaps.map((row) => ({ ...row, unit: `0.${OTHER}` })), ...result.gaps] }
  }
  if (result.analysis === 'text') {
    return { ...result, texts: [...result.texts.map((text) => ({ ...text, unit: `0.cell.${OTHER}` })), ...result.texts] }
  }
  return result
})

it('the unit that carries number is described and coloured before the others', () => {
  const { sections } = buildReport({ ...input, results: turned })
  const blocksOf = (name: string) => sections.find((section) => section.name === name)!
  expect(blocksOf('dynamics').answer.sentence).toContain(`the cell of unit 0.${PLANTED} `)
  const captions = blocksOf('dynamics').blocks.flatMap((block) => (block.kind === 'charts' ? [block.caption] : []))
  expect(captions.map((caption) => /Unit (\S+)/.exec(caption)![1])).toEqual([`0.${PLANTED}`, `0.${OTHER}`])
  const units = blocksOf('text').blocks.flatMap((block) => (block.kind === 'colored-text' ? block.texts.map(({ unit }) => unit) : []))
  expect(units.slice(0, 2)).toEqual([`0.cell.${PLANTED}`, `0.cell.${OTHER}`])
})
