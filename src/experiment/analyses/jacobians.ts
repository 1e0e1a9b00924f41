// How products of the state's Jacobians grow or shrink with the number of steps.

import { jacobians } from '../../analysis/gradients/jacobians.ts'
import { inTurn } from '../../core/in-turn.ts'
import { defineAnalysis } from './context.ts'
import { momentsOf } from './moments.ts'
import { samplePlaces } from './sequences.ts'

/** Lags of a curve: enough for a line. */
const LAGS = 20

export const jacobiansAnalysis = defineAnalysis({
  name: 'jacobians',
  prepare: ({ places, longestLag }, { dataset }) => samplePlaces(dataset, places, longestLag + 1),
  ask(subject, { sequences, places }, { section: { longestLag, moments, initial }, engine, signal }) {
    const lags = [...new Set(Array.from({ length: LAGS }, (_, index) => Math.ceil((longestLag * (index + 1)) / LAGS)))]
    const options = { lags, initial, signal }
    return inTurn(momentsOf(subject, moments), (moment) => jacobians(engine, moment, sequences, places, options))
  },
  combine(answers) {
    const found = answers.flat()
    const rows = found.flatMap((each) => each.rows)
    return [{ analysis: 'jacobians', rows, spectrum: found.flatMap(({ spectrum }) => spectrum) }]
  },
})
