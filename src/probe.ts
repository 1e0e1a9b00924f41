// A probe is a question asked of every token, answered from its text, its tags or its item's fields: "is this character
// inside quotes?". Labelling is pure; the model is not involved.

import { UserError } from './core/errors.ts'

export type Answer = boolean | number | string

/** What a probe may look at: one sequence. */
export interface ProbeInput {
  /** from the beginning of the text: nothing has been read before */
  readonly tokens: readonly string[]
  /** part-of-speech tags, one a token, where the corpus has them */
  readonly tags?: readonly string[]
  /** the fields of the item that the sequence was made from, such as `number: plural` */
  readonly item?: Readonly<Record<string, string | number | boolean | null>>
}

export interface Served {
  /** in the plural, such as `closing quotation marks` */
  readonly name: string
  /** is it one of them? `before` is the answer at the token before, from which it is predicted */
  is(token: string, before: Answer): boolean
}

export interface Probe {
  /** kebab-case */
  readonly name: string
  /** one question, with its question mark */
  readonly question: string
  /** what the answers are: yes or no (AUC), an amount (correlation), one of some categories */
  readonly answers: 'yes-no' | 'amount' | 'category'
  /** what the tokens have to be; anything where it is left out */
  readonly unit?: 'characters'
  /** tokens that whoever knows the answer can predict better, such as the mark that closes a quotation */
  readonly serves?: Served
  /** where the question comes from */
  readonly reference: string
  /**
   * One answer a token: what holds once the token has been read, so that the mark that opens a quotation is inside it
   * and the one that closes it is not. Undefined where the question cannot be decided, never a guess.
   */
  label(input: ProbeInput): readonly (Answer | undefined)[]
}

/** @returns the probe; where it asks about characters, its `label` throws a UserError for anything else */
export function defineProbe(probe: Probe): Probe {
  if (probe.unit === undefined) return probe
  return {
    ...probe,
    label(input) {
      const word = input.tokens.find((token) => token.length > 1 && !isCharacter(token))
      if (word === undefined) return probe.label(input)
      throw new UserError(`The probe ${probe.name} asks about characters; "${word}" is a word.`)
    },
  }
}

/** One character, whatever its length in UTF-16, or a placeholder such as `<unk>` for one. */
function isCharacter(token: string): boolean {
  return [...token].length === 1 || /^<\w+>$/.test(token)
}
