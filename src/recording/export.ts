// A recording as a file for other programs: .npz for NumPy, .csv for everything else. Streamed block by block.

import type { Recording } from './record.ts'

/**
 * Writes a recording and its row table, whole or not at all.
 * - .npz: one float32 array [tokens, units] per site under the site's name, int32 columns `sequence`, `position`, `token`,
 *   `tag` (−1 for none), and the strings `vocabulary` and `tags` that `token` and `tag` are indices into
 * - .csv: a row a token: sequence, position, token, tag, then one column a unit, named as in `0.cell.41`
 * @throws UserError for another extension, or where the file cannot be written
 */
export async function exportRecording(recording: Recording, path: string): Promise<void> {
  throw new Error(`not written yet ${recording.count} ${path}`)
}
