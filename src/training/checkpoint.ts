// Checkpoints: everything that decides how a training goes on, in one safetensors file with a checksum of all its
// contents. Written beside, flushed and renamed, and the one before is kept: whenever the process or the machine
// dies, one of the two is whole.

import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sourceOf } from '../core/byte-source.ts'
import { UserError } from '../core/errors.ts'
import { displayPath, explainFileError, PARTIAL, readBytes, sha256, writeFileAtomic } from '../core/files.ts'
import type { Log } from '../core/log.ts'
import type { TrainerSnapshot } from '../engine/engine.ts'
import { valuesOf } from '../model/formats/stored-tensor.ts'
import { encodeTensors, openTensors } from '../model/formats/tensors.ts'
import type { History } from './history.ts'

export interface Checkpoint {
  /** hash of everything that determines the training: a checkpoint of another one is refused */
  readonly training: string
  /** updates made say where in the text it goes on */
  readonly trainer: TrainerSnapshot
  readonly history: History
  /** weights of the best evaluation, flat, where they are kept */
  readonly best: Float32Array<ArrayBuffer> | null
}

const NEWEST = 'checkpoint.safetensors'
const PREVIOUS = 'checkpoint.previous.safetensors'
const BEST = 'best weights'

/** @throws UserError where the disk is full or the folder cannot be written; the older ones are then as they were */
export function writeCheckpoint(directory: string, checkpoint: Checkpoint): void {
  const newest = join(directory, NEWEST)
  const next = join(directory, 'checkpoint.next.safetensors')
  writeFileAtomic(next, encodeCheckpoint(checkpoint))
  try {
    if (existsSync(newest)) renameSync(newest, join(directory, PREVIOUS))
    renameSync(next, newest)
  } catch (error) {
    throw explainFileError(error, newest, 'write')
  }
}

/**
 * The newest checkpoint that is whole; null where there is none. A damaged one is said so and passed over.
 * @throws UserError where it belongs to another training
 */
export function readCheckpoint(directory: string, training: string, log: Log): Checkpoint | null {
  for (const name of [NEWEST, PREVIOUS]) {
    const path = join(directory, name)
    if (!existsSync(path)) continue
    const checkpoint = readWhole(path, log)
    if (!checkpoint) continue
    if (checkpoint.training === training) return checkpoint
    throw new UserError(
      `${displayPath(directory)} holds the checkpoint of another training: another model, text, seed, engine or ` +
        'setting. Remove the folder, or choose another one.',
    )
  }
  return null
}

/** Removes what a process that was killed while it wrote has left. */
export function removePartial(directory: string): void {
  if (!existsSync(directory)) return
  for (const name of readdirSync(directory)) if (name.endsWith(PARTIAL)) rmSync(join(directory, name), { force: true })
}

function readWhole(path: string, log: Log): Checkpoint | null {
  try {
    return decodeCheckpoint(readBytes(path), displayPath(path))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const next = path.endsWith(NEWEST) ? 'The one before it is used.' : 'The training starts again.'
    log.warn(`${error.message} ${next}`)
    return null
  }
}

function encodeCheckpoint({ training, trainer, history, best }: Checkpoint): Uint8Array[] {
  const arrays = best ? { ...trainer.arrays, [BEST]: best } : trainer.arrays
  const tensors = Object.fromEntries(
    Object.entries(arrays).map(([name, values]) => [name, { shape: [values.length], values }] as const),
  )
  const metadata = { training, updates: String(trainer.updates), history: JSON.stringify(history) }
  const checksum = checksumOf(encodeTensors({ tensors, metadata }))
  return encodeTensors({ tensors, metadata: { ...metadata, checksum } })
}

/** @throws UserError where the bytes are not those that were written */
function decodeCheckpoint(bytes: Uint8Array, name: string): Checkpoint {
  const { tensors: stored, metadata: { checksum, ...metadata } } = openTensors(sourceOf(bytes, name))
  const tensors = Object.fromEntries(
    Object.entries(stored).map(([key, tensor]) => [key, { shape: tensor.shape, values: valuesOf(tensor) }] as const),
  )
  if (checksum !== checksumOf(encodeTensors({ tensors, metadata }))) {
    throw new UserError(`${name} is damaged: its checksum does not fit its contents.`)
  }
  const { [BEST]: best, ...arrays } = Object.fromEntries(
    Object.entries(tensors).map(([key, { values }]) => [key, values] as const),
  )
  return {
    training: metadata['training'],
    trainer: { updates: Number(metadata['updates']), arrays },
    history: JSON.parse(metadata['history']) as History,
    best: best ? new Float32Array(best) : null,
  }
}

/** Of the file as it would be without its checksum. */
function checksumOf(pieces: readonly Uint8Array[]): string {
  return sha256(Buffer.concat(pieces))
}
