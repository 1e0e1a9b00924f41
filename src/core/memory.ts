// Work that would not fit into memory is refused before it begins, with how much it would take.

import { totalmem } from 'node:os'
import { UserError } from './errors.ts'

export interface MemoryNeed {
  readonly bytes: number
  /** bytes that there are; all of the machine by default */
  readonly available?: number
  /** begins the sentence, as in `Training them takes` */
  readonly what: string
  /** ends the message: what to do about it */
  readonly advice: string
}

/** @throws UserError where something takes more memory than there is */
export function requireMemory({ bytes, available = totalmem(), what, advice }: MemoryNeed): void {
  if (bytes <= available) return
  throw new UserError(`${what} ${gigabytes(bytes)} of memory, and there are ${gigabytes(available)}. ${advice}`)
}

/** Rounded up. */
function gigabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e9)} GB`
}
