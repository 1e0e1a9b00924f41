// How many constituents are open, decoded from all units; those that stand out are what `syntax N` means further down.

import { syntaxUnits } from '../../analysis/syntax/syntax-units.ts'
import type { DepthFitRow, DepthTraceRow, SyntaxLinkRow, SyntaxLinkSetRow } from '../../analysis/results.ts'
import { UserError } from '../../core/errors.ts'
import type { Dataset, DatasetPart } from '../../data/dataset.ts'
import { chosenUnits, freeze, rowsOfEach, subjectKey, type AnalysisRunner } from './context.ts'

export const runSyntaxUnits: AnalysisRunner<'syntax-units'> = async (section, context) => {
  const { engine, material, signal } = context
  const { site, bootstraps, initial, resamples } = section
  const { training } = material.dataset
  const part = heldOutSentences(material.dataset)
  const fits: DepthFitRow[] = []
  const links: SyntaxLinkRow[] = []
  const linkSets: SyntaxLinkSetRow[] = []
  const traces: DepthTraceRow[] = []
  const units = await rowsOfEach(section, context, async (subject) => {
    const numberUnits = section.units === undefined ? [] : chosenUnits(section.units, subject, context).map(({ unit }) => unit)
    const found = await syntaxUnits(engine, subject, part, { site, units: numberUnits, training, bootstraps, initial, resamples, signal })
    const chosen = found.units.filter(({ isSyntaxUnit }) => isSyntaxUnit).sort((a, b) => b.outlying - a.outlying)
    context.syntaxUnits.set(subjectKey(subject), chosen.map(({ unit }) => unit))
    freeze(context, section, subject, chosen.map(({ unit, outlying }) => ({ unit, for: 'open nodes', score: outlying })))
    fits.push(...found.fits)
    links.push(...found.links)
    linkSets.push(...found.linkSets)
    traces.push(...found.traces)
    return found.units
  })
  return [{ analysis: 'syntax-units', fits, units, links, linkSets, traces }]
}

/** Sentences that no model was trained on. @throws UserError where there are none */
export function heldOutSentences({ test, validation }: Dataset): DatasetPart {
  const part = test.tokens.length > 0 ? test : validation
  if (part.tokens.length > 0) return part
  throw new UserError('Open nodes are told in sentences that training did not see, and none is held out: write test: 0.1 in data.')
}
