// Which units the model needs for its choices: every unit of some sites is removed in turn on discovery items; the top ones
// are measured once more on confirmation items. A drop stands beside those of the 20 units most like the unit removed.

import { inTurn } from '../core/in-turn.ts'
import type { Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import { parseSite, parseUnit, siteName, unitName, type Site } from '../model/sites.ts'
import { record } from '../recording/record.ts'
import { meanSurprisal, score } from '../recording/score.ts'
import type { InitialState, Sequence } from '../recording/sequences.ts'
import type { Item } from '../tasks/items.ts'
import { scoreItems } from '../tasks/score-items.ts'
import { sweepUnits } from '../tasks/sweep.ts'
import { dropRows, resampleConditions, withShrinkage } from './drop-rows.ts'
import { strongestRows } from './choose-units.ts'
import type { ChosenUnit, OnChosen, UnitsChosen } from './chosen-unit.ts'
import { comparableUnits, outgoingNorms, unitActivity } from './comparable-units.ts'
import { familyWisePValues, type TestedUnits } from './family-wise.ts'
import { BAR, judgedByBar } from './number-units/bar.ts'
import type { AblationRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface AblationSweepOptions {
  /** such as `0.hidden`; all of their units together are looked at before any is judged */
  readonly sites: readonly string[]
  /** what units are set to; the first one chooses the top units. ['mean', 'zero'] by default */
  readonly set?: readonly AblationRow['set'][]
  /** sentences of ordinary training text, for each unit's mean, activity and spread; some 10,000 tokens are enough */
  readonly trainingText: readonly Sequence[]
  /** sentences of ordinary held-out text, for the change in loss when a top unit is removed; some 5,000 tokens */
  readonly heldOutText: readonly Sequence[]
  /** top units of each site to confirm and to measure on text; 5 by default */
  readonly top?: number
  /** units that a unit is compared with; 20 by default */
  readonly comparable?: number
  readonly initial?: InitialState
  /** resamples of the lemmas; 1000 by default */
  readonly resamples?: number
  /** of the bootstrap; 1 by default */
  readonly randomSeed?: number
  readonly onChosen?: OnChosen
  readonly log?: Log
  readonly signal?: AbortSignal
}

export interface AblationSweep {
  /** every unit × set × task × condition, discovery items (all items where the lexicon was not split) */
  readonly rows: readonly AblationRow[]
  /** the top units on confirmation items; empty where the lexicon was not split */
  readonly confirmed: readonly AblationRow[]
  /** names of the top units of each site, best first; among the first of them the unit that the bar of a number unit is applied to */
  readonly top: readonly string[]
}

/** What every step of the analysis needs. */
interface Setting extends AblationSweepOptions {
  readonly engine: Engine
  readonly subject: AnalysedModel
}

/** One of the sites. */
interface SweptSite {
  readonly where: Site
  readonly name: string
  /** of each unit */
  readonly means: Float64Array
  /** for each unit the units it is compared with */
  readonly neighbours: readonly (readonly number[])[]
}

export async function ablationSweep(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: AblationSweepOptions,
): Promise<AblationSweep> {
  const { set = ['mean', 'zero'], top: count = 5 } = options
  const setting = { ...options, engine, subject }
  const sites = await inTurn(options.sites, (site) => prepare(setting, site))
  const discovery = items.filter((item) => item.half !== 'confirmation')
  const confirmation = items.filter((item) => item.half === 'confirmation')

  const everyUnit = sites.map((site) => ({ site, reported: [...site.neighbours.keys()] }))
  const found = await removeUnits(setting, discovery, everyUnit, set)
  const ranked = strongestRows(found.filter((row) => row.set === set[0]))
  const isOf = ({ name }: SweptSite) => ({ unit }: AblationRow) => unit.startsWith(`${name}.`)
  const ofSites = sites.flatMap((site) => ranked.filter(isOf(site)).slice(0, count))
  const bar = judgedByBar(found)
  const chosen = amongFirst(ranked.filter((row) => ofSites.includes(row)), ranked.find(({ unit }) => unit === bar?.unit), count)
  const top = chosen.map(({ unit }) => unit)
  options.onChosen?.(whatIsJudged(chosen, found, bar))

  const topUnits = sites.map((site) => ({ site, reported: chosen.filter(isOf(site)).map(({ unit }) => parseUnit(unit, subject.model.config).index) }))
  const changes = await lossChanges(setting, topUnits, set)
  const withLoss = (row: AblationRow) => ({ ...row, lossChange: changes.get(`${row.unit} ${row.set}`) ?? null })
  const confirmed = confirmation.length === 0 ? [] : await removeUnits(setting, confirmation, topUnits, set)
  return { rows: found.map(withLoss), confirmed: withShrinkage(confirmed, found).map(withLoss), top }
}

/** The rows with the one that the bar is applied to, if any, as the last of the first `count` unless it is among them. */
function amongFirst(rows: readonly AblationRow[], judged: AblationRow | undefined, count: number): readonly AblationRow[] {
  if (judged === undefined || rows.slice(0, count).includes(judged)) return rows
  return rows.filter((row) => row !== judged).toSpliced(Math.max(1, count - 1), 0, judged)
}

/** The chosen units and what they are held to, before they are looked at on other items. @param rows of every unit */
function whatIsJudged(chosen: readonly AblationRow[], rows: readonly AblationRow[], judged: AblationRow | null): UnitsChosen {
  const units = chosen.map((row): ChosenUnit => ({ unit: row.unit, for: where(row), score: row.drop, sign: 1 }))
  const bar = judged && { unit: judged.unit, for: where(judged) }
  return { units, judged: { tasks: [...new Set(rows.map(where))], thresholds: BAR, bar } }

  function where({ task, condition }: AblationRow): string {
    return `${task} ${condition}`
  }
}

async function prepare({ engine, subject, initial, signal, trainingText, comparable = 20 }: Setting, site: string): Promise<SweptSite> {
  const where = parseSite(site, subject.model.config)
  const name = siteName(where)
  const recording = await record(subject.model, trainingText, { sites: [name], engine, state: initial, signal })
  const activity = await unitActivity(recording, name)
  recording.dispose()
  const neighbours = comparableUnits(activity, outgoingNorms(subject.model, where), comparable)
  return { where, name, means: activity.mean, neighbours }
}

/** Units of one site that get rows. */
interface ReportedUnits {
  readonly site: SweptSite
  readonly reported: readonly number[]
}

/** Rows of the reported units of all sites, which are one family; the units that they are compared with are removed, too. */
async function removeUnits(
  setting: Setting,
  items: readonly Item[],
  parts: readonly ReportedUnits[],
  set: readonly AblationRow['set'][],
): Promise<AblationRow[]> {
  const { engine, subject, initial, log, signal, resamples, randomSeed } = setting
  const intact = await scoreItems(engine, subject.model, items, { initial, signal })
  const conditions = resampleConditions(items, resamples, randomSeed)
  const rows: AblationRow[] = []
  for (const kind of set) {
    const family = await inTurn(parts, async ({ site: { name, means, neighbours }, reported }): Promise<TestedUnits> => {
      const removed = [...new Set(reported.flatMap((unit) => [unit, ...neighbours[unit]]))].sort((a, b) => a - b)
      const how = { site: name, set: kind === 'zero' ? 'zero' as const : means, units: removed, initial, log, signal }
      const margins = await sweepUnits(engine, subject.model, items, how)
      return { sample: { items, conditions, intact, removed, margins }, units: reported }
    })
    const pValues = familyWisePValues(family, randomSeed)
    parts.forEach(({ site, reported }, part) => {
      const how = { reported, neighbours: site.neighbours, name: (index: number) => unitName({ site: site.where, index }) }
      const drops = dropRows(subject, family[part].sample, how)
      rows.push(...drops.map((row, place): AblationRow => ({ ...row, set: kind, p: pValues[part][place], ...UNMEASURED })))
    })
  }
  return rows
}

/** Until it is measured. */
const UNMEASURED = { lossChange: null, shrinkage: null, shrinkageLow: null, shrinkageHigh: null } as const

/** Change of the loss on held-out text, nats per token, under `unit set`. */
async function lossChanges(
  { engine, subject, initial, signal, heldOutText }: Setting,
  parts: readonly ReportedUnits[],
  set: readonly AblationRow['set'][],
): Promise<Map<string, number>> {
  const changes = new Map<string, number>()
  if (heldOutText.length === 0) return changes
  const intact = meanSurprisal(await score(subject.model, heldOutText, { engine, state: initial, signal }))
  for (const { site: { where, means }, reported } of parts) {
    for (const index of reported) {
      const unit = unitName({ site: where, index })
      for (const kind of set) {
        const edits = [{ unit, set: kind === 'zero' ? 0 : means[index] }]
        const surprisals = await score(subject.model, heldOutText, { engine, edits, state: initial, signal })
        changes.set(`${unit} ${kind}`, meanSurprisal(surprisals) - intact)
      }
    }
  }
  return changes
}
