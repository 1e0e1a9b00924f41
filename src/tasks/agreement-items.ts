// Constructed agreement items (Lakretz et al. 2019). A frame fixes lemmas and function words; it is inflected into
// every condition, so that conditions differ in number alone and each verb form is right as often as it is wrong.

import { UserError, type Problem } from '../core/errors.ts'
import { Random } from '../core/random.ts'
import { tokenId, type Vocabulary } from '../data/vocabulary.ts'
import type { Item } from './items.ts'
import { HALVES, type Forms, type Half, type Lexicon } from './lexicon.ts'
import type { Slot, Template } from './templates.ts'

export interface AgreementItemsOptions {
  /** items of each condition in each half; 300 by default */
  readonly itemsPerCondition?: number
  /** chooses the frames; 1 by default */
  readonly seed?: number
}

export interface AgreementItems {
  readonly items: readonly Item[]
  readonly audit: readonly AuditLine[]
}

/** What was left out of a task and why, and how often the forms occur. */
export interface AuditLine {
  readonly task: string
  readonly message: string
}

/** A slot of a frame: a noun still without number, or its words. */
type Filled =
  | { readonly name: string; readonly noun: Forms }
  | { readonly name: string; readonly words: readonly string[]; readonly singular: boolean }

interface Frame {
  readonly slots: readonly Filled[]
  readonly subject: Forms
  readonly verb: Forms
}

/**
 * The items of some templates in both halves: task by task, half by half, frame by frame.
 * @throws UserError where the vocabulary lacks a template's words or the lexicon is too small for two halves
 */
export function buildAgreementItems(
  templates: readonly Template[],
  halves: Readonly<Record<Half, Lexicon>>,
  vocabulary: Vocabulary,
  options: AgreementItemsOptions = {},
): AgreementItems {
  const { itemsPerCondition = 300, seed = 1 } = options
  checkLexicon(halves)
  const problems: Problem[] = []
  const items: Item[] = []
  const audit: AuditLine[] = []
  for (const template of templates) {
    const { slots, unknown } = spellSlots(template, vocabulary, problems)
    const random = new Random(seed).fork(template.task)
    if (unknown.length > 0) {
      audit.push({ task: template.task, message: `Left out, for the model does not know them: ${unknown.join(', ')}.` })
    }
    if (slots.some((slot) => slot.kind === 'list' && slot.choices.length === 0)) continue
    for (const half of HALVES) {
      const frames = drawFrames(slots, halves[half], itemsPerCondition, random.fork(half))
      for (const frame of frames) {
        for (const condition of template.conditions) items.push(inflect(frame, template.task, condition, half))
      }
      audit.push({ task: template.task, message: describeFrames(frames, half, itemsPerCondition) })
    }
  }
  if (problems.length > 0) throw new UserError('The model does not know the words of these tasks.', { problems })
  return { items, audit }
}

function checkLexicon(halves: Readonly<Record<Half, Lexicon>>): void {
  const small = HALVES.find((half) => halves[half].nouns.length < 3 || halves[half].verbs.length < 2)
  if (small === undefined) return
  const { nouns, verbs } = halves[small]
  throw new UserError(
    `The ${small} half has ${nouns.length} nouns and ${verbs.length} verbs whose two forms the model knows; ` +
      'agreement items need 3 and 2 in each. Use a larger vocabulary, or text with the tags nn, nns, vb, vbz.',
  )
}

/** The slots in the spelling of the vocabulary, without the entries of lists that it lacks. */
function spellSlots(
  template: Template,
  vocabulary: Vocabulary,
  problems: Problem[],
): { slots: Slot[]; unknown: string[] } {
  const unknown: string[] = []
  const report = (message: string) => problems.push({ path: template.task, message })
  const spell = (word: string): string | undefined => {
    const id = tokenId(vocabulary, word) ?? tokenId(vocabulary, word.toLowerCase())
    return id === undefined ? undefined : vocabulary.tokens[id]
  }
  const slots = template.slots.map((slot): Slot => {
    if (slot.kind === 'noun') return slot
    if (slot.kind === 'word') {
      const word = spell(slot.word)
      if (word === undefined) report(`${JSON.stringify(slot.word)} is unknown.`)
      return { ...slot, word: word ?? slot.word }
    }
    const choices = slot.choices.flatMap((words) => {
      const spelled = words.map(spell)
      if (spelled.every((word) => word !== undefined)) return [spelled]
      unknown.push(words.join(' '))
      return []
    })
    if (choices.length === 0) report(`no entry of the list ${slot.name} is known.`)
    return { ...slot, choices }
  })
  return { slots, unknown }
}

