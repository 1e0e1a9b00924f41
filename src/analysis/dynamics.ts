// Gates and states of a unit word by word (Lakretz et al. 2019, figure 2): mean and spread over the items of a
// condition.

import { UserError } from '../core/errors.ts'
import { groupBy } from '../core/rows.ts'
import { mean, standardDeviation } from '../core/statistics/moments.ts'
import type { Engine } from '../engine/engine.ts'
import { parseSite, parseUnit, siteName } from '../model/sites.ts'
import type { Recording } from '../recording/recording.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { Item } from '../tasks/items.ts'
import { recordItems, valuesAt } from '../tasks/record-items.ts'
import { gapPairs, numberGap } from './number-gaps.ts'
import type { DynamicsResult, DynamicsRow, NumberGapRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface DynamicsOptions {
  /** units of any site, as in `0.hidden.61`; each is followed through the sites of its layer */
  readonly units: readonly string[]
  /** quantities such as `input`, `forget`, `cell` */
  readonly sites: readonly string[]
  readonly initial?: InitialState
  readonly signal?: AbortSignal
}

/** A unit's number in one site of its layer. */
interface Trace {
  readonly site: string
  readonly quantity: string
  readonly layer: number | null
  readonly index: number
}

/**
 * Rows by unit, site, condition and word; and what the subject's number does, by unit, site and word.
 * @param items of one task; every item counts, right or wrong
 * @throws UserError where their prefixes differ in length
 */
export async function dynamics(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: DynamicsOptions,
): Promise<Pick<DynamicsResult, 'rows' | 'gaps'>> {
  const { initial, signal } = options
  if (items.length === 0) return { rows: [], gaps: [] }
  checkLengths(items)
  const traces = tracesOf(subject, options)
  const sites = [...new Set(traces.map(({ site }) => site))]
  const recording = await recordItems(engine, subject.model, items, { sites, initial, signal })
  const values = await valuesByPosition(recording, items)
  recording.dispose()
  const conditions = [...groupBy(items.map((_, index) => index), (index) => items[index].condition)]
  const valuesOf = ({ site, index }: Trace, position: number) =>
    values[position][site].subarray(index * items.length, (index + 1) * items.length)
  const placeOf = ({ quantity, layer, index }: Trace, position: number) => ({
    model: subject.name,
    seed: subject.seed,
    unit: layer === null ? String(index) : `${layer}.${index}`,
    site: quantity,
    position,
    word: wordAt(items, position),
  })
  const positions = [...values.keys()]
  const rows = traces.flatMap((trace) =>
    conditions.flatMap(([condition, group]) =>
      positions.map((position): DynamicsRow => {
        const every = valuesOf(trace, position)
        const own = group.map((item) => every[item])
        return { ...placeOf(trace, position), condition, n: group.length, mean: mean(own), deviation: standardDeviation(own) }
      }),
    ),
  )
  const pairs = gapPairs(items)
  const { subjectPosition } = items[0].fields
  const gaps = pairs === null ? [] : traces.flatMap((trace) =>
    positions.map((position): NumberGapRow => (
      { ...placeOf(trace, position), subjectPosition, ...numberGap(pairs, valuesOf(trace, position)) }
    )),
  )
  return { rows, gaps }
}

/** For each position, per site, values [units, items]. */
export async function valuesByPosition(
  recording: Recording,
  items: readonly Item[],
): Promise<Record<string, Float32Array>[]> {
  const positions = items[0].prefix.map((_, position) => position)
  const values: Record<string, Float32Array>[] = []
  for (const position of positions) {
    const bySite: Record<string, Float32Array> = {}
    for (const site of recording.sites) bySite[site] = await valuesAt(recording, site, items.map(() => position))
    values.push(bySite)
  }
  return values
}

function checkLengths(items: readonly Item[]): void {
  const lengths = items.map(({ prefix }) => prefix.length)
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)]
  if (shortest === longest) return
  throw new UserError(
    `The items of ${items[0].task} have ${shortest} to ${longest} words before the verb. Dynamics are drawn word by ` +
      'word: choose a task whose items have one length, such as nounpp.',
  )
}

function tracesOf({ model: { config } }: AnalysedModel, { units, sites }: DynamicsOptions): Trace[] {
  return units.flatMap((name) => {
    const { site: { layer }, index } = parseUnit(name, config)
    return sites.map((quantity) => {
      const site = siteName(parseSite(layer === null ? quantity : `${layer}.${quantity}`, config))
      return { site, quantity, layer, index }
    })
  })
}

/** The word itself where all items share it, else the slot of the template. */
export function wordAt(items: readonly Item[], position: number): string {
  const words = new Set(items.map(({ prefix }) => prefix[position]))
  if (words.size === 1) return items[0].prefix[position]
  return items[0].fields.slots?.[position] ?? `word ${position}`
}
