// What an analysis is made of: what it looks at, what it asks of one model, and what follows from the answers of all.

import type { UnitsChosen } from '../../analysis/chosen-unit.ts'
import type { AnalysisResult } from '../../analysis/results.ts'
import type { AnalysedModel } from '../../analysis/subject.ts'
import type { Log } from '../../core/log.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import { kindOf, type ModelConfig } from '../../model/config.ts'
import type { Model } from '../../model/model.ts'
import { kindFor, readersOf, type Analysis, type AnalysisNamed } from '../schema/analyses.ts'
import type { Material } from './material.ts'

/** A model that is looked at, which knows what those of the same make on other data are called, too. */
export interface Subject extends AnalysedModel {
  /** the name without that of its data */
  readonly entry: string
  /** the units that count by design, where the weights were set by hand; null where they were trained */
  readonly planted: readonly string[] | null
  /** reads the weights that its training kept on the way, first to last, each after a share of all updates */
  snapshots(): readonly { readonly share: number; readonly model: Model }[]
}

/**
 * One kind of section of `analyses:`. The models of one dataset, every seed, are asked one by one, in one process or in
 * several; so an answer is data that can be sent (structured clone), and depends on its model alone.
 */
export interface AnalysisDefinition<Name extends Analysis['analysis'], Prepared = unknown, Answer = unknown> {
  readonly name: Name
  /** Those of a section's models that are asked; all of them by default. */
  among?<Some extends SeedOfEntry>(models: readonly Some[]): readonly Some[]
  /**
   * What all are asked about, made once and before anything is trained.
   * @throws UserError where it cannot be made
   */
  prepare(section: AnalysisNamed<Name>, material: Material): Prepared | Promise<Prepared>
  ask(subject: Subject, prepared: Prepared, context: AnalysisContext<Name>): Promise<Answer>
  /** @param answers of all models, in the order of the plan */
  combine(answers: readonly Answer[], prepared: Prepared, context: SectionContext<Name>): readonly AnalysisResult[]
}

/** What a section is given when its answers are put together. */
export interface SectionContext<Name extends Analysis['analysis']> {
  readonly section: AnalysisNamed<Name>
  readonly material: Material
}

/** What a section is given for one model. */
export interface AskContext {
  readonly engine: Engine
  /** what the sections above chose in this model; those that choose write into it */
  readonly chosen: ChosenAbove
  /** writes down what the section chose, before it looks at anything else */
  freeze(chosen: UnitsChosen): void
  readonly log: Log
  readonly signal?: AbortSignal
}

export interface AnalysisContext<Name extends Analysis['analysis']> extends SectionContext<Name>, AskContext {}

/** Units that sections chose in one model. */
export interface ChosenAbove {
  /** those that the last ablation sweep put on top, best first */
  topUnits?: readonly string[]
  /** syntax units of the last syntax-units, the most outlying first */
  syntaxUnits?: readonly string[]
  /** what the find-units so far found, by probe; null where the probe could not be asked of the text */
  readonly best: Map<string, string | null>
  typical?: string
}

/** Checks that the three steps of an analysis fit together. */
export function defineAnalysis<Name extends Analysis['analysis'], Prepared, Answer>(
  definition: AnalysisDefinition<Name, Prepared, Answer>,
): AnalysisDefinition<Name, Prepared, Answer> {
  return definition
}

interface Trained {
  readonly config: ModelConfig
  readonly dataset: Dataset
}

/** The models that a section is about: all that read what it can look at, where it names none. */
export function subjectsOf<Some extends Pick<Subject, 'name' | 'entry'> & Trained>(
  section: Analysis,
  subjects: readonly Some[],
): readonly Some[] {
  const { models } = section
  const readers = readersOf(section)
  return subjects
    .filter(({ config }) => kindOf(config) === kindFor(section))
    .filter(({ name, entry }) => models === undefined || models.includes(name) || models.includes(entry))
    .filter(({ dataset }) => readers === 'both' || readers === (dataset.language === null ? 'text' : 'languages'))
}

type SeedOfEntry = Pick<Subject, 'entry' | 'seed'>

/** Of each model the first seed, for pictures of which one is enough. */
export function ofFirstSeeds<Some extends SeedOfEntry>(models: readonly Some[]): readonly Some[] {
  return models.filter(({ entry, seed }) => seed === models.find((other) => other.entry === entry)!.seed)
}
