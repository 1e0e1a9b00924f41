// What chosen units are judged on.

import type { Item } from '../tasks/items.ts'

/** The items that did not choose units: of the confirmation half, or all where the lexicon was not split. */
export function judgedItems(items: readonly Item[]): readonly Item[] {
  const confirmation = items.filter(({ half }) => half === 'confirmation')
  return confirmation.length > 0 ? confirmation : items
}
