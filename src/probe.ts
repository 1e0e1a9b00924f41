// A probe is a question asked of every token, answered from its text, its tags or its item's fields: "is this character
// inside quotes?". Labelling is pure; the model is not involved.

export type Answer = boolean | number | string

/** What a probe may look at: one sequence. */
export interface ProbeInput {
  readonly tokens: readonly string[]
  /** part-of-speech tags, one a token, where the corpus has them */
  readonly tags?: readonly string[]
  /** the fields of the item that the sequence was made from, such as `number: plural` */
  readonly item?: Readonly<Record<string, string | number | boolean | null>>
}

export interface Probe {
  /** kebab-case */
  readonly name: string
  /** one question, with its question mark */
  readonly question: string
  /** what the answers are: yes or no (AUC), an amount (correlation), one of some categories */
  readonly answers: 'yes-no' | 'amount' | 'category'
  /** where the question comes from */
  readonly reference: string
  /** one answer a token; undefined where the question cannot be decided, never a guess */
  label(input: ProbeInput): readonly (Answer | undefined)[]
}

export function defineProbe(probe: Probe): Probe {
  return probe
}
