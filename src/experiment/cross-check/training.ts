// Text to train on, and trainings that fit the models.

import { notOneOf, type Problem } from '../../core/errors.ts'
import { isImported, isReference, kindOfSection, type ModelSection } from '../schema/model.ts'
import { isGroup, sectionsOf, type Entry } from './entries.ts'

/** Nothing to train on. */
export function missingData(experiment: unknown, models: readonly Entry<ModelSection>[]): Problem[] {
  const needing = models.filter(({ value }) => !isReference(value) || isImported(value))
  if (sectionsOf(experiment).length > 0 || needing.length === 0) return []
  const isAsked = needing.every(({ value }) => isReference(value))
  const why = 'is missing: an imported model is asked about a text, such as { corpus: brown, test: 0.2 }, in its own vocabulary.'
  return [{ path: 'data', message: isAsked ? why : 'is missing.' }]
}

/** Trainings by name that have no data. */
export function trainingProblems(experiment: unknown, data: readonly string[]): Problem[] {
  const training = isGroup(experiment) ? experiment['training'] : null
  if (!isGroup(training) || !Object.keys(training).some((name) => data.includes(name))) return []
  return Object.keys(training)
    .filter((name) => !data.includes(name))
    .map((name) => ({ path: `training.${name}`, message: notOneOf(name, 'data section', 'data sections', data) }))
}

/** Taggers, and what reads from both ends, read sentences whole: updates on drawn sentences, not epochs of a running text. */
export function readingProblems(experiment: unknown, models: readonly Entry<ModelSection>[], data: readonly string[]): Problem[] {
  const ofSentences = models.filter(({ value }) => ['tagger', 'pair'].includes(kindOfSection(value) ?? ''))
  if (!isGroup(experiment) || ofSentences.length === 0) return []
  const { training } = experiment
  const byName = isGroup(training) && Object.keys(training).some((name) => data.includes(name))
  const names = ofSentences.flatMap(({ value }) => value.data ?? data)
  const sections = byName
    ? [...new Set(names)].map((name) => [`training.${name}`, training[name]] as const)
    : [['training', training] as const]
  return sections
    .filter(([, section]) => !(isGroup(section) && 'updates' in section))
    .map(([path]) => {
      const { name } = ofSentences[0].value
      return { path, message: `${name} reads whole sentences, drawn at random: write updates: 4000, and no epochs.` }
    })
}
