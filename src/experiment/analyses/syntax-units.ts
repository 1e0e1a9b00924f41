// How many constituents are open, decoded from all units; those that stand out are what `syntax N` means further down.

import { depthPoints } from '../../analysis/syntax/depth-points.ts'
import { syntaxUnits } from '../../analysis/syntax/syntax-units.ts'
import { UserError } from '../../core/errors.ts'
import { Random } from '../../core/random.ts'
import type { Dataset, DatasetPart } from '../../data/dataset.ts'
import { namesOfChosen } from './chosen-units.ts'
import { defineAnalysis } from './context.ts'

export const syntaxUnitsAnalysis = defineAnalysis({
  name: 'syntax-units',
  prepare(_, { dataset }) {
    const part = heldOutSentences(dataset)
    depthPoints(part, new Random('check'))
    return part
  },
  async ask(subject, part, { section, engine, material, chosen, freeze, signal }) {
    const { site, bootstraps, initial, resamples } = section
    const { training } = material.dataset
    const units = section.units === undefined ? [] : namesOfChosen(section.units, subject, chosen)
    const options = { site, units, training, bootstraps, initial, resamples, signal }
    const found = await syntaxUnits(engine, subject, part, options)
    const outlying = found.units.filter(({ isSyntaxUnit }) => isSyntaxUnit).sort((a, b) => b.outlying - a.outlying)
    chosen.syntaxUnits = outlying.map(({ unit }) => unit)
    freeze({ units: outlying.map(({ unit, outlying: score, weight }) => ({ unit, for: 'open nodes', score, sign: weight < 0 ? -1 : 1 })) })
    return found
  },
  combine: (answers) => [
    {
      analysis: 'syntax-units',
      fits: answers.flatMap(({ fits }) => fits),
      units: answers.flatMap(({ units }) => units),
      links: answers.flatMap(({ links }) => links),
      linkSets: answers.flatMap(({ linkSets }) => linkSets),
      traces: answers.flatMap(({ traces }) => traces),
    },
  ],
})

/** Sentences that no model was trained on. @throws UserError where there are none */
function heldOutSentences({ test, validation }: Dataset): DatasetPart {
  const part = test.tokens.length > 0 ? test : validation
  if (part.tokens.length > 0) return part
  throw new UserError('Open nodes are told in sentences that training did not see, and none is held out: write test: 0.1 in data.')
}
