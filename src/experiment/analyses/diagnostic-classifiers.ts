// Classifiers of number at every site and word, for each task of its own.

import { diagnosticClassifiers } from '../../analysis/classifiers/diagnostic-classifiers.ts'
import { checkGeneralization } from '../../analysis/generalization.ts'
import { inTurn } from '../../core/in-turn.ts'
import { namesOfChosen } from './chosen-units.ts'
import { defineAnalysis } from './context.ts'
import { itemsByTask } from './material.ts'

export const classifiersAnalysis = defineAnalysis({
  name: 'diagnostic-classifiers',
  prepare(section, material) {
    const tasks = itemsByTask(section, material)
    for (const { task, items } of tasks) checkGeneralization(section.analysis, task, items)
    return tasks
  },
  ask(subject, tasks, { section, engine, chosen, signal }) {
    const { sites, initial, resamples } = section
    const units = section.units === undefined ? [] : namesOfChosen(section.units, subject, chosen)
    const options = { sites, units, initial, resamples, signal }
    return inTurn(tasks, ({ items }) => diagnosticClassifiers(engine, subject, items, options))
  },
  combine: (answers, tasks) =>
    tasks.map(({ task }, place) => {
      const own = answers.map((answer) => answer[place])
      return {
        analysis: 'diagnostic-classifiers',
        task,
        rows: own.flatMap(({ rows }) => rows),
        path: own.flatMap(({ path }) => path),
        units: own.flatMap(({ units }) => units),
      }
    }),
})
