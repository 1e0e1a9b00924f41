// A file of minimal pairs, with the file beside it where its format has two.

import { extname } from 'node:path'
import { displayPath, readText } from '../../core/files.ts'
import { readMinimalPairs, type PairFormatName } from '../../tasks/minimal-pairs/formats.ts'
import type { MinimalPair } from '../../tasks/minimal-pairs/pair.ts'

/** @throws UserError where it is missing, in no known format, or holds lines that are no pairs */
export function readPairFile(path: string, format?: PairFormatName): MinimalPair[] {
  const beside = (extension: string) => readText(`${path.slice(0, path.length - extname(path).length)}${extension}`)
  return readMinimalPairs({ file: displayPath(path), text: readText(path), beside }, format)
}
