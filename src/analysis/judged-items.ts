// What chosen units are judged on.

import type { Item } from '../tasks/items.ts'

/** The items that did not choose units: of the confirmation half, and all of tasks whose lexicon was not split. */
export function judgedItems(items: readonly Item[]): readonly Item[] {
  return items.filter(({ half }) => half !== 'discovery')
}
