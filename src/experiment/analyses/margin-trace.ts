// The margin of the right verb traced back to the words before it.

import { marginTrace } from '../../analysis/gradients/margin-trace.ts'
import { inTurn } from '../../core/in-turn.ts'
import { defineAnalysis } from './context.ts'
import { momentsOf } from './moments.ts'

export const marginTraceAnalysis = defineAnalysis({
  name: 'margin-trace',
  prepare: ({ items, itemsPerCondition }, material) => material.items(items, itemsPerCondition).items,
  ask(subject, items, { section: { moments, sites, initial, resamples }, engine, signal }) {
    const options = { sites, initial, resamples, signal }
    return inTurn(momentsOf(subject, moments), (moment) => marginTrace(engine, moment, items, options))
  },
  combine(answers) {
    const traced = answers.flat()
    const rows = traced.flatMap((each) => each.rows)
    return [{ analysis: 'margin-trace', rows, distances: traced.flatMap(({ distances }) => distances) }]
  },
})
