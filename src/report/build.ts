// Results to a report: each section of the list is asked for its part; their claims become the findings on top.

import type { Finding, ReportDocument, ReportInput, Section } from './document.ts'
import { plural } from './format.ts'
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
    methods: [...methodsOf(input.results), ...(input.choices ? [describeChoices(input.choices)] : [])],
    experiment: input.experiment,
  }
}

function describeChoices({ choices, sha256 }: NonNullable<ReportInput['choices']>): string {
  return (
    `Units were chosen ${plural(choices, 'time')}, each time before they were looked at where they are judged: choices.json in the ` +
    `run directory was written then. Its SHA-256 is ${sha256}.`
  )
}

function findingsOf(section: Section): Finding[] {
  return [section.answer, ...section.remarks]
    .filter((verdict) => verdict.judgement !== 'description')
    .map((verdict) => ({ ...verdict, section: section.name }))
}
