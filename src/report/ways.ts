// What the ways of removing a unit are called.

import type { AblationKind } from '../analysis/results.ts'

const WAYS = { mean: 'its mean', zero: 'zero', resample: 'its values in other items', scale: 'scaled' } as const
const READERS = { recurrent: 'the next step', above: 'the layer above', decoder: 'the decoder' } as const

/** `its mean`, `its mean, for the decoder alone`. */
export function wayOf({ set, readers }: Pick<AblationKind, 'set' | 'readers'>): string {
  return readers === 'all' ? WAYS[set] : `${WAYS[set]}, for ${READERS[readers]} alone`
}

/** For an axis: `mean`, `mean, decoder alone`. */
export function shortWayOf({ set, readers }: Pick<AblationKind, 'set' | 'readers'>): string {
  const way = set === 'resample' ? 'other items' : set
  return readers === 'all' ? way : `${way}, ${READERS[readers].replace('the ', '')} alone`
}
