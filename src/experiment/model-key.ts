// What determines a trained model, and its name in the store: the hash of all that. The number of threads, the SIMD
// width and every path stay out of it: they change no byte of the model.

import { canonicalJson } from '../core/json.ts'
import { sha256 } from '../core/files.ts'
import type { DataConfig } from '../data/config.ts'
import type { Engine } from '../engine/engine.ts'
import type { ModelConfig } from '../model/config.ts'
import type { TrainingConfig } from '../training/config.ts'

/** Raised whenever the same description leads to another model, engines aside: data, initialisation, training loop. */
export const STORE_FORMAT = 1

/** The data section without its paths: the corpus is known by its bytes. */
export type DataIdentity = Readonly<Record<string, unknown>> & { readonly sha256: string }

export interface ModelDescription {
  readonly format: number
  /** null: no engine of ours had a part in it */
  readonly engine: Engine['name'] | null
  readonly numerics: string | null
  readonly model: ModelConfig
  /** null: the weights are set by hand, or imported */
  readonly training: TrainingConfig | null
  readonly data: DataIdentity
  readonly seed: number
}

export function describeModel(parts: {
  readonly engine: Pick<Engine, 'name' | 'numerics'>
  readonly model: ModelConfig
  readonly training: TrainingConfig | null
  readonly data: DataConfig
  /** of the corpus */
  readonly sha256: string
  readonly seed: number
}): ModelDescription {
  const { engine, model, training, data, sha256: corpus, seed } = parts
  return {
    format: STORE_FORMAT,
    engine: engine.name,
    numerics: engine.numerics,
    model,
    training,
    data: identify(data, corpus),
    seed,
  }
}

/** 64 hexadecimal digits; the same for the same description, whatever the order of its keys. */
export function modelKey(description: ModelDescription): string {
  return sha256(canonicalJson(description))
}

function identify(data: DataConfig, corpus: string): DataIdentity {
  if ('grammar' in data) return { ...data, grammar: undefined, source: 'grammar', sha256: corpus }
  if ('copy' in data) return { ...data, source: 'copy', sha256: corpus }
  if ('language' in data) return { ...data, source: 'language', sha256: corpus }
  if ('corpus' in data) {
    const unit = data.unit === 'words' ? undefined : data.unit // keys of words are older than the choice
    return { ...data, corpus: undefined, unit, source: data.corpus, sha256: corpus }
  }
  const bytes = { limit: undefined, sha256: corpus }
  if ('files' in data) return { ...data, files: undefined, source: 'files', ...bytes }
  if ('text' in data) return { ...data, text: undefined, fetch: undefined, source: 'text', ...bytes }
  return { ...data, npm: undefined, file: undefined, source: 'text', ...bytes }
}
