// What a format of models on disk is.

import type { Model } from '../model.ts'

export interface ModelFormat {
  readonly name: string
  /** with its dot */
  readonly extension: string
  /** @throws UserError where the file is missing, damaged or not a model */
  read(path: string): Model
  /** whole or not at all */
  write(path: string, model: Model): void
}
