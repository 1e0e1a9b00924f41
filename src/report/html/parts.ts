// The parts of a page, top to bottom: header, contents, findings, sections, appendix.

import {
  chartId, type Block, type Chart, type Fact, type Finding, type Judgement, type ModelSummary, type ReportDocument,
  type Section, type Verdict,
} from '../document.ts'
import { count, plural } from '../format.ts'
import { coloredTextMarkup } from './colored-text.ts'
import { html, type Markup } from './markup.ts'
import { tableMarkup } from './table.ts'

export function headerMarkup(document: ReportDocument): Markup {
  return html`<header>
<p class="name">${document.name}</p>
<h1>${document.question || document.name}</h1>
<p class="models">${document.models.map((model) => html`<span>${modelText(model)}</span> `)}</p>
</header>`
}

function modelText({ name, cell, layers, units, parameters, seeds, imported }: ModelSummary): string {
  const size = `${plural(layers, 'layer')} of ${count(units)} units, ${count(parameters)} parameters`
  const trained = seeds.length === 1 ? `seed ${seeds[0]}` : `${seeds.length} seeds`
  const origin = imported ? `imported from ${imported.file} (SHA-256 ${imported.sha256.slice(0, 12)}…)` : trained
  return `${name}: ${cell.toUpperCase()}, ${size}, ${origin}`
}

export function navigationMarkup(document: ReportDocument): Markup {
  const link = (name: string, title: string) => html`<li><a href="#${name}">${title}</a></li>\n`
  const links = [
    link('findings', 'Findings'),
    ...document.sections.map((section) => link(section.name, section.title)),
    link('methods', 'Methods'),
    link('experiment', 'Experiment'),
  ]
  return html`<nav aria-label="Contents"><ol>
${links}</ol></nav>`
}

export function findingsMarkup(document: ReportDocument): Markup {
  if (document.findings.length === 0) {
    return html`<section id="findings"><h2>Findings</h2><p>This experiment made no claim.</p></section>`
  }
  const titles = new Map(document.sections.map((section) => [section.name, section.title]))
  return html`<section id="findings">
<h2>Findings</h2>
<ul class="findings">
${document.findings.map((finding) => findingMarkup(finding, titles.get(finding.section)!))}</ul>
</section>`
}

function findingMarkup({ judgement, sentence: text, section }: Finding, title: string): Markup {
  return html`<li>${tag(judgement)}<p>${sentence(text)} <a class="to" href="#${section}">${title}</a></p></li>\n`
}

export function sectionMarkup(section: Section): Markup {
  return html`<section id="${section.name}">
<h2>${section.question}</h2>
${verdictMarkup(section.answer, 'answer')}
${section.remarks.map((remark) => verdictMarkup(remark, 'remark'))}
${section.blocks.map((block) => blockMarkup(block, section))}
<p class="method"><b>How.</b> ${prose(section.method)}</p>
</section>
`
}

function verdictMarkup(verdict: Verdict, name: string): Markup {
  return html`<div class="${name}">${tag(verdict.judgement)}<p>${sentence(verdict.sentence)}</p></div>`
}

/** The judgement in words; a description has none. */
function tag(judgement: Judgement): Markup | null {
  if (judgement === 'description') return null
  return html`<span class="tag ${judgement.replace(' ', '-')}">${judgement}</span>`
}

/** The basis in a sentence's last brackets is set smaller; names of units look like code. */
function sentence(text: string): Markup {
  const [, claim, basis, end] = /^(.*?)( \([^()]*\))?(\.?)$/s.exec(text)!
  const tail = basis ? html`<span class="basis">${prose(basis)}</span>` : null
  return html`${withUnits(prose(claim))}${tail}${end}`
}

/** Numbers stay on one line with what belongs to them. */
function prose(text: string): string {
  return text
    .replace(/(\d) %/g, '$1\u00a0%')
    .replace(/\b([npq]) (=|<) (?=\d)/g, '$1\u00a0$2\u00a0')
    .replace(/\[(\S+), (\S+)\]/g, '[$1,\u00a0$2]')
    .replace(/\bseed (?=\d)/g, 'seed\u00a0')
}

const UNIT = /(\b(?:\w+\.)?\d+\.(?:[a-z]+\.)?\d+\b)/

function withUnits(text: string): Markup[] {
  const isUnit = (part: string, index: number) => index % 2 === 1 && /[a-z]/.test(part)
  return text.split(UNIT).map((part, index) => (isUnit(part, index) ? html`<code>${part}</code>` : html`${part}`))
}

function blockMarkup(block: Block, section: Section): Markup {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${block.text}</p>\n`
    case 'table':
      return html`${tableMarkup(block.table, block.shown, block.open)}\n`
    case 'colored-text':
      return html`${coloredTextMarkup(block.texts)}\n`
    case 'charts':
      return chartsMarkup(block, section)
  }
}

function chartsMarkup(block: Extract<Block, { kind: 'charts' }>, section: Section): Markup {
  return html`<figure class="charts${block.charts.length > 1 ? ' several' : ''}${block.small ? ' small' : ''}">
<div class="grid">
${block.charts.map((chart) => chartMarkup(chart, chartId(section, chart)))}</div>
<figcaption>${prose(block.caption)}</figcaption>
</figure>
`
}

function chartMarkup(chart: Chart, id: string): Markup {
  const label = `${chart.title}. ${chart.description}`
  return html`<div class="chart"><h3>${chart.title}</h3>
<div class="view" id="${id}" style="min-height:${reservedHeight(chart)}px" role="img" aria-label="${label}">
</div></div>
`
}

/** Room for axes and legend, so that the text below does not jump when the chart appears. */
function reservedHeight({ spec }: Chart): number {
  return 70 + ('height' in spec && typeof spec.height === 'number' ? spec.height : 200)
}

export function appendixMarkup(document: ReportDocument): Markup {
  return html`<section id="methods">
<h2>Methods</h2>
${document.methods.map((paragraph) => html`<p>${prose(paragraph)}</p>\n`)}</section>
<section id="experiment">
<h2>Experiment</h2>
<p>Run again, this file gives the same numbers. Every default is filled in.</p>
<details class="source"><summary>${document.name}.yaml</summary><pre tabindex="0">${document.experiment}</pre></details>
<details class="source"><summary>Environment</summary>
<dl>${document.environment.map(factMarkup)}</dl></details>
</section>`
}

function factMarkup({ name, value }: Fact): Markup {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`
}
