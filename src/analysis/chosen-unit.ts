// Units at the moment at which they are chosen: before they are looked at where they are judged.

export interface ChosenUnit {
  readonly unit: string
  /** what it was chosen for: a probe, or the task and condition in which its removal costs most */
  readonly for: string
  /** by which it was chosen */
  readonly score: number
  /** 1 where the unit goes up with what it was chosen for, or its removal costs; -1 where it goes down */
  readonly sign: 1 | -1
}

export interface UnitsChosen {
  /** best first */
  readonly units: readonly ChosenUnit[]
  /** what they are judged by on other items, where that is fixed beforehand */
  readonly judged?: JudgedBy
}

export interface JudgedBy {
  /** every task and condition in which they are looked at */
  readonly tasks: readonly string[]
  /** thresholds by name */
  readonly thresholds: Readonly<Record<string, number>>
  /** the one unit, and the task and condition, that the bar of a number unit is applied to; null where none stands out */
  readonly bar: { readonly unit: string; readonly for: string } | null
}

/** Told of the units of a model as soon as they are chosen. */
export type OnChosen = (chosen: UnitsChosen) => void
