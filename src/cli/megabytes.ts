// Sizes of files as people read them.

import { fixed } from '../report/format.ts'

/** `12.3 MB`; a megabyte is 10⁶ bytes. */
export function megabytes(bytes: number): string {
  return `${fixed(bytes / 1e6, 1)} MB`
}
