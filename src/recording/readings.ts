// What runs when a model is recorded: the model itself, or both halves of a bidirectional language model, each a reading of
// its own. The half that reads backward is run over sequences that are turned round, and edits follow their positions.

import { UserError } from '../core/errors.ts'
import { groupBy } from '../core/rows.ts'
import { isPair } from '../model/config.ts'
import { compileEdits, type Edit } from '../model/edits.ts'
import { halfOf } from '../model/halves.ts'
import type { Model } from '../model/model.ts'
import { DIRECTIONS, parseSite, parseUnit, siteName, unitName, type Site } from '../model/sites.ts'
import { hasValues, withSteps } from './place-edits.ts'
import type { SequencesOptions } from './run-sequences.ts'

export interface Reading {
  readonly model: Model
  /** as this one reads them */
  readonly sequences: readonly Int32Array[]
  readonly edits: readonly Edit[]
  /** its sites, each with its name in the recording */
  readonly sites: readonly (readonly [own: string, name: string])[]
  /** the last token is read first */
  readonly backward: boolean
}

/**
 * @param sites full names
 * @throws UserError for a pair that is given a context, or an edit that does not fit it; the run checks those of other models
 */
export function readingsOf(
  model: Model,
  sequences: readonly Int32Array[],
  sites: readonly string[],
  { edits = [], state }: Pick<SequencesOptions, 'edits' | 'state'> = {},
): Reading[] {
  const { config } = model
  if (!isPair(config)) return [{ model, sequences, edits, sites: sites.map((site) => [site, site]), backward: false }]
  if (typeof state === 'object') {
    throw new UserError('A bidirectional language model reads each sequence from both ends, and no context before it.')
  }
  const longest = sequences.reduce((length, tokens) => Math.max(length, tokens.length), 1)
  compileEdits(edits, config, { rows: sequences.length, steps: longest })
  const named = sites.map((name) => ({ name, site: parseSite(name, config) }))
  // the embedding is of no direction, and alike in both: it comes from a half that is run anyway
  const leading = named.find(({ site }) => site.direction)?.site.direction ?? DIRECTIONS[0]
  return DIRECTIONS.flatMap((direction): Reading[] => {
    const read = named.filter(({ site }) => (site.direction ?? leading) === direction)
    if (read.length === 0) return []
    const backward = direction === 'backward'
    const own = edits.map((edit) => ({ edit, unit: parseUnit(edit.unit, config) }))
      .filter(({ unit: { site } }) => (site.direction ?? direction) === direction)
      .map(({ edit, unit: { site, index } }) => ({ ...edit, unit: unitName({ site: inHalf(site), index }) }))
    return [{
      model: halfOf(model, direction),
      sequences: backward ? sequences.map((tokens) => tokens.toReversed()) : sequences,
      edits: backward ? own.flatMap((edit) => fromOtherEnd(withSteps(edit, longest), sequences)) : own,
      sites: read.map(({ name, site }) => [siteName(inHalf(site)), name]),
      backward,
    }]
  })
}

/** As a half calls it. */
function inHalf({ direction: _, ...site }: Site): Site {
  return site
}

/** The edit in sequences that are read from their end: one for each length, in which a position is always the same step. */
function fromOtherEnd(edit: Edit, sequences: readonly Int32Array[]): Edit[] {
  const { steps } = edit
  if (!steps) return [edit]
  const places = new Map((edit.rows ?? [...sequences.keys()]).map((row, place) => [row, place])) // the last of a row counts
  return [...groupBy(places.keys(), (row) => sequences[row].length)].flatMap(([length, rows]): Edit[] => {
    const here = [...steps.keys()].filter((index) => steps[index] < length)
    if (here.length === 0) return []
    const turned = { ...edit, rows, steps: here.map((index) => length - 1 - steps[index]) }
    if (!hasValues(edit)) return [turned]
    const values = rows.flatMap((row) => here.map((index) => edit.set[places.get(row)! * steps.length + index]))
    return [{ ...turned, set: Float32Array.from(values) }]
  })
}
