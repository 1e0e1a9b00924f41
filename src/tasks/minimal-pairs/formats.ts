// The formats of minimal pairs. Another one is one file that exports a PairFormat and one line in the list.

import { UserError } from '../../core/errors.ts'
import { blimp } from './blimp.ts'
import { csv } from './csv.ts'
import { gold } from './gold.ts'
import { lakretz } from './lakretz.ts'
import type { MinimalPair, PairFormat, PairSource } from './pair.ts'
import { tab } from './tab.ts'

export const PAIR_FORMATS: readonly PairFormat[] = [lakretz, tab, blimp, gold, csv]
export const PAIR_FORMAT_NAMES = ['lakretz', 'tab', 'blimp', 'gold', 'csv'] as const
export type PairFormatName = (typeof PAIR_FORMAT_NAMES)[number]

/** @throws UserError for a text of no known format, or with the lines that are no pairs */
export function readMinimalPairs(source: PairSource, format?: PairFormatName): MinimalPair[] {
  const found = PAIR_FORMATS.find((each) => (format === undefined ? each.fits(source) : each.name === format))
  if (found) return found.read(source)
  const known = PAIR_FORMATS.map(({ name, about }) => `${name}: ${about}`).join('; ')
  throw new UserError(`${source.file} is in no format of minimal pairs that is known here. Formats are: ${known}.`)
}
