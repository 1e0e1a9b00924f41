// A report as one HTML file that opens anywhere, offline: style, script, Vega's runtime, charts and tables are all
// inside. A content security policy forbids every connection and every script but ours. The same document gives the
// same bytes.

import { createHash } from 'node:crypto'
import { compileChart } from './charts/compile.ts'
import { chartsOf, type Block, type ReportDocument } from './document.ts'
import { readAssets } from './html/assets.ts'
import { coloredTextData, colorRules, type TextData } from './html/colored-text.ts'
import { html, packedData, trusted } from './html/markup.ts'
import { carriedCsv } from './html/table.ts'
import { appendixMarkup, findingsMarkup, headerMarkup, navigationMarkup, sectionMarkup } from './html/parts.ts'

/** The whole page. */
export function renderHtml(document: ReportDocument): string {
  const assets = readAssets()
  const scripts = [assets.vega, ...assets.scripts].map(scriptSource)
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${document.name}: ${document.question}</title>
<style>${trusted(assets.style + colorRules())}</style>
</head>
<body>
<a class="skip" href="#findings">Skip to the findings</a>
${headerMarkup(document)}
<div class="page">
${navigationMarkup(document)}
<main>
<noscript><p class="notice">Charts, the choice of a unit for coloured text and the buttons that save tables need JavaScript,
which is switched off here. Sentences and tables are complete without it.</p></noscript>
${findingsMarkup(document)}
${document.sections.map(sectionMarkup)}
${appendixMarkup(document)}
</main>
</div>
<div id="tip" role="status" hidden></div>
<script type="text/plain" id="charts">${packedData(compiledCharts(document))}</script>
<script type="text/plain" id="texts">${packedData(coloredTexts(document))}</script>
<script type="text/plain" id="tables">${packedData(csvTables(document))}</script>
${scripts.map((source) => html`<script>${trusted(source)}</script>\n`)}</body>
</html>
`
  return page.source
}

/** Scripts run only if their hash is listed; Vega compiles expressions at run time, which needs `unsafe-eval`. */
function policy(scripts: readonly string[]): string {
  const hashes = scripts.map((source) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`)
  return [
    "default-src 'none'",
    `script-src ${hashes.join(' ')} 'unsafe-eval'`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** Nothing inside a script may look like its end. */
function scriptSource(source: string): string {
  return source.replaceAll('</script', '<\\/script')
}

/** Vega specs by the id of their place in the page. */
function compiledCharts(document: ReportDocument): Record<string, unknown> {
  return Object.fromEntries(chartsOf(document).map(({ id, chart }) => [id, compileChart(chart.spec)]))
}

/** What colours the text of each figure, in their order. */
function coloredTexts(document: ReportDocument): TextData[] {
  return blocksOf(document).flatMap((block) => (block.kind === 'colored-text' ? [coloredTextData(block.texts)] : []))
}

function csvTables(document: ReportDocument): Record<string, string> {
  return Object.fromEntries(
    blocksOf(document).flatMap((block) => (block.kind === 'table' ? [[block.table.name, carriedCsv(block.table)]] : [])),
  )
}

function blocksOf({ sections }: ReportDocument): Block[] {
  return sections.flatMap(({ blocks }) => blocks)
}
