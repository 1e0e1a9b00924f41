// Sentence templates of agreement tasks, read from data/agreement/templates.yaml:
// "The {subject} {preposition} the {noun} {verb}". A word in braces is a slot: `subject`, `noun` and `verb` take words
// from the lexicon, any other name a list of the file.

/** One place of a template. Words of a list may be several tokens long ("next to"). */
export type Slot =
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: 'list'; readonly name: string; readonly choices: readonly (readonly string[])[]; readonly noun: boolean }
  | { readonly kind: 'subject' }
  | { readonly kind: 'noun' }

export interface Template {
  readonly task: string
  readonly source: string
  /** everything before the verb */
  readonly slots: readonly Slot[]
  /** numbers of the nouns in order, subject first: `S`, `P`, or `SS`, `SP`, … */
  readonly conditions: readonly string[]
}

/** @throws UserError for a text that is not such a file, with every problem and its place */
export function parseTemplates(yaml: string, file: string): Template[] {
  throw new Error('not written yet')
}

/** The templates that come with the package. */
export function loadTemplates(): Template[] {
  throw new Error('not written yet')
}
