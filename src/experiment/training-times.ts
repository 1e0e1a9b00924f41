// How long training took and how fast it was: what belongs into environment.json and not into results.

import { groupBy } from '../core/rows.ts'
import { speedFact } from '../report/cells.ts'
import type { Fact } from '../report/document.ts'
import { count } from '../report/format.ts'
import { isDrawn } from '../training/config.ts'
import { duration } from './estimate.ts'
import type { PlannedModel } from './plan.ts'
import type { StoredModel } from './store.ts'

/** Of each model all seeds together; small models train side by side, each in its own time. */
export function trainingTimes(planned: readonly PlannedModel[], trained: readonly StoredModel[]): Fact[] {
  const trainings = planned.map(({ name, making }, index) => ({ name, making, ...trained[index].training }))
  const ofNames = [...groupBy(trainings.filter(({ making }) => making.kind === 'training'), ({ name }) => name)]
  const sums = ofNames.map(([name, own]) => ({
    name,
    seeds: own.length,
    seconds: own.reduce((sum, { seconds }) => sum + seconds, 0),
    tokens: own.reduce((sum, { making, updates }) => sum + updates * tokensOf(making), 0),
  }))
  return [
    ...sums.map(({ name, seeds, seconds }) => (
      { name: `training of ${name}${seeds === 1 ? '' : `, ${seeds} seeds`}`, value: duration(seconds) }
    )),
    ...sums.filter(({ seconds, tokens }) => seconds > 0 && tokens > 0).map(({ name, seconds, tokens }) => (
      { name: speedFact(name), value: `${count(tokens / seconds)} tokens a second` }
    )),
  ]
}

/** Tokens of an update; 0 where sentences of different lengths are drawn. */
function tokensOf(making: PlannedModel['making']): number {
  return making.kind === 'training' && !isDrawn(making.training) ? making.training.batch * making.training.steps : 0
}
