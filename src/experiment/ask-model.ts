// Everything that an experiment asks of one model, in the order of the file.

import { silent, type Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import type { AskContext, ChosenAbove, Subject } from './analyses/context.ts'
import type { PreparedSection } from './analyses/index.ts'
import type { Choice } from './choices.ts'
import type { PlannedModel } from './plan.ts'

export interface AskOptions {
  readonly engine: Engine
  /** told before each section: how much is behind, from 0 to 1, and what comes */
  readonly tell: (share: number, note: string) => void
  /** a section, by its place among all, has chosen */
  readonly onChoice: (section: number, choice: Choice) => void
  /** hears how far single sections are */
  readonly log?: Log
  readonly signal?: AbortSignal
}

/** Answers by the place of their section among all. */
export type Answers = ReadonlyMap<number, unknown>

export async function askModel(
  subject: Subject,
  plan: PlannedModel,
  sections: readonly PreparedSection[],
  { engine, tell, onChoice, log = silent, signal }: AskOptions,
): Promise<Answers> {
  const own = [...sections.entries()].filter(([, { models }]) => models.includes(plan))
  const chosen: ChosenAbove = { best: new Map() }
  const { name: model, seed } = subject
  const answers = new Map<number, unknown>()
  for (const [place, { analysis, ask }] of own) {
    signal?.throwIfAborted()
    tell(answers.size / own.length, analysis)
    const freeze: AskContext['freeze'] = (chosen) => onChoice(place, { analysis, model, seed, ...chosen })
    answers.set(place, await ask(subject, { engine, chosen, freeze, log, signal }))
  }
  return answers
}
