// When in training units come to tell the answers of probes: at the snapshots of each training, and at its end.

import { emergence } from '../../analysis/finder/emergence.ts'
import { UserError } from '../../core/errors.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { defineAnalysis } from './context.ts'
import { heldOutPart, probesOf } from './find-units.ts'

export const emergenceAnalysis = defineAnalysis({
  name: 'emergence',
  prepare: probesOf,
  async ask(subject, probes, { section, engine, material: { dataset }, signal }) {
    const { sites, tokens, initial } = section
    const snapshots = [...subject.snapshots().filter(({ share }) => share < 1), { share: 1, model: subject.model }]
    if (snapshots.length === 1) throw new UserError(needsSnapshots(section, subject.name))
    const options = { sites, probes, mostTokens: tokens, initial, signal }
    return emergence(engine, subject, snapshots, heldOutPart(dataset), dataset.vocabulary.end, options)
  },
  combine: (answers) => [{ analysis: 'emergence', rows: answers.flat() }],
})

function needsSnapshots({ analysis }: AnalysisNamed<'emergence'>, model: string): string {
  return `The analysis ${analysis} looks at a model on its way, and the training of ${model} kept none. Write snapshots: doubling.`
}
