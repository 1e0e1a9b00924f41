// The tags of a recording's rows, which its sequences hold.

import type { Recording, RecordingBlock } from './recording.ts'

/** Undefined where its sequence has none. */
export function tagOf({ sequences }: Recording, { rows }: RecordingBlock, row: number): string | undefined {
  return sequences[rows.sequence[row]].tags?.[rows.position[row]]
}

/** The tags of all sequences in order of first appearance. */
export function tagNames({ sequences }: Recording): string[] {
  return [...new Set(sequences.flatMap(({ tags = [] }) => tags))]
}

/** The tags of a block's rows as indices into `tagNames`; −1 for none. */
export function tagIds(recording: Recording, block: RecordingBlock, ids: ReadonlyMap<string, number>): Int32Array {
  return Int32Array.from({ length: block.count }, (_, row) => ids.get(tagOf(recording, block, row) ?? '') ?? -1)
}
