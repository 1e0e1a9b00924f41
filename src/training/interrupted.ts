// What `train` throws when it is asked to stop: not a failure, and the sentence says how to go on.

import { UserError } from '../core/errors.ts'

export class Interrupted extends UserError {
  /** updates made */
  readonly updates: number
  /** a checkpoint was saved: the same call goes on from here */
  readonly saved: boolean

  constructor(updates: number, saved: boolean) {
    const next = saved ? 'The checkpoint is saved: run the same command again to go on.' : 'Nothing was saved.'
    super(`Stopped after ${updates} updates. ${next}`)
    this.updates = updates
    this.saved = saved
  }
}
