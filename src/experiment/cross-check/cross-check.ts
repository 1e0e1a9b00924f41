// What one section alone cannot tell: names that must be known elsewhere, sites that a cell does not have. Looks at
// all that is right in an entry, whatever else is wrong with it, so that these problems are reported together with all others.

import type { Problem } from '../../core/errors.ts'
import { rightKeys } from '../schema/analyses.ts'
import { analysisProblems } from './analyses.ts'
import { dataNames, entries, isGroup } from './entries.ts'
import { modelProblems, rightModel } from './models.ts'
import { emergenceProblems, sentenceProblems } from './needs.ts'
import { orderProblems } from './order.ts'
import { missingData, readingProblems, trainingProblems } from './training.ts'

/** Problems between the sections of an experiment that may have other problems, too. */
export function crossCheck(experiment: unknown): Problem[] {
  const models = entries(experiment, 'models', rightModel)
  const data = dataNames(experiment)
  const analyses = entries(experiment, 'analyses', rightKeys)
  return [
    ...missingData(experiment, models),
    ...modelProblems(models, data),
    ...trainingProblems(experiment, data),
    ...readingProblems(experiment, models, data),
    ...analyses.flatMap((analysis, index) => [
      ...analysisProblems(analysis, models, namesOf(experiment, data)),
      ...sentenceProblems(analysis, experiment),
      ...emergenceProblems(analysis, experiment, models),
      ...orderProblems(analysis, analyses.slice(0, index)),
    ]),
  ]
}

/** What analyses can call models, of those with other problems, too: an entry, or what it is on one of several data. */
function namesOf(experiment: unknown, data: readonly string[]): string[] {
  const names = entries(experiment, 'models', (value) => {
    return isGroup(value) && typeof value['name'] === 'string' ? value['name'] : null
  }).map(({ value }) => value)
  return [...names, ...names.flatMap((name) => data.map((section) => `${name}-${section}`))]
}
