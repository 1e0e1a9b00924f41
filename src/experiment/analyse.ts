// All analyses: every model is asked what the sections ask, and the answers of each section are put together, in the
// order of the plan. Small models are asked side by side, one process each with one thread, for what is asked of them
// is mostly statistics, which threads do not share; large ones in turn, each on all threads.

import { totalmem } from 'node:os'
import type { AnalysisResult } from '../analysis/results.ts'
import type { Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import { countParameters } from '../model/weights.ts'
import type { PreparedSection } from './analyses/index.ts'
import { askModel, type Answers } from './ask-model.ts'
import { askSideBySide } from './ask-side-by-side.ts'
import type { Choice, Choices } from './choices.ts'
import type { LoadedExperiment } from './config.ts'
import { modelsProgress } from './models-progress.ts'
import type { PlannedModel } from './plan.ts'
import type { Store, StoredModel } from './store.ts'
import { subjectOf } from './subject.ts'

export interface AnalyseOptions {
  readonly loaded: LoadedExperiment
  readonly engine: Engine
  readonly store: Store
  readonly threads: number
  /** processes are started for work of at least so many seconds; 10 by default */
  readonly processSeconds?: number
  readonly choices: Choices
  readonly log: Log
  readonly signal?: AbortSignal
}

/** Bytes that a process comes to take, as measured on number-units.yaml; all together take at most half of the memory. */
const OF_PROCESS = 1.5e9

/**
 * Weights of a large model. Those of number-units.yaml with 75,000 keep a second core busy a quarter of the time; a sweep and
 * classifiers of its one with 1,300,000 took no more of both cores than of one.
 */
const LARGE = 2_000_000

/** @param trained the models of the plan, in its order */
export async function analyse(
  planned: readonly PlannedModel[],
  trained: readonly StoredModel[],
  sections: readonly PreparedSection[],
  options: AnalyseOptions,
): Promise<AnalysisResult[]> {
  const { engine, store, threads, processSeconds = 10, choices, log, signal } = options
  const asked = planned.filter((plan) => sections.some(({ models }) => models.includes(plan)))
  const answers = new Map<PlannedModel, Answers>()
  const tell = modelsProgress('analyses', asked.length, log)
  const onChoice = (plan: PlannedModel, section: number, choice: Choice): void =>
    choices.freeze(choice, { section, model: planned.indexOf(plan) })

  const askHere = async (plan: PlannedModel): Promise<void> => {
    const subject = subjectOf(plan, trained[planned.indexOf(plan)], store)
    answers.set(plan, await askModel(subject, plan, sections, {
      engine, log, signal,
      tell: (share, note) => tell(plan, share, note),
      onChoice: (section, choice) => onChoice(plan, section, choice),
    }))
    tell(plan, 1)
  }

  const most = Math.min(threads, Math.floor(totalmem() / 2 / OF_PROCESS))
  const small = most > 1 ? asked.filter((plan) => isSmall(plan, engine)) : []
  const began = performance.now()
  let done = 0
  const paysTogether = (left: number): boolean => left > 1 && secondsFor(left, done, began) >= processSeconds
  while (done < small.length && !paysTogether(small.length - done)) await askHere(small[done++])
  // the largest first: the last one is asked while nothing else is left
  const together = small.slice(done).sort((a, b) => countParameters(b.config) - countParameters(a.config))
  if (together.length > 0) {
    const processes = Math.min(most, together.length)
    log.info(`Analysing ${together.length} small models, ${processes} side by side.`)
    const found = await askSideBySide(together, planned, { ...options, processes, tell, onChoice })
    for (const [plan, own] of found) answers.set(plan, own)
  }
  for (const plan of asked.filter((each) => !small.includes(each))) await askHere(plan)
  return sections.flatMap(({ models, combine }, place) => combine(models.map((plan) => answers.get(plan)!.get(place))))
}

/** TensorFlow.js has threads of its own. */
function isSmall({ config }: PlannedModel, engine: Engine): boolean {
  return engine.name === 'native' && countParameters(config) < LARGE
}

/** What the models that are left will take if they are like those that are done; 0 before there are any. */
function secondsFor(left: number, done: number, began: number): number {
  return done === 0 ? 0 : ((performance.now() - began) / 1000 / done) * left
}
