import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { buildReport } from '../../src/report/build.ts'
import { renderFigures } from '../../src/report/figures.ts'
import { input } from './fixture.ts'

const document = buildReport({ ...input, results: input.results.filter(({ analysis }) => analysis === 'perplexity') })
const folder = mkdtempSync(join(tmpdir(), 'figures-'))

afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('figures', () => {
  it('are SVG files named after their section and chart, with their numbers in them', async () => {
    const paths = await renderFigures(document, 'svg', folder)
    expect(paths).toEqual([join(folder, 'perplexity-perplexity.svg')])
    const svg = readFileSync(paths[0], 'utf8')
    expect(svg).toMatch(/^<svg /)
    for (const text of ['>87<', '>123<', '>608<', 'perplexity, logarithmic']) expect(svg).toContain(text)
  })

  it('ask for a browser in one sentence where PNG is wanted and there is none', async () => {
    vi.stubEnv('PROBE_CHROMIUM', '/no/such/browser')
    await expect(renderFigures(document, 'png', folder)).rejects.toThrow(
      /PNG figures need a Chromium browser, and there is none at \/no\/such\/browser.*or write SVG figures\.$/,
    )
    expect(() => readdirSync(folder)).toThrow()
  })
})
