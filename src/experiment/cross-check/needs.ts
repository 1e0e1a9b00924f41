// What an analysis needs of the data and of the training.

import type { Problem } from '../../core/errors.ts'
import { GRAMMAR_TASK } from '../../tasks/grammar-items.ts'
import { NATURAL_TASK } from '../../tasks/natural-items.ts'
import type { AnalysisKeys } from '../schema/analyses.ts'
import { isReference, type ModelSection } from '../schema/model.ts'
import { isGroup, sectionsOf, type Entry } from './entries.ts'

/** Sentences of Brown can only come from Brown, in words, and those of a grammar from one. */
export function sentenceProblems({ path, value }: Entry<AnalysisKeys>, experiment: unknown): Problem[] {
  const sections = sectionsOf(experiment)
  const problem = (message: string) => [{ path: `${path}.items`, message }]
  const lacks = (task: string, mayHave: (section: unknown) => boolean) =>
    (value.items?.includes(task) ?? false) && sections.length > 0 && !sections.some(mayHave)
  return [
    ...(lacks(NATURAL_TASK, mayHaveSentences)
      ? problem(`${NATURAL_TASK} takes sentences of the Brown corpus. Write data: { corpus: brown }, or leave it out.`)
      : []),
    ...(lacks(GRAMMAR_TASK, (section) => !isGroup(section) || 'grammar' in section)
      ? problem(`${GRAMMAR_TASK} takes sentences that a grammar draws. Write data: { grammar: FILE }, or leave it out.`)
      : []),
  ]
}

/** False where a section is surely no Brown corpus of words. */
function mayHaveSentences(section: unknown): boolean {
  return !isGroup(section) || ('corpus' in section && section['unit'] !== 'characters')
}

/** Snapshots can only be kept while a model is trained; a model from elsewhere may have some. */
export function emergenceProblems(
  { path, value }: Entry<AnalysisKeys>,
  experiment: unknown,
  models: readonly Entry<ModelSection>[],
): Problem[] {
  if (value.analysis !== 'emergence' || models.some((model) => isReference(model.value))) return []
  const training = isGroup(experiment) ? experiment['training'] : null
  const sections = isGroup(training) ? [training, ...Object.values(training)] : []
  if (sections.some((section) => isGroup(section) && 'snapshots' in section)) return []
  return [{ path, message: 'emergence looks at models on their way, and no training keeps any. Write snapshots: doubling in training.' }]
}
