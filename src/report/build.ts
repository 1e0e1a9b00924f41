// Results to a report: each section of the list is asked for its part; their claims become the findings on top.

import type { Finding, ReportDocument, ReportInput, Section } from './document.ts'
import { methodsOf } from './methods.ts'
import { SECTIONS } from './sections/index.ts'

/** The report of an experiment, in the order of SECTIONS. Pure: the same input gives the same document. */
export function buildReport(input: ReportInput): ReportDocument {
  const built = SECTIONS.map((builder) => builder.build(input))
  const sections = built.filter((section): section is Section => section !== null)
  return {
    name: input.name,
    question: input.question,
    findings: sections.flatMap(findingsOf),
    sections,
    models: input.models,
    environment: input.environment,
    methods: methodsOf(input.results),
    experiment: input.experiment,
  }
}

function findingsOf(section: Section): Finding[] {
  return [section.answer, ...section.remarks]
    .filter((verdict) => verdict.judgement !== 'description')
    .map((verdict) => ({ ...verdict, section: section.name }))
}
