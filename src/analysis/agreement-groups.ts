// Which items are alike in the number of attractors, or in the distance between subject and verb, while what else makes
// an item hard is held fixed.

import type { Item } from '../tasks/items.ts'
import type { AgreementGroupRow } from './results.ts'

export type Grouping = AgreementGroupRow['by']

/** In the order in which a table shows them; constructions come in that of the items. The first attractor group has none
 *  to distract from, the second is as long as those with attractors but has none. */
export const GROUPS: Readonly<Record<Exclude<Grouping, 'construction'>, readonly string[]>> = {
  attractors: ['no noun', 'nouns alike', '1 attractor', '2+ attractors'],
  distance: ['0 words', '1–2 words', '3–4 words', '5+ words'],
}

/** Upper ends of the bins of GROUPS.distance. */
const DISTANCES = [0, 2, 4, Infinity]

/** The group of an item; null where it belongs to none. */
export function groupOf({ fields }: Item, by: Grouping): string | null {
  const { attractors, interveners, distance, construction = null } = fields
  if (by === 'construction') return construction
  if (by === 'distance') {
    return attractors > 0 ? null : GROUPS.distance[DISTANCES.findIndex((most) => distance <= most)]
  }
  if (interveners === 0) return GROUPS.attractors[0]
  if (attractors === 0) return GROUPS.attractors[1]
  if (attractors < interveners) return null
  return GROUPS.attractors[Math.min(attractors, 2) + 1]
}
