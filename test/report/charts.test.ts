import { parse, View, type LoggerInterface, type Spec } from 'vega'
import type { TopLevelSpec } from 'vega-lite'
import { describe, expect, it } from 'vitest'
import type { AnalysisResult } from '../../src/analysis/results.ts'
import { buildReport } from '../../src/report/build.ts'
import { cells } from '../../src/report/sections/cells.ts'
import { compileChart } from '../../src/report/charts/compile.ts'
import { chartsOf } from '../../src/report/document.ts'
import { cellsInput } from './cells-fixture.ts'
import { contextualInput } from './contextual-fixture.ts'
import { countingInput } from './counting-fixture.ts'
import { charactersInput, input } from './fixture.ts'
import { minimalPairsInput } from './minimal-pairs-fixture.ts'
import { numberUnitsInput } from './number-units-fixture.ts'
import { preferencesInput } from './preferences-fixture.ts'
import { taggingInput } from './tagging-fixture.ts'

const counting = countingInput({ models: 4, seeds: 3, longest: 40 })
const two = countingInput({ models: 2, seeds: 3, longest: 10 })
/** Dozens of charts take some seconds on a busy machine, ms. */
const SLOW = 60_000
const reports = [input, counting, charactersInput, preferencesInput, minimalPairsInput, numberUnitsInput, taggingInput, contextualInput].map((each) => chartsOf(buildReport(each)))
reports.push(chartsOf({ ...buildReport(input), sections: [cells.build(cellsInput(3))!] }))
const charts = reports.flat()

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
  }, SLOW)
})

describe('counting', () => {
  it.each([
    ['one seed of one model', countingInput({ models: 1, seeds: 1, longest: 1 })],
    ['seeds that all stop at once', withHorizons(0)],
    ['seeds that never stop', withHorizons(1000)],
    ['units none of which counts', withoutCounters()],
    ['a unit that overflows', withOverflow()],
  ])('draws %s', async (_, given) => {
    for (const { id, chart } of chartsOf(buildReport(given))) {
      const warnings: string[] = []
      const spec = compileChart({ ...chart.spec, width: 320 } as TopLevelSpec, (message) => warnings.push(message))
      const { svg, complaints } = await draw(spec)
      expect({ id, warnings, complaints }).toEqual({ id, warnings: [], complaints: [] })
      expect(svg + chart.description, id).not.toMatch(/NaN|undefined|Infinity|∞/)
    }
  }, SLOW)

  it('lays the languages of a model beside each other, whichever comes first in the results', () => {
    const byModel = counting.results.map((result) => result.analysis !== 'traces' ? result
      : { ...result, traces: result.traces.toSorted((a, b) => (a.model < b.model ? -1 : a.model > b.model ? 1 : 0)) })
    for (const results of [counting.results, byModel]) {
      const document = buildReport({ ...counting, results })
      const titles = chartsOf(document).filter(({ id }) => id.startsWith('traces-')).map(({ chart }) => chart.title)
      expect(titles.map((title) => title.slice(0, 3))).toEqual(['(a)', '(b)', '(c)', '(d)', '(e)', '(f)'])
      expect(titles.map((title) => title.includes('c⁴⁰'))).toEqual([false, true, false, true, false, true])
      const models = titles.map((title) => title.split(' ')[1])
      expect([models[0], models[2], models[4]]).toEqual([models[1], models[3], models[5]])
    }
  })

  it('draws every symbol of a trace', async () => {
    const { chart } = charts.find(({ id }) => id === 'traces-lstm-1-0-cell-a-40-b-40')!
    const { svg } = await draw(compileChart({ ...chart.spec, width: 640 } as TopLevelSpec))
    const lines = [...svg.matchAll(/aria-roledescription="line mark"[^>]* d="([^"]*)"/g)].map(([, path]) => path)
    expect(lines).toHaveLength(10)
    for (const path of lines) expect(path.match(/[ML]/g)).toHaveLength(80)
  })

  it('puts a state at rest below the smallest step', async () => {
    const steps = [1, 10, 100].map((step) => ({
      model: 'gru', seed: 1, language: 'a^n b^n', cell: 'gru' as const, trainedTo: 10, step,
      size: step < 100 ? 2e-11 : 0,
    }))
    const result = two.results.find((each) => each.analysis === 'counters')!
    const results: AnalysisResult[] = [{ ...result, steps }]
    const { chart } = chartsOf(buildReport({ ...two, results })).find(({ id }) => id === 'counters-steps-a-n-b-n')!
    const { svg, complaints } = await draw(compileChart({ ...chart.spec, width: 640 } as TopLevelSpec))
    expect(complaints).toEqual([])
    expect([...svg.matchAll(/>(at rest|1e-\d+|0\.0\d+)</g)].map(([, text]) => text)).toEqual(['at rest', '1e-11'])
  })

  it('shows a dot for every seed, however many share it', async () => {
    const { chart } = chartsOf(buildReport(withHorizons(7))).find(({ id }) => id === 'counting-horizons-a-n-b-n')!
    const { svg } = await draw(compileChart({ ...chart.spec, width: 640 } as TopLevelSpec))
    expect(svg).toMatch(/>×3</)
    expect(chart.description).toContain('lstm: 7, 7 and 7')
  })

  function withHorizons(horizon: number): typeof two {
    const results = two.results.map((result): AnalysisResult => {
      if (result.analysis === 'precision') return { ...result, rows: result.rows.map((row) => ({ ...row, horizon })) }
      if (result.analysis !== 'counting') return result
      return { ...result, rows: result.rows.map((row) => ({ ...row, horizon, converged: horizon > 100 })) }
    })
    return { ...two, results }
  }

  function withOverflow(): typeof two {
    const results = two.results.map((result): AnalysisResult => {
      if (result.analysis !== 'traces') return result
      const traces = result.traces.map((trace) => {
        const [first, ...others] = trace.units
        const values = first.values.map((value, step) => (step < 5 ? value : step < 7 ? 1 / 0 : NaN))
        return { ...trace, units: [{ ...first, counter: true, values }, ...others] }
      })
      return { ...result, traces }
    })
    return { ...two, results }
  }

  function withoutCounters(): typeof two {
    const results = two.results.map((result): AnalysisResult => {
      if (result.analysis !== 'counters') return result
      return { ...result, rows: result.rows.map((row) => ({ ...row, counter: false })), interventions: [], steps: [] }
    })
    return { ...two, results }
  }
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
    for (const report of reports) {
      const ids = report.map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const id of ids) expect(id).toMatch(/^[a-z0-9-]+$/)
    }
  })

  it('show the baseline of every claim', () => {
    const drawn = (id: string) => JSON.stringify(charts.find((chart) => chart.id.startsWith(id))!.chart.spec)
    expect(drawn('agreement-')).toMatch(/5-gram model.*last noun.*commoner form.*commoner number/)
    expect(drawn('counting-horizons-')).toMatch(/5-gram model.*before training.*paper, from memory/)
    expect(drawn('perplexity-')).toMatch(/5-gram.*unigram/)
    expect(drawn('training-')).toContain('unigram model')
    expect(drawn('ablation-hidden-synthetic-1-every-unit')).toContain('comparable units')
  })
})
