import { parse, View, type LoggerInterface, type Spec } from 'vega'
import type { TopLevelSpec } from 'vega-lite'
import { describe, expect, it } from 'vitest'
import type { AnalysisResult } from '../../src/analysis/results.ts'
import { buildReport } from '../../src/report/build.ts'
import { compileChart } from '../../src/report/charts/compile.ts'
import { chartsOf } from '../../src/report/document.ts'
import { input } from './fixture.ts'

const charts = chartsOf(buildReport(input))

/** Draws without a browser, collecting what Vega complains about. */
async function draw(spec: Spec): Promise<{ svg: string; complaints: string[] }> {
  const complaints: string[] = []
  const hear = (...messages: readonly unknown[]) => {
    complaints.push(messages.join(' '))
    return logger
  }
  const quiet = () => logger
  const ears = { level: quiet, error: hear, warn: hear, info: quiet, debug: quiet }
  const logger = ears as unknown as LoggerInterface
  const view = new View(parse(spec), { renderer: 'none', logger })
  const svg = await view.toSVG()
  view.finalize()
  return { svg, complaints }
}

describe.each(charts)('the chart $id', ({ chart }) => {
  it('is valid Vega-Lite: the compiler has nothing to warn of', () => {
    const warnings: string[] = []
    compileChart(chart.spec, (message) => warnings.push(message))
    expect(warnings).toEqual([])
  })

  it('draws its marks, and Vega has nothing to complain of', async () => {
    const { svg, complaints } = await draw(compileChart({ ...chart.spec, width: 640 } as TopLevelSpec))
    expect(complaints).toEqual([])
    expect(svg.match(/<path aria-/g)?.length).toBeGreaterThan(2)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('names its axes and says in words what it shows', () => {
    expect(JSON.stringify(compileChart(chart.spec)['axes'])).toMatch(/"title":"[^"]+"/)
    expect(chart.description.length).toBeGreaterThan(30)
    expect(chart.description).not.toMatch(/NaN|undefined|null/)
  })
})

describe('three seeds of two models', () => {
  const copies = ['lstm', 'gru'].flatMap((model) => [1, 2, 3].map((seed) => ({ model, seed })))
  const copied = <R extends object>(rows: readonly R[]) =>
    copies.flatMap((copy) => rows.map((row) => ({ ...row, ...copy })))
  const withCopies = <T extends { readonly rows: readonly object[] }>(result: T): T => (
    { ...result, rows: copied(result.rows) }
  )
  const results = input.results.map((result): AnalysisResult => {
    switch (result.analysis) {
      case 'text':
        return { ...result, texts: copied(result.texts) }
      case 'ablation-sweep':
        return { ...result, rows: copied(result.rows), confirmed: copied(result.confirmed) }
      default:
        return 'rows' in result ? withCopies(result) : result
    }
  })
  const several = chartsOf(buildReport({ ...input, results, models: [input.models[0], input.models[0]] }))

  it('give charts that are valid and drawn, each with a name of its own', async () => {
    expect(new Set(several.map(({ id }) => id)).size).toBe(several.length)
    const once = several.filter(({ id }) => !/-[23](-|$)/.test(id)) // seeds 2 and 3 repeat what seed 1 shows
    for (const { id, chart } of once) {
      const warnings: string[] = []
      const spec = compileChart({ ...chart.spec, width: 320 } as TopLevelSpec, (message) => warnings.push(message))
      expect({ id, warnings, ...(await draw(spec)) }).toMatchObject({ warnings: [], complaints: [] })
    }
  })
})

describe('more models than anybody looks at one by one', () => {
  it('end in one chart', async () => {
    const results = input.results.map((result): AnalysisResult => {
      if (result.analysis !== 'training') return result
      return { ...result, rows: [...'abcdefg'].flatMap((model) => result.rows.map((row) => ({ ...row, model }))) }
    })
    const [{ id, chart }] = chartsOf(buildReport({ ...input, results })).filter((one) => one.id.startsWith('training-'))
    expect(id).toBe('training-loss-ends')
    const { svg, complaints } = await draw(compileChart({ ...chart.spec, width: 640 } as TopLevelSpec))
    expect(complaints).toEqual([])
    expect(svg.match(/<path aria-/g)).toHaveLength(2 * 7)
  })
})

describe('charts together', () => {
  it('have names of their own, fit for files', () => {
    const ids = charts.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+$/)
  })

  it('show the baseline of every claim', () => {
    const drawn = (id: string) => JSON.stringify(charts.find((chart) => chart.id.startsWith(id))!.chart.spec)
    expect(drawn('agreement-')).toMatch(/5-gram model.*last noun.*commoner form.*commoner number/)
    expect(drawn('perplexity-')).toMatch(/5-gram.*unigram/)
    expect(drawn('training-')).toContain('unigram model')
    expect(drawn('ablation-hidden-synthetic-1-every-unit')).toContain('comparable units')
  })
})
