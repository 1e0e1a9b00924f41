// Which units the model needs for its choices: every unit of a site is removed in turn on discovery items; the top ones
// are measured once more on confirmation items. A drop stands beside those of the 20 units most like the unit removed.

import type { Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import { parseSite, siteName, unitName, type Site } from '../model/sites.ts'
import { record } from '../recording/record.ts'
import { meanSurprisal, score } from '../recording/score.ts'
import type { InitialState, Sequence } from '../recording/sequences.ts'
import type { Item } from '../tasks/items.ts'
import { scoreItems } from '../tasks/score-items.ts'
import { sweepUnits } from '../tasks/sweep.ts'
import { dropRows, resampleConditions, withShrinkage, type ItemSample } from './drop-rows.ts'
import { strongestRows } from './choose-units.ts'
import type { ChosenUnit, OnChosen, UnitsChosen } from './chosen-unit.ts'
import { comparableUnits, outgoingNorms, unitActivity } from './comparable-units.ts'
import { familyWisePValues } from './family-wise.ts'
import { BAR, judgedByBar } from './number-units/bar.ts'
import type { AblationRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface AblationSweepOptions {
  /** one site, as in `0.hidden` */
  readonly site: string
  /** what units are set to; the first one chooses the top units. ['mean', 'zero'] by default */
  readonly set?: readonly AblationRow['set'][]
  /** sentences of ordinary training text, for each unit's mean, activity and spread; some 10,000 tokens are enough */
  readonly trainingText: readonly Sequence[]
  /** sentences of ordinary held-out text, for the change in loss when a top unit is removed; some 5,000 tokens */
  readonly heldOutText: readonly Sequence[]
  /** top units to confirm and to measure on text; 5 by default */
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
  /** names of the top units, best first */
  readonly top: readonly string[]
}

/** What every step of the analysis needs. */
interface Setting extends AblationSweepOptions {
  readonly engine: Engine
  readonly subject: AnalysedModel
  readonly where: Site
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
  const setting = await prepare(engine, subject, options)
  const discovery = items.filter((item) => item.half !== 'confirmation')
  const confirmation = items.filter((item) => item.half === 'confirmation')
  const every = setting.neighbours.map((_, unit) => unit)

  const found = await removeUnits(setting, discovery, every, every, set)
  const chosen = strongestRows(found.filter((row) => row.set === set[0])).slice(0, count)
  const top = chosen.map(({ unit }) => unit)
  options.onChosen?.(whatIsJudged(chosen, found.filter((row) => row.set === set[0])))
  const changes = await lossChanges(setting, top, set)
  const withLoss = (row: AblationRow) => ({ ...row, lossChange: changes.get(`${row.unit} ${row.set}`) ?? null })

  const topUnits = top.map((name) => every.find((unit) => nameOf(setting, unit) === name)!)
  const needed = [...new Set(topUnits.flatMap((unit) => [unit, ...setting.neighbours[unit]]))].sort((a, b) => a - b)
  const confirmed = confirmation.length === 0 ? [] : await removeUnits(setting, confirmation, needed, topUnits, set)
  return { rows: found.map(withLoss), confirmed: withShrinkage(confirmed, found).map(withLoss), top }
}

/** The chosen units and what they are held to, before they are looked at on other items. @param rows all, one `set` */
function whatIsJudged(chosen: readonly AblationRow[], rows: readonly AblationRow[]): UnitsChosen {
  const units = chosen.map((row): ChosenUnit => ({ unit: row.unit, for: where(row), score: row.drop, sign: 1 }))
  const judged = judgedByBar(rows, new Set(chosen.map(({ unit }) => unit)))
  const bar = judged && { unit: judged.unit, for: where(judged) }
  return { units, judged: { tasks: [...new Set(rows.map(where))], thresholds: BAR, bar } }

  function where({ task, condition }: AblationRow): string {
    return `${task} ${condition}`
  }
}

async function prepare(engine: Engine, subject: AnalysedModel, options: AblationSweepOptions): Promise<Setting> {
  const where = parseSite(options.site, subject.model.config)
  const { initial, signal, trainingText, comparable = 20 } = options
  const site = siteName(where)
  const recording = await record(subject.model, trainingText, { sites: [site], engine, state: initial, signal })
  const activity = await unitActivity(recording, site)
  recording.dispose()
  const neighbours = comparableUnits(activity, outgoingNorms(subject.model, where), comparable)
  return { ...options, engine, subject, where, means: activity.mean, neighbours }
}

/**
 * Rows of the `reported` units on some items.
 * @param removed units to remove: those reported, and those that they are compared with
 */
async function removeUnits(
  setting: Setting,
  items: readonly Item[],
  removed: readonly number[],
  reported: readonly number[],
  set: readonly AblationRow['set'][],
): Promise<AblationRow[]> {
  const { engine, subject, where, initial, log, signal, neighbours, means, resamples, randomSeed } = setting
  const site = siteName(where)
  const intact = await scoreItems(engine, subject.model, items, { initial, signal })
  const conditions = resampleConditions(items, resamples, randomSeed)
  const rows: AblationRow[] = []
  for (const kind of set) {
    const margins = await sweepUnits(engine, subject.model, items, {
      site,
      set: kind === 'zero' ? 'zero' : means,
      units: removed,
      initial,
      log,
      signal,
    })
    const sample: ItemSample = { items, conditions, intact, removed, margins }
    const drops = dropRows(subject, sample, { reported, neighbours, name: (unit) => nameOf(setting, unit) })
    const pValues = familyWisePValues(sample, reported, randomSeed)
    rows.push(...drops.map((row, place): AblationRow => ({ ...row, set: kind, p: pValues[place], ...UNMEASURED })))
  }
  return rows
}

/** Until it is measured. */
const UNMEASURED = { lossChange: null, shrinkage: null, shrinkageLow: null, shrinkageHigh: null } as const

/** Change of the loss on held-out text, nats per token, under `unit set`. */
async function lossChanges(
  { engine, subject, where, initial, signal, heldOutText, means }: Setting,
  units: readonly string[],
  set: readonly AblationRow['set'][],
): Promise<Map<string, number>> {
  const changes = new Map<string, number>()
  if (heldOutText.length === 0) return changes
  const intact = meanSurprisal(await score(subject.model, heldOutText, { engine, state: initial, signal }))
  for (const unit of units) {
    const index = Number(unit.slice(siteName(where).length + 1))
    for (const kind of set) {
      const edits = [{ unit, set: kind === 'zero' ? 0 : means[index] }]
      const surprisals = await score(subject.model, heldOutText, { engine, edits, state: initial, signal })
      changes.set(`${unit} ${kind}`, meanSurprisal(surprisals) - intact)
    }
  }
  return changes
}

function nameOf({ where }: Setting, index: number): string {
  return unitName({ site: where, index })
}
