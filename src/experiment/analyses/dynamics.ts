// Gates and states of a few units word by word, for each task of its own.

import { dynamics } from '../../analysis/dynamics.ts'
import { inTurn } from '../../core/in-turn.ts'
import { namesOfChosen } from './chosen-units.ts'
import { defineAnalysis } from './context.ts'
import { itemsByTask } from './material.ts'

export const dynamicsAnalysis = defineAnalysis({
  name: 'dynamics',
  prepare: itemsByTask,
  ask(subject, tasks, { section: { sites, initial, units: choice }, engine, chosen }) {
    const units = namesOfChosen(choice, subject, chosen)
    return inTurn(tasks, ({ items }) => dynamics(engine, subject, items, { units, sites, initial }))
  },
  combine: (answers, tasks) =>
    tasks.map(({ task }, place) => {
      const own = answers.map((answer) => answer[place])
      return { analysis: 'dynamics', task, rows: own.flatMap(({ rows }) => rows), gaps: own.flatMap(({ gaps }) => gaps) }
    }),
})
