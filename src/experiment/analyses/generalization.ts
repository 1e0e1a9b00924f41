// Decoders of number that are trained at one word and tested at others, for each task of its own.

import { checkGeneralization, generalization } from '../../analysis/generalization.ts'
import { inTurn } from '../../core/in-turn.ts'
import { namesOfChosen } from './chosen-units.ts'
import { defineAnalysis } from './context.ts'
import { itemsByTask } from './material.ts'

export const generalizationAnalysis = defineAnalysis({
  name: 'generalization',
  prepare(section, material) {
    const tasks = itemsByTask(section, material)
    for (const { task, items } of tasks) checkGeneralization(section.analysis, task, items)
    return tasks
  },
  ask(subject, tasks, { section: { units, sites, initial, permutations }, engine, chosen, signal }) {
    const options = { units: namesOfChosen(units, subject, chosen), sites, initial, permutations, signal }
    return inTurn(tasks, ({ items }) => generalization(engine, subject, items, options))
  },
  combine: (answers, tasks) =>
    tasks.map(({ task, items: [{ fields }] }, place) => {
      const own = answers.map((answer) => answer[place])
      return {
        analysis: 'generalization',
        task,
        subject: fields.subjectPosition,
        lastNoun: fields.lastNounPosition,
        rows: own.flatMap(({ rows }) => rows),
        units: own.flatMap(({ units }) => units),
      }
    }),
})
