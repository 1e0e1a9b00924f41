// A network that counts, under the names that its rows carry.

import type { TrainedLanguage } from '../../data/dataset.ts'
import type { ModelConfig } from '../../model/config.ts'
import { siteName, sitesOf } from '../../model/sites.ts'
import type { CountingCell, CountingSubject } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'

export interface CountingModel extends AnalysedModel {
  /** false: its weights were set by hand */
  readonly trained: boolean
}

/** What every row of a network on a language begins with. */
export function countingSubject({ name, seed, model }: AnalysedModel, language: TrainedLanguage): CountingSubject {
  return { model: name, seed, language: language.name, cell: cellOf(model.config), trainedTo: language.longest }
}

/** What tells cells that can keep a count from those that cannot. */
export function cellOf(config: ModelConfig): CountingCell {
  return config.cell === 'rnn' ? `${config.activation} rnn` : config.cell
}

/** Where a count can be kept, in the cell of an LSTM and the hidden state of the others: names of sites, bottom first. */
export function countingSites(config: ModelConfig): string[] {
  const quantity = config.cell === 'lstm' ? 'cell' : 'hidden'
  return sitesOf(config).filter((site) => site.quantity === quantity).map(siteName)
}
