// What one section alone cannot tell: names that must be known elsewhere, sites that a cell does not have. Looks at
// all that is right in an entry, whatever else is wrong with it, so that these problems are reported together with all others.

import { PROBES } from '../../probes/index.ts'
import { notOneOf, UserError, type Problem } from '../core/errors.ts'
import { MOST_LAYERS, MOST_UNITS, type ModelConfig } from '../model/config.ts'
import { matchSites, parseUnit } from '../model/sites.ts'
import { GRAMMAR_TASK } from '../tasks/grammar-items.ts'
import { NATURAL_TASK } from '../tasks/natural-items.ts'
import { taskNames, taskOf, type ItemSource } from './analyses/items.ts'
import { isByName } from './data-sections.ts'
import { isProbePath } from './find-probe.ts'
import { check } from './problems.ts'
import { kindFor, rightKeys, wrongKind, type AnalysisKeys } from './schema/analyses.ts'
import { isByHand, isImported, isReference, isTagger, kindOfSection, modelConfig, modelSchema, type ModelSection } from './schema/model.ts'
import { choicesOf, type OneChoice } from './schema/units.ts'

interface Entry<T> {
  readonly path: string
  readonly value: T
}

/** Problems between the sections of an experiment that may have other problems, too. */
export function crossCheck(experiment: unknown): Problem[] {
  const models = entries(experiment, 'models', rightModel)
  const data = dataNames(experiment)
  const analyses = entries(experiment, 'analyses', rightKeys)
  return [
    ...missingData(experiment, models),
    ...modelProblems(models, data),
    ...trainingProblems(experiment, data),
    ...readingProblems(experiment, models, data),
    ...analyses.flatMap((analysis, index) => [
      ...analysisProblems(analysis, models, namesOf(experiment, data)),
      ...sentenceProblems(analysis, experiment),
      ...emergenceProblems(analysis, experiment, models),
      ...orderProblems(analysis, analyses.slice(0, index)),
    ]),
  ]
}

/** The entries of a list as `read` gives them; those that it cannot read are left out. */
function entries<T>(experiment: unknown, key: string, read: (value: unknown) => T | null): Entry<T>[] {
  if (!isGroup(experiment)) return []
  const list = experiment[key]
  if (!Array.isArray(list)) return []
  return list.flatMap((raw: unknown, index) => {
    const value = read(raw)
    return value === null ? [] : [{ path: `${key}[${index}]`, value }]
  })
}

/** Stands for a wrong size: no site or unit can be outside of it, and nothing can be said against a tied decoder. */
const LARGEST = { layers: MOST_LAYERS, units: MOST_UNITS, embedding: MOST_UNITS }

