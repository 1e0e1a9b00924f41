// The one way in: a data section becomes a divided corpus, a vocabulary of its training part, and token ids.

import type { DataConfig } from './config.ts'
import type { CorpusCounts, Document } from './corpus.ts'
import type { Vocabulary } from './vocabulary.ts'

export interface Dataset {
  /** for people, such as `Brown corpus` */
  readonly name: string
  /** of the bytes that determine the corpus; part of every store key */
  readonly sha256: string
  readonly counts: CorpusCounts
  readonly vocabulary: Vocabulary
  readonly training: DatasetPart
  readonly validation: DatasetPart
  readonly test: DatasetPart
}

/** Some documents and their ids: every sentence is followed by the end token. */
export interface DatasetPart {
  readonly documents: readonly Document[]
  readonly tokens: Int32Array
  /** index into `tokens` of each document's first token */
  readonly documentStarts: Int32Array
  /** index into `tokens` of each sentence's first token */
  readonly sentenceStarts: Int32Array
}

export interface DatasetOptions {
  /** the folder that paths of the section are relative to: that of the YAML */
  readonly baseDirectory: string
}

/**
 * Reads, divides and encodes. Deterministic: the same section and the same bytes give the same dataset.
 * @throws UserError where the text cannot be read, is empty, or is too small to be divided
 */
export async function loadDataset(config: DataConfig, options: DatasetOptions): Promise<Dataset> {
  throw new Error('not written yet')
}