/** Up to `count` different frames in which no noun comes twice; fewer where the lexicon has no more. */
function drawFrames(slots: readonly Slot[], lexicon: Lexicon, count: number, random: Random): Frame[] {
  const subjects = deck(lexicon.nouns, random.fork('subjects'))
  const nouns = deck(lexicon.nouns, random.fork('nouns'))
  const verbs = deck(lexicon.verbs, random.fork('verbs'))
  const lists = slots.map((slot, place) => (slot.kind === 'list' ? deck(slot.choices, random.fork(place)) : null))
  const seen = new Set<string>()
  const frames: Frame[] = []
  for (let attempt = 0; attempt < 30 * count && frames.length < count; attempt++) {
    const subject = subjects()
    const verb = verbs()
    const filled = slots.map((slot, place): Filled => {
      if (slot.kind === 'noun') return { name: slot.name, noun: slot.name === 'subject' ? subject : nouns() }
      if (slot.kind === 'word') return { name: slot.name, words: [slot.word], singular: false }
      return { name: slot.name, words: lists[place]!(), singular: slot.noun }
    })
    const lemmas = [...filled.flatMap((slot) => ('noun' in slot ? [slot.noun.lemma] : [])), verb.lemma]
    const words = filled.flatMap((slot) => ('noun' in slot ? [slot.noun.lemma] : slot.words))
    const key = [...words, verb.lemma].join(' ')
    if (new Set(lemmas).size < lemmas.length || seen.has(key)) continue
    seen.add(key)
    frames.push({ slots: filled, subject, verb })
  }
  return frames
}

/** Deals entries in random order, all of them once before any of them twice. */
function deck<T>(entries: readonly T[], random: Random): () => T {
  let rest: T[] = []
  return () => {
    if (rest.length === 0) rest = random.shuffle(entries)
    return rest.pop()!
  }
}

/** @param condition numbers of the nouns in order, such as `SP` */
function inflect(frame: Frame, task: string, condition: string, half: Half): Item {
  const numbers = [...condition].map((letter) => (letter === 'S' ? 'singular' : 'plural'))
  const number = numbers[0]
  const prefix: string[] = []
  const slots: string[] = []
  let noun = 0
  let subjectPosition = 0
  let lastNounPosition = 0
  for (const slot of frame.slots) {
    const words = 'noun' in slot ? [slot.noun[numbers[noun]]] : slot.words
    if (slot.name === 'subject') subjectPosition = prefix.length
    if ('noun' in slot || slot.singular) {
      noun++
      lastNounPosition = prefix.length
    }
    prefix.push(...words)
    slots.push(...words.map(() => slot.name))
  }
  return {
    task,
    condition,
    prefix,
    right: frame.verb[number],
    wrong: frame.verb[number === 'singular' ? 'plural' : 'singular'],
    half,
    fields: {
      number,
      subjectLemma: frame.subject.lemma,
      verbLemma: frame.verb.lemma,
      subjectPosition,
      lastNounPosition,
      lastNounNumber: numbers[numbers.length - 1],
      attractors: numbers.filter((other) => other !== number).length,
      interveners: numbers.length - 1,
      distance: prefix.length - subjectPosition - 1,
      slots,
    },
  }
}

function describeFrames(frames: readonly Frame[], half: Half, wanted: number): string {
  const subjects = new Set(frames.map((frame) => frame.subject.lemma)).size
  const verbs = new Set(frames.map((frame) => frame.verb.lemma)).size
  const singular = frames.filter(({ verb }) => verb.singularCount > verb.pluralCount).length
  const short = frames.length < wanted ? `, fewer than the ${wanted} wanted, for the lexicon has no more` : ''
  return (
    `${half}: ${frames.length} items a condition${short}; ${subjects} subject and ${verbs} verb lemmas; the singular ` +
    `form of the verb is the commoner one in ${Math.round((100 * singular) / Math.max(1, frames.length))} %, where the ` +
    'base form counts as an infinitive, too.'
  )
}