/** A model without what is wrong in it; null where that leaves none, as without a cell. */
function rightModel(raw: unknown): ModelSection | null {
  const { data, problems } = check(modelSchema, raw)
  if (data !== null || !isGroup(raw)) return data
  const wrong = new Set(problems.map(({ path }) => path.split(/[.[]/)[0]))
  const right = Object.entries(raw).filter(([key]) => !wrong.has(key))
  const sizes = Object.entries(LARGEST).filter(([key]) => wrong.has(key))
  const tied = wrong.has('units') || wrong.has('embedding') ? { tied: false } : {}
  return check(modelSchema, { ...Object.fromEntries([...right, ...sizes]), ...tied }).data
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What analyses can call models, of those with other problems, too: an entry, or what it is on one of several data. */
function namesOf(experiment: unknown, data: readonly string[]): string[] {
  const names = entries(experiment, 'models', (value) => {
    return isGroup(value) && typeof value['name'] === 'string' ? value['name'] : null
  }).map(({ value }) => value)
  return [...names, ...names.flatMap((name) => data.map((section) => `${name}-${section}`))]
}

/** The names of several data sections; none where there is one. */
function dataNames(experiment: unknown): string[] {
  const data = isGroup(experiment) ? experiment['data'] : null
  return isByName(data) ? Object.keys(data) : []
}

/** Every data section as it is given. */
function sectionsOf(experiment: unknown): unknown[] {
  const data = isGroup(experiment) ? experiment['data'] : undefined
  if (data === undefined) return []
  return isByName(data) ? Object.values(data) : [data]
}

/** Nothing to train on. */
function missingData(experiment: unknown, models: readonly Entry<ModelSection>[]): Problem[] {
  const needing = models.filter(({ value }) => !isReference(value) || isImported(value))
  if (sectionsOf(experiment).length > 0 || needing.length === 0) return []
  const isAsked = needing.every(({ value }) => isReference(value))
  const why = 'is missing: an imported model is asked about a text, such as { corpus: brown, test: 0.2 }, in its own vocabulary.'
  return [{ path: 'data', message: isAsked ? why : 'is missing.' }]
}

/** Trainings by name that have no data. */
function trainingProblems(experiment: unknown, data: readonly string[]): Problem[] {
  const training = isGroup(experiment) ? experiment['training'] : null
  if (!isGroup(training) || !Object.keys(training).some((name) => data.includes(name))) return []
  return Object.keys(training)
    .filter((name) => !data.includes(name))
    .map((name) => ({ path: `training.${name}`, message: notOneOf(name, 'data section', 'data sections', data) }))
}

/** Taggers, and what reads from both ends, read sentences whole: updates on drawn sentences, not epochs of a running text. */
function readingProblems(experiment: unknown, models: readonly Entry<ModelSection>[], data: readonly string[]): Problem[] {
  const ofSentences = models.filter(({ value }) => ['tagger', 'pair'].includes(kindOfSection(value) ?? ''))
  if (!isGroup(experiment) || ofSentences.length === 0) return []
  const { training } = experiment
  const byName = isGroup(training) && Object.keys(training).some((name) => data.includes(name))
  const names = ofSentences.flatMap(({ value }) => value.data ?? data)
  const sections = byName
    ? [...new Set(names)].map((name) => [`training.${name}`, training[name]] as const)
    : [['training', training] as const]
  return sections
    .filter(([, section]) => !(isGroup(section) && 'updates' in section))
    .map(([path]) => {
      const { name } = ofSentences[0].value
      return { path, message: `${name} reads whole sentences, drawn at random: write updates: 4000, and no epochs.` }
    })
}

function modelProblems(models: readonly Entry<ModelSection>[], data: readonly string[]): Problem[] {
  return models.flatMap(({ path, value }, index) => {
    const problems: Problem[] = []
    if (models.slice(0, index).some((other) => other.value.name === value.name)) {
      const message = `there are two models with the name "${value.name}". Name them differently.`
      problems.push({ path: `${path}.name`, message })
    }
    if (isReference(value) && !isImported(value)) {
      if (value.data === undefined) return problems
      const message = `${value.from} has the data of its own experiment. Leave this key out.`
      return [...problems, { path: `${path}.data`, message }]
    }
    if (isReference(value) && value.seeds !== undefined) {
      problems.push({ path: `${path}.seeds`, message: `${value.from} is imported: there is one of it. Leave this key out.` })
    }
    value.data?.forEach((name) => {
      if (data.includes(name)) return
      const message = data.length > 0
        ? notOneOf(name, 'data section', 'data sections', data)
        : 'there is one data section, without a name. Leave this key out.'
      problems.push({ path: `${path}.data`, message })
    })
    if (isByHand(value) || isReference(value)) return problems
    if (value.tied && isTagger(value)) {
      problems.push({ path: `${path}.tied`, message: 'the decoder of tags is no embedding of tokens. Leave this key out.' })
    } else if (value.tied && value.embedding !== value.units) {
      problems.push({
        path: `${path}.tied`,
        message: `a tied decoder needs embedding = units; they are ${value.embedding} and ${value.units}.`,
      })
    }
    if (kindOfSection(value) === 'pair') {
      if (value.dropout > 0) {
        const message = 'a bidirectional language model is trained without dropout. Leave this key out.'
        problems.push({ path: `${path}.dropout`, message })
      }
      if (value.embedding !== value.units) {
        const sizes = `they are ${value.embedding} and ${value.units}.`
        const message = `the layers of a bidirectional language model are mixed with its embedding, as wide as its units: ${sizes}`
        problems.push({ path: `${path}.embedding`, message })
      }
    }
    if (value.skip && value.layers === 1) {
      problems.push({ path: `${path}.skip`, message: 'there is no second layer, from which on this key counts. Leave it out.' })
    }
    return problems
  })
}

function analysisProblems(
  { path, value }: Entry<AnalysisKeys>,
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
  const chosen = value.models?.filter((name) => names.includes(name)) ?? []
  for (const { value: model } of models) {
    const place = value.models?.indexOf(model.name) ?? -1
    const kind = kindOfSection(model)
    const wanted = value.analysis && kindFor({ analysis: value.analysis })
    if (place >= 0 && kind && wanted && kind !== wanted) {
      problems.push({ path: `${path}.models[${place}]`, message: wrongKind(model.name, kind, { analysis: value.analysis! }) })
    }
    if (isReference(model) || isByHand(model) || kind !== 'language model' || (chosen.length > 0 && !chosen.includes(model.name))) continue
    problems.push(...siteProblems(path, value, modelConfig(model, 1, 0)))
  }
  return distinct(problems)
}

/** Tasks and probes that there are not. */
function nameProblems(path: string, analysis: AnalysisKeys): Problem[] {
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

/** Sentences of Brown can only come from Brown, in words, and those of a grammar from one. */
function sentenceProblems({ path, value }: Entry<AnalysisKeys>, experiment: unknown): Problem[] {
  const sections = sectionsOf(experiment)
  const problem = (message: string) => [{ path: `${path}.items`, message }]
  const lacks = (task: string, mayHave: (section: unknown) => boolean) =>
    (value.items?.includes(task) ?? false) && sections.length > 0 && !sections.some(mayHave)
  return [
    ...(lacks(NATURAL_TASK, mayHaveSentences)
      ? problem(`${NATURAL_TASK} takes sentences of the Brown corpus. Write data: { corpus: brown }, or leave it out.`)
      : []),
    ...(lacks(GRAMMAR_TASK, (section) => !isGroup(section) || 'grammar' in section)
      ? problem(`${GRAMMAR_TASK} takes sentences that a grammar draws. Write data: { grammar: FILE }, or leave it out.`)
      : []),
  ]
}

function siteProblems(path: string, analysis: AnalysisKeys, config: ModelConfig): Problem[] {
  const problems: Problem[] = []
  const attempt = (place: string, act: () => unknown) => {
    try {
      act()
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push({ path: `${path}.${place}`, message: error.message })
    }
  }
  const { site } = analysis
  // lag curves leave out the cell of cells that have none
  const isLeftOut = (name: string) => analysis.analysis === 'lag-curves' && name === 'cell' && config.cell !== 'lstm'
  const sites = analysis.sites ?? []
  sites.forEach((name, i) => isLeftOut(name) || attempt(`sites[${i}]`, () => matchSites(name, config)))
  if (site !== undefined) attempt('site', () => matchSites(site, config))
  choicesIn(analysis).forEach((choice, i) => {
    if (choice.kind === 'unit') attempt(`units[${i}]`, () => parseUnit(choice.unit, config))
  })
  return problems
}

/** False where a section is surely no Brown corpus of words. */
function mayHaveSentences(section: unknown): boolean {
  return !isGroup(section) || ('corpus' in section && section['unit'] !== 'characters')
}

/** Snapshots can only be kept while a model is trained; a model from elsewhere may have some. */
function emergenceProblems(
  { path, value }: Entry<AnalysisKeys>,
  experiment: unknown,
  models: readonly Entry<ModelSection>[],
): Problem[] {
  if (value.analysis !== 'emergence' || models.some((model) => isReference(model.value))) return []
  const training = isGroup(experiment) ? experiment['training'] : null
  const sections = isGroup(training) ? [training, ...Object.values(training)] : []
  if (sections.some((section) => isGroup(section) && 'snapshots' in section)) return []
  return [{ path, message: 'emergence looks at models on their way, and no training keeps any. Write snapshots: doubling in training.' }]
}

function choicesIn({ units }: AnalysisKeys): readonly OneChoice[] {
  return units === undefined ? [] : choicesOf(units)
}

/** What is chosen by an analysis above needs that analysis. */
function orderProblems({ path, value }: Entry<AnalysisKeys>, above: readonly Entry<AnalysisKeys>[]): Problem[] {
  const stands = (name: AnalysisKeys['analysis']) => above.some((analysis) => analysis.value.analysis === name)
  return choicesIn(value).flatMap((choice, index) => {
    const missing = missingAbove(choice)
    if (missing === null) return []
    const place = typeof value.units === 'string' ? 'units' : `units[${index}]`
    return [{ path: `${path}.${place}`, message: missing }]
  })

  function missingAbove(choice: OneChoice): string | null {
    switch (choice.kind) {
      case 'unit':
        return null
      case 'top':
        return stands('ablation-sweep')
          ? null
          : `"top ${choice.count}" needs an ablation-sweep above it, which says which units are on top.`
      case 'syntax':
        return stands('syntax-units')
          ? null
          : `"syntax ${choice.count}" needs a syntax-units above it, which says which units follow the depth of phrases.`
      case 'best':
        return above.some(({ value: { analysis, probes } }) => analysis === 'find-units' && probes?.includes(choice.probe))
          ? null
          : `"best for ${choice.probe}" needs a find-units above it with the probe ${choice.probe}, which says which unit is best.`
      case 'typical':
        return stands('find-units') ? null : '"typical" needs a find-units above it, which looks at every unit.'
    }
  }
}

function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ path, message }) => {
    const key = `${path}: ${message}`
    return !seen.has(key) && seen.add(key)
  })
}
