// Chosen units and, for each of them, the units most like it that were not chosen: what is done to a unit is done to
// those as well, and a result stands beside theirs.

import type { Random } from '../../core/random.ts'
import type { Engine } from '../../engine/engine.ts'
import { unitMeans, type UnitMeans } from '../../intervention/means.ts'
import { parseUnit, siteName, unitName, type Quantity } from '../../model/sites.ts'
import { record } from '../../recording/record.ts'
import type { InitialState, Sequence } from '../../recording/sequences.ts'
import { comparableUnits, outgoingNorms, unitActivity } from '../comparable-units.ts'
import type { AnalysedModel } from '../subject.ts'

export interface ComparedUnit {
  /** such as `1.hidden.41` */
  readonly unit: string
  /** nearest first */
  readonly like: readonly string[]
}

export interface ComparedUnits {
  /** each once, in the order given */
  readonly units: readonly ComparedUnit[]
  /** of every unit of their sites, over the text */
  readonly means: UnitMeans
}

export interface CompareOptions {
  /** what the units are looked at as: `hidden`, or the quantity that a cell remembers with */
  readonly quantity: Quantity
  /** sentences of ordinary training text, for activities and means */
  readonly trainingText: readonly Sequence[]
  /** units that each is compared with; 20 by default */
  readonly comparable?: number
  readonly initial?: InitialState
  readonly signal?: AbortSignal
}

/** @param units of any quantity, such as `1.cell.41`: the unit of that layer and number is meant */
export async function compareUnits(
  engine: Engine,
  subject: AnalysedModel,
  units: readonly string[],
  { quantity, trainingText, comparable = 20, initial, signal }: CompareOptions,
): Promise<ComparedUnits> {
  const { model } = subject
  const parsed = units.map((unit) => {
    const { site: { layer }, index } = parseUnit(unit, model.config)
    return { site: { layer, quantity }, index }
  })
  const chosen = [...new Set(parsed.map(unitName))]
  const sites = [...new Set(parsed.map(({ site }) => siteName(site)))]
  const recording = await record(model, trainingText, { sites, engine, state: initial, signal })
  const likeOf = new Map<string, readonly string[]>()
  for (const site of sites) {
    const norms = outgoingNorms(model, parsed.find((unit) => siteName(unit.site) === site)!.site)
    const nearest = comparableUnits(await unitActivity(recording, site), norms, norms.length)
    nearest.forEach((others, index) => {
      const names = others.map((other) => `${site}.${other}`).filter((other) => !chosen.includes(other))
      likeOf.set(`${site}.${index}`, names.slice(0, comparable))
    })
  }
  const means = await unitMeans(recording, 'training text')
  recording.dispose()
  return { units: chosen.map((unit) => ({ unit, like: likeOf.get(unit)! })), means }
}

/** Up to `count` different groups, each unit of the group replaced by one of those like it. */
export function randomGroups(units: readonly ComparedUnit[], count: number, random: Random): string[][] {
  const groups = new Map<string, string[]>()
  for (let attempt = 0; attempt < 20 * count && groups.size < count; attempt++) {
    const group = units.map(({ like }) => random.pick(like))
    if (new Set(group).size === group.length) groups.set([...group].sort().join(), group)
  }
  return [...groups.values()]
}
