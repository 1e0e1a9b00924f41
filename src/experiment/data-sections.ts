// The data of an experiment, each with how models are trained on it. A file gives one section without a name, or
// several by name, and so for `training`; a file whose models are all of other experiments gives none.

import type { DataConfig } from '../data/config.ts'
import { DEFAULT_DRAWN, DEFAULT_TRAINING, type TrainingConfig } from '../training/config.ts'

export interface DataSection {
  /** null where it is the only one */
  readonly name: string | null
  readonly data: DataConfig
  readonly training: TrainingConfig
}

/** As a file has it: one section, or several by name. Several trainings have names of data. */
export type SectionsInput =
  | { readonly data?: DataConfig; readonly training?: TrainingConfig }
  | { readonly data: ByName<DataConfig>; readonly training?: TrainingConfig }
  | { readonly data: ByName<DataConfig>; readonly training: ByName<TrainingConfig> }

type ByName<T> = Readonly<Record<string, T>>

/** In the order of the file, every training filled in. */
export function readSections({ data, training }: SectionsInput): DataSection[] {
  if (data === undefined) return []
  if (!isByName<DataConfig>(data)) return [sectionOf(null, data, training as TrainingConfig | undefined)]
  const own = isByName<TrainingConfig>(training) && Object.keys(training).some((name) => name in data)
  return Object.entries(data).map(([name, config]) =>
    sectionOf(name, config, own ? (training as ByName<TrainingConfig>)[name] : (training as TrainingConfig | undefined)),
  )
}

/** The keys `data` and `training` that read as these sections. */
export function writeSections(sections: readonly DataSection[]): SectionsInput {
  if (sections.length === 0) return {}
  const [{ name, data, training }] = sections
  if (name === null) return { data, training }
  return {
    data: Object.fromEntries(sections.map((section) => [section.name, section.data])),
    training: Object.fromEntries(sections.map((section) => [section.name, section.training])),
  }
}

/** Several sections by name: every value is a group of keys. */
export function isByName<T extends object>(value: unknown): value is ByName<T> {
  const isObject = (some: unknown) => typeof some === 'object' && some !== null && !Array.isArray(some)
  return isObject(value) && Object.keys(value as object).length > 0 && Object.values(value as object).every(isObject)
}

/** Words of a language are drawn; a text is read in epochs. */
function sectionOf(name: string | null, data: DataConfig, training: TrainingConfig | undefined): DataSection {
  return { name, data, training: training ?? ('language' in data ? DEFAULT_DRAWN : DEFAULT_TRAINING) }
}
