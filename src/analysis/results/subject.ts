// The model that a row is about.

export interface Subject {
  readonly model: string
  readonly seed: number
}
