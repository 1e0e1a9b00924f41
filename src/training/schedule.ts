// The learning rate of an update. Factors are multiplied one by one: Math.pow leaves its last bits to the engine.

import type { Schedule } from './config.ts'

/** Where a training is. */
export interface Place {
  /** from 1 */
  readonly epoch: number
  /** updates made before this one, and of the whole training */
  readonly update: number
  readonly updates: number
  /** evaluations that did not improve the validation loss */
  readonly setbacks: number
}

export function learningRateAt(schedule: Schedule, full: number, { epoch, update, updates, setbacks }: Place): number {
  switch (schedule.name) {
    case 'constant':
      return full
    case 'decay':
      return full * repeated(schedule.factor, epoch - schedule.after)
    case 'plateau':
      return full / repeated(schedule.divide, setbacks)
    case 'linear':
      return full + (schedule.last - full) * (updates > 1 ? update / (updates - 1) : 0)
  }
}

function repeated(factor: number, times: number): number {
  let product = 1
  for (let time = 0; time < times; time++) product *= factor
  return product
}
