// The items of an experiment by the names in its file: templates filled with words of the training text, sentences of
// the held-out text, and the user's own pairs.

import { basename, extname, resolve } from 'node:path'
import { togetherAs, UserError } from '../../core/errors.ts'
import { displayPath } from '../../core/files.ts'
import type { Dataset, DatasetPart } from '../../data/dataset.ts'
import { buildAgreementItems, type AgreementItems } from '../../tasks/agreement-items.ts'
import { buildGrammarItems, GRAMMAR_TASK } from '../../tasks/grammar-items.ts'
import { buildLexicon, splitLexicon, type Half, type Lexicon, type TaggedTokens } from '../../tasks/lexicon.ts'
import { buildNaturalItems, NATURAL_TASK } from '../../tasks/natural-items.ts'
import type { PairFormatName } from '../../tasks/minimal-pairs/formats.ts'
import { choiceOf } from '../../tasks/minimal-pairs/score.ts'
import { buildOwnItems } from '../../tasks/own-items.ts'
import type { Pair } from '../../tasks/pairs-csv.ts'
import { loadTemplates } from '../../tasks/templates.ts'
import { readPairFile } from './pair-file.ts'

/** Which lemmas are for discovery and which frames are drawn does not depend on the models' seeds. */
const ITEM_SEED = 1

/** The name of a task, or a file of pairs. */
export type ItemSource = string | { readonly file: string; readonly format?: PairFormatName }

/** Every task that an experiment can name. */
export function taskNames(): string[] {
  return [...loadTemplates().map(({ task }) => task), NATURAL_TASK, GRAMMAR_TASK]
}

/** What the items of a file are called in tables: `pairs/mine.csv` is `mine`. */
export function taskOf(source: ItemSource): string {
  return typeof source === 'string' ? source : basename(source.file, extname(source.file))
}

/** Both halves of the nouns and verbs of the training text. */
export function halvesOf({ training, vocabulary }: Dataset): Record<Half, Lexicon> {
  return splitLexicon(buildLexicon(sentencesOfPart(training), vocabulary), ITEM_SEED)
}

/**
 * Templates in the order of their file, then natural items, then files.
 * @param halves as `halvesOf` gives them; asked for only where there is a template
 * @param folder that paths are relative to
 * @throws UserError for items that cannot be built, or that could show nothing
 */
export function buildItems(
  sources: readonly ItemSource[],
  itemsPerCondition: number,
  dataset: Dataset,
  halves: () => Record<Half, Lexicon>,
  folder: string,
): AgreementItems {
  const { vocabulary, training, test, rulePlaces } = dataset
  const templates = loadTemplates().filter(({ task }) => sources.includes(task))
  const makers: (() => AgreementItems)[] = []
  if (templates.length > 0) {
    makers.push(() => buildAgreementItems(templates, halves(), vocabulary, { itemsPerCondition, seed: ITEM_SEED }))
  }
  if (sources.includes(NATURAL_TASK)) {
    makers.push(() => buildNaturalItems(sentencesOfPart(test), sentencesOfPart(training), vocabulary))
  }
  if (sources.includes(GRAMMAR_TASK)) {
    const heldOut = test.documents.flatMap(({ sentences }) => sentences)
    makers.push(() => buildGrammarItems(heldOut, sentencesOfPart(training), vocabulary, itemsPerCondition, rulePlaces))
  }
  for (const source of sources) {
    if (typeof source === 'string') continue
    const path = resolve(folder, source.file)
    makers.push(() => {
      return buildOwnItems(taskOf(source), choicesIn(path, source.format), sentencesOfPart(training), vocabulary)
    })
  }
  const made = makeAll(makers)
  return { items: made.flatMap(({ items }) => items), audit: made.flatMap(({ audit }) => audit) }
}

/** @throws UserError where a pair is not decided by one word */
function choicesIn(path: string, format: PairFormatName | undefined): Pair[] {
  return readPairFile(path, format).map((pair) => {
    if (pair.target === null) {
      const advice = 'Ask "minimal-pairs" about whole sentences.'
      throw new UserError(`${displayPath(path)}: no single word decides the pair ${pair.id}. ${advice}`)
    }
    return { ...choiceOf(pair), condition: pair.condition, columns: pair.columns }
  })
}

/** @throws UserError with what is wrong with all of them */
function makeAll<Made>(makers: readonly (() => Made)[]): Made[] {
  const errors: UserError[] = []
  const made = makers.flatMap((make) => {
    try {
      return [make()]
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      errors.push(error)
      return []
    }
  })
  if (errors.length === 0) return made
  throw togetherAs(`${errors.length} kinds of items cannot be made`, errors.map((error) => ({ path: '', error })))
}

function sentencesOfPart({ documents }: DatasetPart): TaggedTokens[] {
  return documents.flatMap(({ sentences }) => sentences)
}
