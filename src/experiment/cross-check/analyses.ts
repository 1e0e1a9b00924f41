// Models that an analysis names, and their sites and units.

import { UserError, type Problem } from '../../core/errors.ts'
import type { ModelConfig } from '../../model/config.ts'
import { matchSites, parseUnit } from '../../model/sites.ts'
import { kindFor, wrongKind, type AnalysisKeys } from '../schema/analyses.ts'
import { isByHand, isReference, kindOfSection, modelConfig, type ModelSection } from '../schema/model.ts'
import { choicesOf } from '../schema/units.ts'
import type { Entry } from './entries.ts'
import { nameProblems } from './names.ts'

export function analysisProblems(
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
  choicesOf(analysis.units).forEach((choice, i) => {
    if (choice.kind === 'unit') attempt(`units[${i}]`, () => parseUnit(choice.unit, config))
  })
  return problems
}

function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ path, message }) => {
    const key = `${path}: ${message}`
    return !seen.has(key) && seen.add(key)
  })
}
