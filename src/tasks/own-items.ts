// The user's own pairs as agreement items. The number of the right form comes from the condition (SP: a singular subject
// before a plural noun) or from the two forms; nouns of the prefix are words that the training text mostly has as nouns,
// and a subject that is none of them is its first word that the training text lacks.

import { UserError, type Problem } from '../core/errors.ts'
import { groupBy } from '../core/rows.ts'
import { tokenId, type Vocabulary } from '../data/vocabulary.ts'
import type { AgreementItems } from './agreement-items.ts'
import { attestForms, type AttestedForms, type GrammaticalNumber } from './attested-forms.ts'
import { spellingsWithS } from './inflection.ts'
import type { Item } from './items.ts'
import type { TaggedTokens } from './lexicon.ts'
import type { Pair } from './pairs-csv.ts'

const MOST_PROBLEMS = 20

/**
 * Pairs whose two words the model knows; the others are left out and counted. Unknown words of a prefix are read as a
 * placeholder, and counted too.
 * @param task their name in tables
 * @param training says which words are nouns
 * @throws UserError where no pair is left, where a number cannot be told, and where the pairs can show nothing
 */
export function buildOwnItems(
  task: string,
  pairs: readonly Pair[],
  training: Iterable<TaggedTokens>,
  vocabulary: Vocabulary,
): AgreementItems {
  const isKnown = (word: string) => tokenId(vocabulary, word) !== undefined
  const known = pairs.filter(({ right, wrong }) => isKnown(right) && isKnown(wrong))
  const unknown = [...new Set(pairs.flatMap(({ right, wrong }) => [right, wrong]).filter((word) => !isKnown(word)))]
  if (known.length === 0) {
    throw new UserError(
      `${task}: the model does not know both words of any of the ${pairs.length} pairs; unknown: ${some(unknown)}. ` +
        'Use commoner words, or a larger vocabulary.',
    )
  }
  const forms = attestForms(training, vocabulary)
  const problems: Problem[] = []
  const items = known.map((pair) => {
    const number = numberOf(pair)
    if (number === null) {
      const message =
        `the number of ${JSON.stringify(pair.right)} against ${JSON.stringify(pair.wrong)} cannot be told. ` +
        'Give a condition of S and P, the subject first, as in SP.'
      problems.push({ path: pair.prefix.join(' '), message })
    }
    return ownItem(task, pair, number ?? 'singular', forms)
  })
  if (problems.length > 0) {
    throw new UserError(`${task} has pairs without a number.`, { problems: problems.slice(0, MOST_PROBLEMS) })
  }
  checkTelling(task, items)
  return { items, audit: audit(task, pairs, known, unknown, isKnown) }
}

/** Items that a rule of thumb gets right, all of them, cannot show that a model agrees. */
function checkTelling(task: string, items: readonly Item[]): void {
  const numbers = groupBy(items, (item) => item.fields.number)
  if (numbers.size === 1) {
    const [number] = numbers.keys()
    const other = number === 'singular' ? 'plural' : 'singular'
    throw new UserError(
      `${task}: the ${number} form is right in all ${items.length} pairs, so always choosing it would be right. ` +
        `Add pairs in which the ${other} form is right.`,
    )
  }
  if (items.every(({ fields }) => fields.lastNounNumber === fields.number)) {
    throw new UserError(
      `${task}: in all ${items.length} pairs the last noun has the number of the right form, so following it would ` +
        'be right. Add pairs such as "The keys near the table" with are and is, where the last noun has the other ' +
        'number.',
    )
  }
}

function ownItem(task: string, pair: Pair, number: GrammaticalNumber, forms: AttestedForms): Item {
  const { prefix, right, wrong } = pair
  const given = isLetters(pair.condition) ? [...pair.condition].map(fromLetter) : null
  const nouns = prefix.flatMap((word, place) => {
    const own = forms.nounNumber(word)
    return own === undefined ? [] : [{ place, number: own }]
  })
  const first = given === null ? nouns.findIndex((noun) => noun.number === number) : nouns.length - given.length
  const subject = nouns[first]?.place ?? Math.max(0, prefix.findIndex((word) => !forms.has(word)))
  const between = nouns.filter((noun) => noun.place > subject)
  const numbers = given?.slice(1) ?? between.map((noun) => noun.number)
  const lastNounNumber = numbers.at(-1) ?? number
  const derived = numbers.length === 0 ? [number] : [number, lastNounNumber]
  return {
    task,
    condition: pair.condition || derived.map((each) => (each === 'singular' ? 'S' : 'P')).join(''),
    prefix,
    right,
    wrong,
    half: null,
    fields: {
      number,
      subjectLemma: forms.nounLemma(prefix[subject]),
      verbLemma: forms.verb(right)?.lemma ?? [right, wrong].sort()[0].toLowerCase(),
      subjectPosition: subject,
      lastNounPosition: between.at(-1)?.place ?? subject,
      lastNounNumber,
      attractors: numbers.filter((other) => other !== number).length,
      interveners: numbers.length,
      distance: prefix.length - subject - 1,
      slots: null,
    },
  }
}

const IRREGULAR: Readonly<Record<string, string>> = { is: 'are', was: 'were', has: 'have', does: 'do' }

/** Of the right form: by the condition's first letter, else by the two forms. */
function numberOf({ condition, right, wrong }: Pair): GrammaticalNumber | null {
  if (isLetters(condition)) return fromLetter(condition[0])
  const isSingularOf = (singular: string, plural: string) =>
    IRREGULAR[singular] === plural || spellingsWithS(plural).includes(singular)
  const [a, b] = [right.toLowerCase(), wrong.toLowerCase()]
  return isSingularOf(a, b) ? 'singular' : isSingularOf(b, a) ? 'plural' : null
}

function isLetters(condition: string): boolean {
  return /^[SP]+$/.test(condition)
}

function fromLetter(letter: string): GrammaticalNumber {
  return letter === 'S' ? 'singular' : 'plural'
}

function audit(
  task: string,
  pairs: readonly Pair[],
  known: readonly Pair[],
  unknown: readonly string[],
  isKnown: (word: string) => boolean,
): AgreementItems['audit'] {
  const placeholders = new Set(known.flatMap(({ prefix }) => prefix.filter((word) => !isKnown(word))))
  const left = pairs.length - known.length
  const leftOut = left === 0 ? 'none left out' : `${left} left out, for the model does not know ${some(unknown)}`
  const read = placeholders.size === 0 ? '' : ` Read as a placeholder: ${some([...placeholders])}.`
  return [{ task, message: `${pairs.length} pairs, ${leftOut}.${read}` }]
}

function some(words: readonly string[]): string {
  const shown = words.slice(0, 10).join(', ')
  return words.length > 10 ? `${shown} and ${words.length - 10} more` : shown
}
