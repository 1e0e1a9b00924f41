// The formats of models on disk. Another format is one file that exports a ModelFormat and one line in the list.

import { extname } from 'node:path'
import { UserError } from '../../core/errors.ts'
import { displayPath } from '../../core/files.ts'
import type { Model } from '../model.ts'
import type { ModelFormat } from './format.ts'
import { safetensors } from './safetensors.ts'

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
  const format = MODEL_FORMATS.find(({ extension }) => extension === extname(path))
  if (format) return format
  const extensions = MODEL_FORMATS.map(({ extension }) => extension).join(', ')
  throw new UserError(`${displayPath(path)} is not a name for a model file. Its extension is one of: ${extensions}.`)
}
