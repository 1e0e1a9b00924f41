// Agreement items from the sentences of a grammar: of held-out sentences, up to every verb that has to agree, with its
// other form as the wrong one. The grammar itself says which noun a verb agrees with, and in what construction.

import { UserError } from '../core/errors.ts'
import { groupBy } from '../core/rows.ts'
import type { Sentence } from '../data/corpus.ts'
import type { Vocabulary } from '../data/vocabulary.ts'
import type { AgreementItems, AuditLine } from './agreement-items.ts'
import { attestForms, type AttestedForms } from './attested-forms.ts'
import type { Item } from './items.ts'
import type { TaggedTokens } from './lexicon.ts'

/** What the task is called. */
export const GRAMMAR_TASK = 'grammar'

/** Of the Brown corpus: common nouns and names, which are singular unless they end in s. */
const NOUN = /^n[np]s?$/
/** Constructions with fewer items than these go together. */
const FEWEST = 8
const OTHERS = 'others'
/** The number of the subject, and that of the last noun before the verb where it is another one. */
const CONDITIONS = ['S', 'P', 'SS', 'SP', 'PS', 'PP']

/**
 * @param heldOut sentences that no model was trained on
 * @param training says which words are forms of one lemma
 * @param perCondition most items of a construction and condition
 * @param rulePlaces where the rules of the grammar stand, for what is said of empty conditions
 * @throws UserError where there are none
 */
export function buildGrammarItems(
  heldOut: readonly Sentence[],
  training: Iterable<TaggedTokens>,
  vocabulary: Vocabulary,
  perCondition: number,
  rulePlaces: ReadonlyMap<string, string> = new Map(),
): AgreementItems {
  const forms = attestForms(training, vocabulary)
  const all = heldOut.flatMap((sentence) => itemsOf(sentence, forms))
  if (all.length === 0) {
    throw new UserError(
      `The task ${GRAMMAR_TASK} found no verb that has to agree in the held-out sentences. It needs data drawn from a grammar, ` +
        'test: 0.05 or more, and the tags of the Brown corpus for nouns and verbs, as data/grammars/agreement.yaml has them.',
    )
  }
  const different = namedApart([...new Map(all.map((item) => [[...item.prefix, item.right].join(' '), item])).values()])
  const cells = groupBy(different, ({ condition, fields: { construction } }) => `${construction} ${condition}`)
  const items = [...cells.values()].flatMap((cell) => cell.slice(0, perCondition))
  const constructions = [...groupBy(different, ({ fields: { construction } }) => construction!)]
  const counts = constructions.map(([name, own]) => `${name} ${own.length}`).join(', ')
  const message =
    `${all.length} verbs that agree in the held-out sentences, ${different.length} of them after different words: ${counts}. ` +
    `Of each construction and condition the first ${perCondition} are kept.`
  const empty = CONDITIONS.filter((condition) => different.every((item) => item.condition !== condition))
  return { items, audit: [{ task: GRAMMAR_TASK, message }, ...(empty.length === 0 ? [] : [emptyNote(empty, different, rulePlaces)])] }
}

function emptyNote(empty: readonly string[], items: readonly Item[], rulePlaces: ReadonlyMap<string, string>): AuditLine {
  const names = new Set(items.flatMap(({ fields: { construction } }) => construction!.match(/\p{Lu}[\p{L}\p{N}-]*/gu) ?? []))
  const rules = [...names].map((name) => (rulePlaces.has(name) ? `${name} (${rulePlaces.get(name)})` : name))
  const who = rules.length === 0 ? 'the rules' : `the rules ${rules.join(', ')}`
  const message = `No item of the conditions ${empty.join(', ')}: in no held-out sentence do ${who} write such nouns before the verb.`
  return { task: GRAMMAR_TASK, message }
}

/** The same items, those of rare constructions without its name. */
function namedApart(items: readonly Item[]): Item[] {
  const counts = groupBy(items, ({ fields }) => fields.construction)
  return items.map((item) => {
    const { construction } = item.fields
    return counts.get(construction)!.length < FEWEST ? { ...item, fields: { ...item.fields, construction: OTHERS } } : item
  })
}

function itemsOf({ tokens, tags, agreement }: Sentence, forms: AttestedForms): Item[] {
  if (agreement === undefined || tags === undefined) return []
  const nouns = [...tokens.keys()].filter((place) => NOUN.test(tags[place]))
  return [...tokens.keys()].flatMap((verb): Item[] => {
    const value = agreement.values[verb]
    if (value < 0 || NOUN.test(tags[verb])) return []
    const verbForms = forms.verb(tokens[verb])
    if (verbForms === undefined || verb === 0) return []
    // a rule may fix the value, as that of the verb after two nouns joined by “and”: then the last noun stands for the subject
    const controller = nouns.find((place) => place < verb && agreement.values[place] === value)
    const subject = controller ?? nouns.findLast((place) => place < verb)
    if (subject === undefined) return []
    const number = verbForms.singular === tokens[verb] ? 'singular' : 'plural'
    const between = nouns.filter((place) => place > subject && place < verb)
    const lastNoun = between.at(-1) ?? subject
    const numberOf = (place: number) => (tags[place].endsWith('s') ? 'plural' : 'singular')
    const letters = lastNoun === subject && controller !== undefined ? [number] : [number, numberOf(lastNoun)]
    return [{
      task: GRAMMAR_TASK,
      condition: letters.map((own) => (own === 'singular' ? 'S' : 'P')).join(''),
      prefix: tokens.slice(0, verb),
      tags: tags.slice(0, verb),
      right: verbForms[number],
      wrong: verbForms[number === 'singular' ? 'plural' : 'singular'],
      half: null,
      fields: {
        number,
        subjectLemma: forms.nounLemma(tokens[subject]),
        verbLemma: verbForms.lemma,
        subjectPosition: subject,
        lastNounPosition: lastNoun,
        lastNounNumber: numberOf(lastNoun),
        attractors: between.filter((place) => numberOf(place) !== number).length,
        interveners: between.length,
        distance: verb - subject - 1,
        construction: constructionOf(agreement, controller, verb),
        ...(controller === undefined ? {} : { clausesBetween: tokens.slice(subject + 1, verb).filter((token) => forms.verb(token)).length }),
        slots: null,
      },
    }]
  })
}

/**
 * The rule that brings the value in, after the rule around it, and the rules that bring others in between subject and verb:
 * `Clause`; `Clause › Agent`; `Clause over Object`, a phrase; `Clause over a verb, Object`, a relative clause about the subject;
 * `Clause over Agent, Agent`; `Clause, fixed`.
 */
function constructionOf({ values, rules }: NonNullable<Sentence['agreement']>, controller: number | undefined, verb: number): string {
  const rule = rules[values[verb]].split(' › ').slice(-2).join(' › ')
  if (controller === undefined) return `${rule}, fixed`
  const inside = [...new Set(values.slice(controller + 1, verb))].filter((value) => value >= 0 && value !== values[verb])
  const begun = inside.filter((value) => values.indexOf(value) > controller)
  const names = begun.map((value) => rules[value].split(' › ').at(-1)!)
  if (names.length === 0) return rule
  if (names.length > 2) return `${rule} over 3 or more`
  // of a subject that has another verb in between, as in a relative clause about it
  const own = values.slice(controller + 1, verb).includes(values[verb]) ? ['a verb'] : []
  return `${rule} over ${[...own, ...names].join(', ')}`
}
