// A trained model at moments of its training: with the weights it began with, half way, and as it is.

import type { Moment } from '../../analysis/results.ts'
import type { AnalysedMoment } from '../../analysis/subject.ts'
import { startingWeights } from '../../model/initialization.ts'
import type { Weights } from '../../model/weights.ts'
import type { Subject } from './context.ts'

/** How far from the middle, as a share of all updates, a snapshot may be to count as half way. */
const NEAR_MIDDLE = 0.05

/** Those of the wanted moments that there are, in the order of training. A network set by hand was always trained. */
export function momentsOf(subject: Subject, wanted: readonly Moment[]): AnalysedMoment[] {
  const { name, seed, model } = subject
  return (['untrained', 'half way', 'trained'] as const).flatMap((moment) => {
    const weights = wanted.includes(moment) ? weightsAt(subject, moment) : null
    return weights === null ? [] : [{ name, seed, moment, model: { ...model, weights } }]
  })
}

function weightsAt({ model, seed, planted, snapshots }: Subject, moment: Moment): Weights | null {
  if (moment === 'trained') return model.weights
  if (planted !== null) return null
  if (moment === 'untrained') return startingWeights(model.config, seed)
  const distance = ({ share }: { readonly share: number }) => Math.abs(share - 0.5)
  const near = snapshots().filter((snapshot) => distance(snapshot) <= NEAR_MIDDLE)
  return near.sort((a, b) => distance(a) - distance(b))[0]?.model.weights ?? null
}
