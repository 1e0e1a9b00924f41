// Tasks and probes that an analysis names.

import { PROBES } from '../../../probes/index.ts'
import { notOneOf, type Problem } from '../../core/errors.ts'
import { taskNames, taskOf, type ItemSource } from '../analyses/items.ts'
import { isProbePath } from '../find-probe.ts'
import type { AnalysisKeys } from '../schema/analyses.ts'

/** Tasks and probes that there are not. */
export function nameProblems(path: string, analysis: AnalysisKeys): Problem[] {
  const problems: Problem[] = []
  if (analysis.items !== undefined) {
    const tasks = analysis.analysis === 'minimal-pairs' ? [] : taskNames() // its files may be called as they like
    problems.push(...itemProblems(`${path}.items`, analysis.items, tasks))
  }
  if (analysis.probe !== undefined) problems.push(...probeProblems(`${path}.probe`, analysis.probe))
  analysis.probes?.forEach((probe, index) => problems.push(...probeProblems(`${path}.probes[${index}]`, probe)))
  return problems
}

function probeProblems(path: string, probe: string): Problem[] {
  const probes = PROBES.map(({ name }) => name)
  return isProbePath(probe) || probes.includes(probe) ? [] : [{ path, message: notOneOf(probe, 'probe', 'probes', probes) }]
}

function itemProblems(path: string, sources: readonly ItemSource[], tasks: readonly string[]): Problem[] {
  const names = sources.map(taskOf)
  const unknown = sources.filter((source) => typeof source === 'string' && !tasks.includes(source))
  const twice = names.filter((name, index) => names.indexOf(name) < index)
  return [
    ...unknown.map((task) => ({ path, message: notOneOf(task, 'task', 'tasks', tasks) })),
    ...twice.map((name) => ({ path, message: `there are two tasks "${name}". Leave one out, or rename its file.` })),
    ...sources.flatMap((source) => {
      if (typeof source === 'string' || !tasks.includes(taskOf(source))) return []
      return [{ path, message: `${source.file} has the name of the task ${taskOf(source)}. Rename the file.` }]
    }),
  ]
}
