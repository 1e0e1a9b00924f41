// Runs a model over sequences and keeps what was asked for.

import type { Log } from '../core/log.ts'
import type { Batch, Engine, RunResult } from '../engine/engine.ts'
import type { Model } from '../model/model.ts'
import { matchSites, siteName, siteWidth } from '../model/sites.ts'
import { defaultEngine } from './default-engine.ts'
import { readingsOf, type Reading } from './readings.ts'
import { layOut, openRecording, type Recording } from './recording.ts'
import { MOST_CELLS, runSequences, type Piece, type SequencesOptions } from './run-sequences.ts'
import type { Sequence } from './sequences.ts'
import { fileStorage, memoryStorage } from './storage.ts'

export interface RecordOptions extends SequencesOptions {
  /** site patterns: `0.cell` one, `cell` every layer's */
  readonly sites: readonly string[]
  /** loaded by default: the native engine where it is there */
  readonly engine?: Engine
  /** recordings above so many bytes go to a temporary file; 256 MiB by default */
  readonly memory?: number
  readonly log?: Log
}

/** What the engine hands over in one run takes at most about so many bytes. */
const RUN_BYTES = 64 * 2 ** 20

/**
 * Of a bidirectional language model both halves are run, each from its own end; positions are those in the sequence,
 * whichever way it is read, and an edit of the embedding is one of both.
 * @throws UserError for a site or unit that the model does not have, or a sequence of which it would read nothing
 */
export async function record(model: Model, sequences: readonly Sequence[], options: RecordOptions): Promise<Recording> {
  const engine = options.engine ?? (await defaultEngine())
  const widths = widthsOf(options.sites, model)
  const sites = Object.keys(widths)
  const { offsets, rows } = layOut(sequences)
  const count = rows.token.length
  const bytesPerRow = sites.reduce((sum, site) => sum + widths[site] * Float32Array.BYTES_PER_ELEMENT, 0)
  const readings = readingsOf(model, sequences.map(({ tokens }) => tokens), sites, options)
  const inMemory = count * bytesPerRow <= (options.memory ?? 256 * 2 ** 20)
  const storage = inMemory ? memoryStorage(count, widths) : fileStorage(count, widths)
  const cells = Math.max(1, Math.min(MOST_CELLS, Math.floor(RUN_BYTES / bytesPerRow)))
  let done = 0
  try {
    for (const reading of readings) {
      const into: Record<string, Float32Array> = {}
      const ask = ({ rows, steps }: Batch) => {
        for (const [own, site] of reading.sites) into[own] = atLeast(rows * steps * widths[site], into[own])
        return { record: Object.keys(into), into }
      }
      const run = { ...options, edits: reading.edits }
      for await (const { piece, result } of runSequences(engine, reading.model, reading.sequences, run, ask, cells)) {
        keep(reading, piece, result.recorded)
        options.log?.progress({ stage: 'recording', done, total: count * readings.length, unit: 'tokens' })
      }
    }
  } catch (error) {
    storage.dispose()
    throw error
  }
  return openRecording({ widths, rows, sequences, offsets, vocabulary: model.vocabulary.tokens }, storage)

  function keep({ sites: ofReading, backward }: Reading, piece: Piece, recorded: RunResult['recorded']): void {
    const from = Math.max(0, -piece.start) // behind the context's last token
    for (let row = 0; row < piece.rows; row++) {
      const [sequence, to] = [piece.indices[row], piece.lengths[row]]
      const first = backward ? offsets[sequence + 1] - piece.start - to : offsets[sequence] + piece.start + from
      for (const [own, site] of ofReading) {
        const width = widths[site], cell = row * piece.steps
        const values = recorded[own].subarray((cell + from) * width, (cell + to) * width)
        storage.write(site, first, backward ? reversedRows(values, width) : values)
      }
      done += to - from
    }
  }
}

/** Sites in the order of the patterns, each once, with their number of units. */
function widthsOf(patterns: readonly string[], { config }: Model): Record<string, number> {
  const sites = patterns.flatMap((pattern) => matchSites(pattern, config))
  return Object.fromEntries(sites.map((site) => [siteName(site), siteWidth(site, config)]))
}

/** The array itself where it is long enough for the next run. */
function atLeast(length: number, array: Float32Array | undefined): Float32Array {
  return array && array.length >= length ? array : new Float32Array(length)
}

/** The rows of a matrix from the last to the first. */
function reversedRows(values: Float32Array, width: number): Float32Array {
  const reversed = new Float32Array(values.length)
  for (let from = 0, to = values.length - width; from < values.length; from += width, to -= width) {
    reversed.set(values.subarray(from, from + width), to)
  }
  return reversed
}
