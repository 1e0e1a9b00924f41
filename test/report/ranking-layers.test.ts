import { expect, test } from 'vitest'
import type { AnalysisResult } from '../../src/analysis/results.ts'
import { buildReport } from '../../src/report/build.ts'
import { input } from './fixture.ts'

test('what units of one layer tell is not drawn against what removing those of another costs', () => {
  const inUpper = <R extends { readonly unit: string }>(row: R): R => ({ ...row, unit: row.unit.replace(/^0\./, '1.') })
  const upper = input.results.flatMap((result): AnalysisResult[] => (
    result.analysis === 'ablation-sweep'
      ? [{ ...result, site: '1.hidden', rows: result.rows.map(inUpper), confirmed: result.confirmed.map(inUpper) }]
      : []
  ))
  const { sections } = buildReport({ ...input, results: [...input.results, ...upper] })
  const names = sections.find(({ name }) => name === 'ranking')!.blocks
    .flatMap((block) => (block.kind === 'charts' ? block.charts.map(({ name }) => name) : []))
  expect(names.filter((name) => name.endsWith('against-hidden')).length).toBeGreaterThan(0)
  expect(names.filter((name) => name.endsWith('against-1-hidden'))).toEqual([])
})
