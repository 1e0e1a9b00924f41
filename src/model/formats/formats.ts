// The formats of models on disk. Another format is one file that exports a ModelFormat and one line in the list.

import { extname } from 'node:path'
import { notOneOf, UserError } from '../../core/errors.ts'
import { displayPath } from '../../core/files.ts'
import type { Model } from '../model.ts'
import { safetensors } from './safetensors.ts'

export interface ModelFormat {
  readonly name: string
  /** with its dot */
  readonly extension: string
  /** @throws UserError where the file is missing, damaged or not a model */
  read(path: string): Model
  /** whole or not at all */
  write(path: string, model: Model): void
}

export const MODEL_FORMATS: readonly ModelFormat[] = [safetensors]

/** @throws UserError where the file is missing, damaged or not a model */
export function readModel(path: string): Model {
  return formatOf(path).read(path)
}

/** Writes a model whole or not at all, in the format that the name's extension says. */
export function writeModel(path: string, model: Model): void {
  formatOf(path).write(path, model)
}

function formatOf(path: string): ModelFormat {
  const extension = extname(path)
  const format = MODEL_FORMATS.find((candidate) => candidate.extension === extension)
  if (format) return format
  const extensions = MODEL_FORMATS.map((candidate) => candidate.extension)
  throw new UserError(`${displayPath(path)}: ${notOneOf(extension, "model file's extension", 'extensions', extensions)}`)
}
