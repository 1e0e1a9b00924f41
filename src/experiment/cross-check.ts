// What one section alone cannot tell: names that must be known elsewhere, sites that a cell does not have. Looks at
// every entry that is right in itself, so that these problems are reported together with all others.

import { PROBES } from '../../probes/index.ts'
import { notOneOf, UserError, type Problem } from '../core/errors.ts'
import type { ModelConfig } from '../model/config.ts'
import { matchSites, parseUnit } from '../model/sites.ts'
import { NATURAL_TASK } from '../tasks/natural-items.ts'
import { taskNames, taskOf, type ItemSource } from './analyses/items.ts'
import { isProbePath } from './find-probe.ts'
import { check } from './problems.ts'
import { analysisSchema, topCount, type Analysis } from './schema/analyses.ts'
import { isReference, modelConfig, modelSchema, type ModelSection } from './schema/model.ts'

interface Entry<T> {
  readonly path: string
  readonly value: T
}

/** Problems between the sections of an experiment that may have other problems, too. */
export function crossCheck(experiment: unknown): Problem[] {
  const models = entries(experiment, 'models', (value) => check(modelSchema, value).data)
  const analyses = entries(experiment, 'analyses', (value) => check(analysisSchema, value).data)
  return [...modelProblems(models), ...analyses.flatMap((analysis, index) => [
    ...analysisProblems(analysis, models, namesOf(experiment)),
    ...naturalProblems(analysis, experiment),
    ...orderProblems(analysis, analyses.slice(0, index)),
  ])]
}

/** The entries of a list that are right in themselves. */
function entries<T>(experiment: unknown, key: string, parse: (value: unknown) => T | null): Entry<T>[] {
  if (typeof experiment !== 'object' || experiment === null) return []
  const list: unknown = (experiment as Record<string, unknown>)[key]
  if (!Array.isArray(list)) return []
  return list.flatMap((raw: unknown, index) => {
    const value = parse(raw)
    return value === null ? [] : [{ path: `${key}[${index}]`, value }]
  })
}

/** The names of all models, of those with other problems, too. */
function namesOf(experiment: unknown): string[] {
  return entries(experiment, 'models', (value) => {
    const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : null
    return typeof name === 'string' ? name : null
  }).map(({ value }) => value)
}

function modelProblems(models: readonly Entry<ModelSection>[]): Problem[] {
  return models.flatMap(({ path, value }, index) => {
    const problems: Problem[] = []
    if (models.slice(0, index).some((other) => other.value.name === value.name)) {
      const message = `there are two models with the name "${value.name}". Name them differently.`
      problems.push({ path: `${path}.name`, message })
    }
    if (!isReference(value) && value.tied && value.embedding !== value.units) {
      problems.push({
        path: `${path}.tied`,
        message: `a tied decoder needs embedding = units; they are ${value.embedding} and ${value.units}.`,
      })
    }
    return problems
  })
}

function analysisProblems(
  { path, value }: Entry<Analysis>,
  models: readonly Entry<ModelSection>[],
  names: readonly string[],
): Problem[] {
  const problems = nameProblems(path, value)
  value.models?.forEach((name, index) => {
    if (!names.includes(name)) {
      const message = `there is no model "${name}". Models are: ${names.join(', ')}.`
      problems.push({ path: `${path}.models[${index}]`, message })
    }
  })
  for (const { value: model } of models) {
    if (isReference(model) || (value.models && !value.models.includes(model.name))) continue
    problems.push(...siteProblems(path, value, modelConfig(model, 1)))
  }
  return distinct(problems)
}

/** Tasks and probes that there are not. */
function nameProblems(path: string, analysis: Analysis): Problem[] {
  const problems: Problem[] = []
  if ('items' in analysis) {
    problems.push(...itemProblems(`${path}.items`, analysis.items))
  }
  if ('probe' in analysis && !isProbePath(analysis.probe)) {
    const probes = PROBES.map((probe) => probe.name)
    if (!probes.includes(analysis.probe)) {
      problems.push({ path: `${path}.probe`, message: notOneOf(analysis.probe, 'probe', 'probes', probes) })
    }
  }
  return problems
}

function itemProblems(path: string, sources: readonly ItemSource[]): Problem[] {
  const tasks = taskNames()
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

/** Sentences of Brown can only come from Brown. */
function naturalProblems({ path, value }: Entry<Analysis>, experiment: unknown): Problem[] {
  const { data } = experiment as { readonly data?: unknown }
  if (!('items' in value) || !value.items.includes(NATURAL_TASK)) return []
  if (typeof data !== 'object' || data === null || 'corpus' in data) return []
  const message = `${NATURAL_TASK} takes sentences of the Brown corpus. Write data: { corpus: brown }, or leave it out.`
  return [{ path: `${path}.items`, message }]
}

function siteProblems(path: string, analysis: Analysis, config: ModelConfig): Problem[] {
  const problems: Problem[] = []
  const attempt = (place: string, act: () => unknown) => {
    try {
      act()
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push({ path: `${path}.${place}`, message: error.message })
    }
  }
  if ('sites' in analysis) analysis.sites.forEach((site, i) => attempt(`sites[${i}]`, () => matchSites(site, config)))
  if ('site' in analysis && analysis.site !== undefined) {
    const { site } = analysis
    attempt('site', () => matchSites(site, config))
  }
  if ('units' in analysis && typeof analysis.units !== 'string') {
    analysis.units.forEach((unit, i) => attempt(`units[${i}]`, () => parseUnit(unit, config)))
  }
  return problems
}

/** `top N` means the units of a sweep that stands above. */
function orderProblems({ path, value }: Entry<Analysis>, above: readonly Entry<Analysis>[]): Problem[] {
  if (!('units' in value) || topCount(value.units) === null) return []
  if (above.some((analysis) => analysis.value.analysis === 'ablation-sweep')) return []
  const message = `"${String(value.units)}" needs an ablation-sweep above it, which says which units are on top.`
  return [{ path: `${path}.units`, message }]
}

function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ path, message }) => {
    const key = `${path}: ${message}`
    return !seen.has(key) && seen.add(key)
  })
}
