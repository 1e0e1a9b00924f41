// Agreement items from real text (Linzen et al. 2016): a sentence up to a finite verb whose subject the tags give away
// (subject-pattern.ts), and the two forms of that verb. Words and tags are the corpus's own.

import { UserError } from '../core/errors.ts'
import type { Vocabulary } from '../data/vocabulary.ts'
import type { AgreementItems } from './agreement-items.ts'
import { attestForms, type AttestedForms, type GrammaticalNumber } from './attested-forms.ts'
import type { Item } from './items.ts'
import type { TaggedTokens } from './lexicon.ts'
import { findSubjects, type SubjectVerb } from './subject-pattern.ts'

/** What the task is called. */
export const NATURAL_TASK = 'brown'

/**
 * Every item that the pattern finds in some sentences, each once, in their order.
 * @param heldOut sentences that no model was trained on
 * @param training says which words are forms of one lemma
 * @throws UserError where there are none
 */
export function buildNaturalItems(
  heldOut: readonly TaggedTokens[],
  training: Iterable<TaggedTokens>,
  vocabulary: Vocabulary,
): AgreementItems {
  const forms = attestForms(training, vocabulary)
  const items = new Map<string, Item>()
  let [found, disagreeing, unknown] = [0, 0, 0]
  for (const { tokens, tags } of heldOut) {
    if (!tags) continue
    for (const match of findSubjects(tokens, tags)) {
      found++
      const item = match.agrees ? naturalItem(tokens, tags, match, forms) : null
      if (item !== null) items.set([...item.prefix, item.right].join(' '), item)
      else if (match.agrees) unknown++
      else disagreeing++
    }
  }
  if (items.size === 0) {
    throw new UserError(
      `The task ${NATURAL_TASK} found no sentence of the test text with a subject and a verb whose two forms the ` +
        `model knows. It needs Brown's tags: write data: { corpus: brown, test: 0.2 } or leave the task out.`,
    )
  }
  const message =
    `${found} subjects with a finite verb in the test text. Left out: ${disagreeing} whose verb has the other number ` +
    `(names in the plural, subjunctives, mistakes of the pattern), ${unknown} whose verb has a form that the model ` +
    `does not know, ${found - disagreeing - unknown - items.size} that came before.`
  return { items: [...items.values()], audit: [{ task: NATURAL_TASK, message }] }
}

/** @returns null where a form of the verb is unknown */
function naturalItem(
  tokens: readonly string[],
  tags: readonly string[],
  { subject, verb, nouns }: SubjectVerb,
  forms: AttestedForms,
): Item | null {
  const verbForms = forms.verb(tokens[verb])
  const number = numberOf(tags[subject])
  const other = number === 'singular' ? 'plural' : 'singular'
  if (verbForms?.[number] !== tokens[verb].toLowerCase()) return null
  const lastNoun = nouns.at(-1) ?? subject
  const lastNounNumber = numberOf(tags[lastNoun])
  return {
    task: NATURAL_TASK,
    condition: (nouns.length === 0 ? [number] : [number, lastNounNumber]).map(letterOf).join(''),
    prefix: tokens.slice(0, verb),
    tags: tags.slice(0, verb),
    right: verbForms[number],
    wrong: verbForms[other],
    half: null,
    fields: {
      number,
      subjectLemma: forms.nounLemma(tokens[subject]),
      verbLemma: verbForms.lemma,
      subjectPosition: subject,
      lastNounPosition: lastNoun,
      lastNounNumber,
      attractors: nouns.filter((place) => numberOf(tags[place]) === other).length,
      interveners: nouns.length,
      distance: verb - subject - 1,
      slots: null,
    },
  }
}

/** Of Brown's noun tags: nns and nps are plural. */
function numberOf(tag: string): GrammaticalNumber {
  return tag === 'nns' || tag === 'nps' ? 'plural' : 'singular'
}

function letterOf(number: GrammaticalNumber): string {
  return number === 'singular' ? 'S' : 'P'
}
