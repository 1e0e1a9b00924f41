// How products of the state's Jacobians grow or shrink with the number of steps.

import { jacobians } from '../../analysis/gradients/jacobians.ts'
import type { ExponentRow } from '../../analysis/results.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'
import { momentsOf } from './moments.ts'
import { samplePlaces } from './sequences.ts'

/** Lags of a curve: enough for a line. */
const LAGS = 20

export const runJacobians: AnalysisRunner<'jacobians'> = async (section, context) => {
  const { engine, material: { dataset }, signal } = context
  const { longestLag, moments, initial } = section
  const { sequences, places } = samplePlaces(dataset, section.places, longestLag + 1)
  const lags = [...new Set(Array.from({ length: LAGS }, (_, index) => Math.ceil((longestLag * (index + 1)) / LAGS)))]
  const spectrum: ExponentRow[] = []
  const rows = await rowsOfEach(section, context, async (subject) => {
    const own = []
    for (const moment of momentsOf(subject, moments)) {
      const found = await jacobians(engine, moment, sequences, places, { lags, initial, signal })
      own.push(...found.rows)
      spectrum.push(...found.spectrum)
    }
    return own
  })
  return [{ analysis: 'jacobians', rows, spectrum }]
}
