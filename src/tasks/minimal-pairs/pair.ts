// A minimal pair from anybody's file: two sentences, one of them right, and what the file says about them.

export interface MinimalPair {
  /** what the file calls it, or its line */
  readonly id: string
  /** pairs of one name are variants of one sentence: they are no independent evidence */
  readonly cluster: string
  /** as the file has it; SP for singular_plural; '' where it has none */
  readonly condition: string
  /** both sentences whole, in words, without an end token */
  readonly right: readonly string[]
  readonly wrong: readonly string[]
  /** index of the word that decides: all words before it are the same. null where none does */
  readonly target: number | null
  /** what else the file says, by column */
  readonly columns: Readonly<Record<string, string>>
  /** whether models whose scores the file has were right; ½ for a tie */
  readonly published: Readonly<Record<string, number>>
}

/** A file of pairs. */
export interface PairSource {
  /** as a sentence names it */
  readonly file: string
  readonly text: string
  /** the text of the file of the same name with another extension. @throws UserError where there is none */
  beside(extension: string): string
}

export interface PairFormat {
  readonly name: string
  readonly about: string
  /** whether the text looks like it */
  fits(source: Pick<PairSource, 'file' | 'text'>): boolean
  /** @throws UserError with the lines that are no pairs */
  read(source: PairSource): MinimalPair[]
}

/** The one place in which two sentences of the same length differ; null where they differ in more, or in length. */
export function onlyDifference(right: readonly string[], wrong: readonly string[]): number | null {
  if (right.length !== wrong.length) return null
  const places = right.flatMap((word, place) => (word === wrong[place] ? [] : [place]))
  return places.length === 1 ? places[0] : null
}
