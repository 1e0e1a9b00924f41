// The report as data. Analyses become sections, sections become HTML or figures; nothing here draws or writes.

import type { TopLevelSpec } from 'vega-lite'
import type { ColoredText, AnalysisResult } from '../analysis/results.ts'
import type { Row, Table } from '../core/rows.ts'
import type { Cell } from '../model/config.ts'

/** What a report is made from. */
export interface ReportInput {
  readonly name: string
  /** what the experiment asks: its `question`, or the first comment of its YAML */
  readonly question: string
  readonly results: readonly AnalysisResult[]
  readonly models: readonly ModelSummary[]
  /** how often units were chosen before they were judged, and the SHA-256 of the file that holds the choices */
  readonly choices?: { readonly choices: number; readonly sha256: string } | null
  /** the experiment's YAML with every default filled in */
  readonly experiment: string
  /** versions, engine, threads, processor, times, in the order in which they are shown */
  readonly environment: readonly Fact[]
}

export interface ModelSummary {
  readonly name: string
  readonly cell: Cell
  /** the cell with what it can be: `GRU, reset after` */
  readonly variant: string
  readonly layers: number
  readonly units: number
  readonly parameters: number
  readonly seeds: readonly number[]
  /** of a model that another program has trained: its file */
  readonly imported?: { readonly file: string; readonly sha256: string; readonly layout: string }
}

export interface Fact {
  readonly name: string
  readonly value: string
}

/** A sentence that a rule of verdicts/ wrote, and what it says: a claim; part of the evidence for one; its denial; that
 *  the data cannot decide; or a description that claims nothing. */
export interface Verdict {
  readonly judgement: Judgement
  readonly sentence: string
}

export type Judgement = 'found' | 'candidate' | 'not found' | 'cannot tell' | 'description'

export interface ReportDocument {
  readonly name: string
  readonly question: string
  /** every claim of the sections, in their order */
  readonly findings: readonly Finding[]
  readonly sections: readonly Section[]
  readonly models: readonly ModelSummary[]
  readonly environment: readonly Fact[]
  /** paragraphs that hold for every section */
  readonly methods: readonly string[]
  readonly experiment: string
}

/** A claim and the section that makes it. */
export interface Finding extends Verdict {
  readonly section: string
}

export interface Section {
  /** kebab-case; the anchor, and the start of the names of its figures */
  readonly name: string
  /** two or three words, for the table of contents */
  readonly title: string
  readonly question: string
  readonly answer: Verdict
  /** further sentences, such as a failure that the answer leaves out */
  readonly remarks: readonly Verdict[]
  readonly blocks: readonly Block[]
  /** two sentences: what was measured and how */
  readonly method: string
}

export type Block =
  /** one chart, or several of the same make beside each other, three in a row if `small`; each carries its baseline */
  | { readonly kind: 'charts'; readonly caption: string; readonly charts: readonly Chart[]; readonly small?: boolean }
  /** `shown` are the rows that stand in the page (all by default); the CSV holds every row; a long table starts
   *  closed unless it is `open` */
  | { readonly kind: 'table'; readonly table: Table; readonly shown?: readonly Row[]; readonly open?: boolean }
  /** the same passages in the colours of several units */
  | { readonly kind: 'colored-text'; readonly texts: readonly ColoredText[] }
  | { readonly kind: 'paragraph'; readonly text: string }

export interface Chart {
  /** kebab-case, unique in its section */
  readonly name: string
  readonly title: string
  /** what a reader who cannot see the chart should know */
  readonly description: string
  readonly spec: TopLevelSpec
}

/** One kind of section: from all results to its section, or null where the experiment has no such result. */
export interface SectionBuilder {
  readonly name: string
  build(input: ReportInput): Section | null
}

export function chartId(section: Section, chart: Chart): string {
  return `${section.name}-${chart.name}`
}

/** Every chart of a document; its id is its place in the page and the name of its figure's file. */
export function chartsOf(document: ReportDocument): { readonly id: string; readonly chart: Chart }[] {
  return document.sections.flatMap((section) =>
    section.blocks.flatMap((block) =>
      block.kind === 'charts' ? block.charts.map((chart) => ({ id: chartId(section, chart), chart })) : [],
    ),
  )
}
