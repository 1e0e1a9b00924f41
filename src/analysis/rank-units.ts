// Units of any recording by how well each alone tells the answer to a yes-no probe. For a first look at own text; what
// an experiment reports about agreement, with its confirmation and chance level, is unit-ranking.ts.

import { UserError } from '../core/errors.ts'
import { auc, aucInterval } from '../core/statistics/auc.ts'
import type { Probe } from '../probe.ts'
import type { Recording } from '../recording/recording.ts'

export interface RankedUnit {
  readonly unit: string
  /** probability that the unit is higher at a yes than at a no; below 0.5 it is lower */
  readonly auc: number
  /** 95 %; tokens of one sequence are not independent, so sequences are the clusters */
  readonly low: number
  readonly high: number
  /** tokens that have an answer */
  readonly n: number
}

/**
 * Every recorded unit, best first: by |AUC − 0.5|, ties in the order of the recording.
 * @throws UserError where the probe does not answer with yes and no, or always answers the same
 */
export function rankUnits(recording: Recording, probe: Probe): RankedUnit[] {
  const { rows, labels, clusters } = answersOf(recording, probe)
  return recording.sites
    .flatMap((site) => {
      const values = recording.read(0, recording.count, [site]).values[site]
      const width = recording.widths[site]
      return Array.from({ length: width }, (_, index): RankedUnit => {
        const own = Float64Array.from(rows, (row) => values[row * width + index])
        const interval = aucInterval(own, labels, clusters)
        return { unit: `${site}.${index}`, auc: auc(own, labels), ...interval, n: rows.length }
      })
    })
    .sort((a, b) => Math.abs(b.auc - 0.5) - Math.abs(a.auc - 0.5))
}

/** The rows of a recording that the probe answers, their answers as 1 and 0, and their sequences. */
function answersOf(recording: Recording, probe: Probe) {
  if (probe.answers !== 'yes-no') throw new UserError(`The probe ${probe.name} does not answer with yes and no.`)
  const { sequences, vocabulary, offsets } = recording
  const answered = sequences.flatMap((sequence, index) => {
    const tokens = Array.from(sequence.tokens, (id) => vocabulary[id])
    const labels = probe.label({ tokens, tags: sequence.tags, item: sequence.item })
    return labels.map((label, position) => ({ row: offsets[index] + position, label, cluster: String(index) }))
  }).filter(({ label }) => label !== undefined)
  const labels = Uint8Array.from(answered, ({ label }) => (label === true ? 1 : 0))
  if (!labels.includes(0) || !labels.includes(1)) {
    throw new UserError(`"${probe.question}" has only one answer in this text; a ranking needs both.`)
  }
  return { rows: answered.map(({ row }) => row), labels, clusters: answered.map(({ cluster }) => cluster) }
}
