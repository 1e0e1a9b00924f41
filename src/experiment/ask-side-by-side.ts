// Models asked side by side. What a section chooses is told the moment it has chosen; answers come all together.

import type { Answers } from './ask-model.ts'
import type { Choice } from './choices.ts'
import type { LoadedExperiment } from './config.ts'
import type { TellShare } from './models-progress.ts'
import type { PlannedModel } from './plan.ts'
import { workSideBySide } from './side-by-side.ts'
import type { Store } from './store.ts'

export interface AskSideBySideOptions {
  readonly loaded: LoadedExperiment
  readonly store: Store
  readonly processes: number
  readonly tell: TellShare
  readonly onChoice: (model: PlannedModel, section: number, choice: Choice) => void
  readonly signal?: AbortSignal
}

/**
 * @param wanted some of the plan
 * @param planned the whole plan
 * @returns the answers of each
 * @throws as `workSideBySide`
 */
export async function askSideBySide(
  wanted: readonly PlannedModel[],
  planned: readonly PlannedModel[],
  { loaded, store, processes, tell, onChoice, signal }: AskSideBySideOptions,
): Promise<Map<PlannedModel, Answers>> {
  const answers = new Map<PlannedModel, Answers>()
  await workSideBySide(wanted, {
    task: { loaded, store: store.directory, work: { kind: 'analyse' } },
    planned,
    processes,
    signal,
    onNews(model, news) {
      if (news.kind === 'progress') tell(model, news.share, news.note)
      else if (news.kind === 'choice') onChoice(model, news.section, news.choice)
    },
    onDone(model, answer) {
      answers.set(model, answer as Answers)
      tell(model, 1)
    },
  })
  return answers
}
