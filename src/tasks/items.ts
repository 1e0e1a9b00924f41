// An item: a sentence up to a choice, with the right and the wrong next word. What pairs of every source become.

export interface Item {
  /** such as `nounpp` */
  readonly task: string
  /** such as `SP`: the numbers of the nouns in order, subject first; of real text the subject's and the last noun's */
  readonly condition: string
  /** words before the choice; no end-of-sentence token */
  readonly prefix: readonly string[]
  /** part-of-speech tags of the prefix, by which a model may read rare words; real text only */
  readonly tags?: readonly string[]
  readonly right: string
  readonly wrong: string
  /** half of the lexicon that its words come from, where the lexicon was split */
  readonly half: 'discovery' | 'confirmation' | null
  /** what the template or the corpus knows about the item */
  readonly fields: ItemFields
}

/** Whether the words of items stand in common places: as many before the choice, and the subject at the same one. */
export function lineUp(items: readonly Item[]): boolean {
  const [first] = items
  return items.every(({ prefix, fields }) =>
    prefix.length === first.prefix.length && fields.subjectPosition === first.fields.subjectPosition)
}

/** The part of an item that a model reads. */
export type Choice = Pick<Item, 'prefix' | 'tags' | 'right' | 'wrong'>

/** Token ids of an item. */
export interface EncodedChoice {
  /** at least one token */
  readonly prefix: Int32Array
  readonly right: number
  readonly wrong: number
}

export interface ItemFields {
  /** number of the subject, which is that of the right form */
  readonly number: 'singular' | 'plural'
  readonly subjectLemma: string
  readonly verbLemma: string
  /** index into `prefix` */
  readonly subjectPosition: number
  /** index into `prefix` of the last noun before the choice; the subject itself where no noun comes between */
  readonly lastNounPosition: number
  /** its number */
  readonly lastNounNumber: 'singular' | 'plural'
  /** nouns between subject and choice whose number differs from the subject's */
  readonly attractors: number
  /** all nouns between subject and choice */
  readonly interveners: number
  /** words between subject and choice */
  readonly distance: number
  /** what a grammar puts between subject and verb, and around them; of items that a grammar drew */
  readonly construction?: string
  /** verbs between subject and choice, each of a clause of its own; of items that a grammar drew, where one noun is the subject */
  readonly clausesBetween?: number
  /** template slot of each word of the prefix, such as `the`, `noun`, `preposition`; null without a template */
  readonly slots: readonly string[] | null
}
