// What a run found, as sentences for the terminal.

import type { ReportDocument, Verdict } from '../report/document.ts'
import { paint } from './terminal.ts'

const MARKS = { 'found': '✔', 'candidate': '?', 'not found': '✖', 'cannot tell': '?', 'description': '·' } as const

/** The claims of a report, or what it describes where it claims nothing. */
export function findingsText({ name, question, sections, findings }: ReportDocument): string {
  const sentences = findings.length > 0 ? findings : sections.map((section) => section.answer)
  const title = question === '' ? name : `${name}: ${question}`
  return [paint('bold', title), ...sentences.map((verdict) => `${mark(verdict)} ${verdict.sentence}`)].join('\n')
}

function mark({ judgement }: Verdict): string {
  return paint(judgement === 'found' ? 'green' : 'dim', MARKS[judgement])
}
