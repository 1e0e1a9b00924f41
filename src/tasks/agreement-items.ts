// Constructed agreement items (Lakretz et al. 2019). A frame fixes the lemmas and function words; it is inflected into
// every condition, so conditions differ in number alone and right and wrong forms are balanced.

import type { Vocabulary } from '../data/vocabulary.ts'
import type { Item } from './items.ts'
import type { Half, Lexicon } from './lexicon.ts'
import type { Template } from './templates.ts'

export interface AgreementItemsOptions {
  /** items of each condition in each half; 300 by default */
  readonly itemsPerCondition?: number
  /** chooses the frames; 1 by default */
  readonly seed?: number
}

export interface AgreementItems {
  readonly items: readonly Item[]
  /** what was left out of each task and why; how often the forms occur */
  readonly audit: readonly { readonly task: string; readonly message: string }[]
}

/**
 * The items of some templates, both halves.
 * @throws UserError where the vocabulary lacks a template's words or the lexicon is too small for two halves
 */
export function buildAgreementItems(
  templates: readonly Template[],
  halves: Record<Half, Lexicon>,
  vocabulary: Vocabulary,
  options: AgreementItemsOptions = {},
): AgreementItems {
  throw new Error('not written yet')
}
