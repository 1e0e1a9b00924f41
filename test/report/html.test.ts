import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { AnalysisResult } from '../../src/analysis/results.ts'
import { buildReport } from '../../src/report/build.ts'
import { toCsv } from '../../src/report/csv.ts'
import type { ReportInput } from '../../src/report/document.ts'
import { renderHtml } from '../../src/report/html.ts'
import { tablesOf } from '../../src/report/tables.ts'
import { countingInput } from './counting-fixture.ts'
import { input } from './fixture.ts'

/** Thousands of rows take some seconds on a busy machine, ms. */
const SLOW = 60_000
const page = renderHtml(buildReport(input))

function dataOf(html: string, id: string): Record<string, unknown> {
  const match = new RegExp(`<script type="text/plain" id="${id}">(.*?)</script>`, 's').exec(html)
  return JSON.parse(gunzipSync(Buffer.from(match![1], 'base64')).toString()) as Record<string, unknown>
}

describe('the page', () => {
  it('stays under 5 MB with 200 units in six conditions', () => {
    expect(Buffer.byteLength(page)).toBeLessThan(5e6)
  })

  it('stays under 5 MB with 10 seeds of 8 models that count in 2 languages', () => {
    expect(Buffer.byteLength(renderHtml(buildReport(countingInput({ models: 8, seeds: 10 }))))).toBeLessThan(5e6)
  }, SLOW)

  it('has the same bytes for the same input', () => {
    expect(renderHtml(buildReport(input))).toBe(page)
  })

  it('names nothing that a browser would fetch', () => {
    const markup = page.replace(/<script[^>]*>.*?<\/script>/gs, '')
    expect(markup).not.toMatch(/\b(src|href)="(?!#)/)
    expect(markup).not.toMatch(/url\(|@import/)
  })

  it('allows exactly the scripts that it carries', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)![1].replaceAll('&#39;', "'")
    const scripts = [...page.matchAll(/<script>(.*?)<\/script>/gs)].map(([, source]) => source)
    expect(scripts).toHaveLength(3)
    for (const source of scripts) {
      expect(policy).toContain(`'sha256-${createHash('sha256').update(source).digest('base64')}'`)
    }
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/script-src[^;]*'unsafe-inline'/)
  })

  it('carries every table byte for byte as in tables/*.csv, those of more than a thousand rows with fewer digits', () => {
    const expected = Object.fromEntries(tablesOf(input.results).map((table) => [table.name, toCsv(table)]))
    const carried = dataOf(page, 'tables')
    expect(Object.keys(carried).sort()).toEqual(Object.keys(expected).sort())
    const isLong = (csv: string) => csv.trimEnd().split('\n').length - 1 > 1000
    for (const [name, csv] of Object.entries(expected)) {
      if (!isLong(csv)) expect(carried[name] === csv, name).toBe(true)
    }
    const long = Object.keys(expected).filter((name) => isLong(expected[name]))
    expect(long).toEqual(['ablation-hidden'])
    const [whole, short] = [expected['ablation-hidden'], carried['ablation-hidden'] as string].map((csv) => Papa.parse<string[]>(csv).data)
    expect(short).toHaveLength(whole.length)
    const drop = whole[0].indexOf('drop')
    for (const [place, row] of whole.entries()) {
      if (place > 0 && row.length > 1) expect(Number(short[place][drop])).toBe(Number(Number(row[drop]).toPrecision(3)))
    }
  })

  it('links every entry of its contents to a part of the page', () => {
    const links = [...page.matchAll(/href="#([^"]+)"/g)].map(([, name]) => name)
    expect(links.length).toBeGreaterThan(8)
    for (const name of links) expect(page).toContain(`id="${name}"`)
  })
})

describe('hostile text', () => {
  const HOSTILE = `</script><script>alert("1")</script><img src=x onerror='alert(2)'> & "quotes" <!-- ünï 日本 😀`
  const hostile: ReportInput = {
    ...input,
    name: HOSTILE,
    question: HOSTILE,
    experiment: HOSTILE,
    environment: [{ name: HOSTILE, value: HOSTILE }],
    models: [{ ...input.models[0], name: HOSTILE }],
    results: input.results.map((result): AnalysisResult => {
      if (result.analysis === 'agreement') {
        const audit = [{ data: HOSTILE, task: HOSTILE, message: HOSTILE }]
        return { ...result, rows: result.rows.map((row) => ({ ...row, task: HOSTILE })), audit }
      }
      if (result.analysis === 'dynamics') {
        return { ...result, rows: result.rows.map((row) => ({ ...row, word: HOSTILE })) }
      }
      if (result.analysis !== 'text') return result
      const tokens = [HOSTILE, '\n', '"']
      const passage = { title: HOSTILE, tokens, values: [0.1, 0.2, 0.3], surprisals: [null, 1, 2] }
      return { ...result, texts: result.texts.map((text) => ({ ...text, unit: HOSTILE, passages: [passage] })) }
    }),
  }
  const attacked = renderHtml(buildReport(hostile))

  it('never becomes an element', () => {
    const count = (text: string, pattern: RegExp) => text.match(pattern)?.length
    expect(count(attacked, /<script/g)).toBe(count(page, /<script/g))
    expect(count(attacked, /<\/script/g)).toBe(count(page, /<\/script/g))
    expect(attacked).not.toContain('<img')
  })

  it('comes through unharmed where it is data', () => {
    const audit = Papa.parse<string[]>(dataOf(attacked, 'tables')['agreement-audit'] as string).data
    expect(audit[1]).toEqual([HOSTILE, HOSTILE, HOSTILE])
    expect(attacked).toContain('ünï 日本 😀')
  })
})

describe('a report without results', () => {
  it('is still a page that says so', () => {
    const empty = renderHtml(buildReport({ ...input, results: [] }))
    expect(empty).toContain('This experiment made no claim.')
  })
})
