// What the margins of verbs are put together from, for each task of its own.

import { attribution, checkAttribution } from '../../analysis/attribution/attribution.ts'
import { inTurn } from '../../core/in-turn.ts'
import { defineAnalysis } from './context.ts'
import { itemsByTask } from './material.ts'

export const attributionAnalysis = defineAnalysis({
  name: 'attribution',
  prepare(section, material) {
    const tasks = itemsByTask(section, material)
    for (const { task, items } of tasks) checkAttribution(task, items)
    return tasks
  },
  ask: (subject, tasks, { section: { initial, resamples }, engine, signal }) =>
    inTurn(tasks, ({ items }) => attribution(engine, subject, items, { initial, resamples, signal })),
  combine: (answers, tasks) =>
    tasks.map(({ task }, place) => {
      const own = answers.map((answer) => answer[place])
      return {
        analysis: 'attribution',
        task,
        rows: own.flatMap(({ rows }) => rows),
        checks: own.flatMap(({ checks }) => checks),
        defaults: own.flatMap(({ defaults }) => defaults),
        kept: own.flatMap(({ kept }) => kept),
      }
    }),
})
