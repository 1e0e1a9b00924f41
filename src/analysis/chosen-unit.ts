// A unit at the moment at which it is chosen: before it is looked at where it is judged.

export interface ChosenUnit {
  readonly unit: string
  /** what it was chosen for: a probe, or the task and condition in which its removal costs most */
  readonly for: string
  /** by which it was chosen */
  readonly score: number
}

/** Told of the units of a model as soon as they are chosen, best first. */
export type OnChosen = (units: readonly ChosenUnit[]) => void
