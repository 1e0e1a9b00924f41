// All analyses: every model is asked what the sections ask, and the answers of each section are put together, in the
// order of the plan.

import type { AnalysisResult } from '../analysis/results.ts'
import type { Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import type { PreparedSection } from './analyses/index.ts'
import { askModel, type Answers } from './ask-model.ts'
import type { Choices } from './choices.ts'
import { modelsProgress } from './models-progress.ts'
import type { PlannedModel } from './plan.ts'
import type { Store, StoredModel } from './store.ts'
import { subjectOf } from './subject.ts'

export interface AnalyseOptions {
  readonly engine: Engine
  readonly store: Store
  readonly choices: Choices
  readonly log: Log
  readonly signal?: AbortSignal
}

/** @param trained the models of the plan, in its order */
export async function analyse(
  planned: readonly PlannedModel[],
  trained: readonly StoredModel[],
  sections: readonly PreparedSection[],
  { engine, store, choices, log, signal }: AnalyseOptions,
): Promise<AnalysisResult[]> {
  const asked = planned.filter((plan) => sections.some(({ models }) => models.includes(plan)))
  const answers = new Map<PlannedModel, Answers>()
  const tell = modelsProgress('analyses', asked.length, log)
  for (const plan of asked) {
    const model = planned.indexOf(plan)
    answers.set(plan, await askModel(subjectOf(plan, trained[model], store), plan, sections, {
      engine, log, signal,
      tell: (share, note) => tell(plan, share, note),
      onChoice: (section, choice) => choices.freeze(choice, { section, model }),
    }))
    tell(plan, 1)
  }
  return sections.flatMap(({ models, combine }, place) => combine(models.map((plan) => answers.get(plan)!.get(place))))
}
