// What the analysis of an experiment is given: the trained models, the material, and what analyses above it chose.

import type { ChosenUnit } from '../../analysis/chosen-unit.ts'
import type { AnalysisResult } from '../../analysis/results.ts'
import type { AnalysedModel } from '../../analysis/subject.ts'
import type { ColoringUnit } from '../../analysis/text.ts'
import { UserError } from '../../core/errors.ts'
import type { Log } from '../../core/log.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import { kindOf, type ModelConfig } from '../../model/config.ts'
import type { Model } from '../../model/model.ts'
import type { Choices } from '../choices.ts'
import { kindFor, readersOf, type Analysis, type AnalysisNamed } from '../schema/analyses.ts'
import { choicesOf, type UnitChoice } from '../schema/units.ts'
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

export interface AnalysisContext {
  readonly engine: Engine
  /** the models that the section is about, all trained on the same data, every seed, in the order of the plan */
  readonly subjects: readonly Subject[]
  readonly material: Material
  /** units that the last ablation sweep put on top, best first, by `subjectKey` */
  readonly topUnits: Map<string, readonly string[]>
  /** syntax units of the last syntax-units, the most outlying first, by `subjectKey` */
  readonly syntaxUnits: Map<string, readonly string[]>
  /** what the find-units so far found, by `subjectKey` */
  readonly foundUnits: Map<string, FoundChoices>
  readonly choices: Choices
  readonly log: Log
  readonly signal?: AbortSignal
}

/** Units that a find-units chose in one model. */
export interface FoundChoices {
  /** by probe; null where the probe could not be asked of the text */
  readonly best: ReadonlyMap<string, string | null>
  readonly typical: string
}

/** Does what one section of `analyses:` asks for. */
export type AnalysisRunner<Name extends Analysis['analysis']> = (
  section: AnalysisNamed<Name>,
  context: AnalysisContext,
) => Promise<readonly AnalysisResult[]>

export function subjectKey({ name, seed }: Pick<AnalysedModel, 'name' | 'seed'>): string {
  return `${name}/${seed}`
}

/** Writes down what a section chose in a model. */
export function freeze(
  { choices }: AnalysisContext,
  { analysis }: Analysis,
  { name, seed }: AnalysedModel,
  units: readonly ChosenUnit[],
): void {
  choices.freeze({ analysis, model: name, seed, units })
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

/** Of each model the first seed, for pictures of which one is enough. */
export function ofFirstSeeds(subjects: readonly Subject[]): Subject[] {
  return subjects.filter(({ entry, seed }) => seed === subjects.find((other) => other.entry === entry)!.seed)
}

/** Rows of every model, in one list. Says how far it is. */
export async function rowsOfEach<Row>(
  section: Analysis,
  context: AnalysisContext,
  rowsOf: (subject: Subject) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const { subjects } = context
  const rows: Row[] = []
  for (const [done, subject] of subjects.entries()) {
    context.signal?.throwIfAborted()
    const note = subjectKey(subject)
    context.log.progress({ stage: section.analysis, done, total: subjects.length, unit: 'models', note })
    rows.push(...(await rowsOf(subject)))
  }
  return rows
}

/** The units that `units:` means for a model; none for a probe that could not be asked, as the audit of find-units says. */
export function chosenUnits(choice: UnitChoice, subject: AnalysedModel, context: AnalysisContext): readonly ColoringUnit[] {
  const key = subjectKey(subject)
  const found = context.foundUnits.get(key)
  return choicesOf(choice).flatMap((one): readonly ColoringUnit[] => {
    switch (one.kind) {
      case 'unit':
        return [{ unit: one.unit, note: '' }]
      case 'top':
        return known(context.topUnits.get(key), `top ${one.count}`, 'ablation-sweep')
          .slice(0, one.count)
          .map((unit, rank) => ({ unit, note: `${rank + 1} in the ablation sweep` }))
      case 'syntax':
        return known(context.syntaxUnits.get(key), `syntax ${one.count}`, 'syntax-units')
          .slice(0, one.count)
          .map((unit, rank) => ({ unit, note: `${rank + 1} of the syntax units` }))
      case 'best': {
        const { probe } = one
        const note = `best for ${probe}`
        const unit = known(found?.best.get(probe), note, `find-units with the probe ${probe}`)
        return unit === null ? [] : [{ unit, note }]
      }
      case 'typical':
        return [{ unit: known(found?.typical, 'typical', 'find-units'), note: 'typical' }]
    }
  })

  function known<T>(units: T | undefined, given: string, above: string): T {
    if (units !== undefined) return units
    throw new UserError(`"${given}": no ${above} above looked at the model ${subject.name}.`)
  }
}
