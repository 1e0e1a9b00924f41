// When in training units come to tell the answers of probes: at the snapshots of each training, and at its end.

import { emergence } from '../../analysis/finder/emergence.ts'
import { UserError } from '../../core/errors.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'
import { heldOutPart, probesOf } from './find-units.ts'

export const runEmergence: AnalysisRunner<'emergence'> = async (section, context) => {
  const { engine, material, signal } = context
  const { sites, tokens, initial } = section
  const { end } = material.dataset.vocabulary
  const options = { sites, probes: await probesOf(section, material), mostTokens: tokens, initial, signal }
  const rows = await rowsOfEach(section, context, (subject) => {
    const snapshots = [...subject.snapshots().filter(({ share }) => share < 1), { share: 1, model: subject.model }]
    if (snapshots.length === 1) throw new UserError(needsSnapshots(section, subject.name))
    return emergence(engine, subject, snapshots, heldOutPart(material.dataset), end, options)
  })
  return [{ analysis: 'emergence', rows }]
}

function needsSnapshots({ analysis }: AnalysisNamed<'emergence'>, model: string): string {
  return `The analysis ${analysis} looks at a model on its way, and the training of ${model} kept none. Write snapshots: doubling.`
}
