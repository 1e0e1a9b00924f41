// What runs when a model is recorded: the model itself, or both halves of a bidirectional language model, each a reading of
// its own. The half that reads backward is run over sequences that are turned round, and so are the edits of their positions.

import { isPair } from '../model/config.ts'
import { compileEdits, type Edit } from '../model/edits.ts'
import { halfOf } from '../model/halves.ts'
import type { Model } from '../model/model.ts'
import { DIRECTIONS, parseSite, parseUnit, siteName, unitName, type Site } from '../model/sites.ts'
import { withSteps } from './place-edits.ts'

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

/** @param sites full names @throws UserError for an edit that does not fit the model or the sequences */
export function readingsOf(
  model: Model,
  sequences: readonly Int32Array[],
  sites: readonly string[],
  edits: readonly Edit[] = [],
): Reading[] {
  const { config } = model
  if (!isPair(config)) return [{ model, sequences, edits, sites: sites.map((site) => [site, site]), backward: false }]
  const longest = sequences.reduce((length, tokens) => Math.max(length, tokens.length), 1)
  compileEdits(edits, config, { rows: sequences.length, steps: longest })
  return DIRECTIONS.flatMap((direction): Reading[] => {
    // the embedding is of no direction: both halves read it, and have it alike
    const read = sites.map((name) => ({ name, site: parseSite(name, config) }))
      .filter(({ site }) => (site.direction ?? 'forward') === direction)
    if (read.length === 0) return []
    const backward = direction === 'backward'
    const own = edits.map((edit) => ({ edit, unit: parseUnit(edit.unit, config) }))
      .filter(({ unit: { site } }) => (site.direction ?? direction) === direction)
      .map(({ edit, unit: { site, index } }) => ({ ...edit, unit: unitName({ site: inHalf(site), index }) }))
    return [{
      model: halfOf(model, direction),
      sequences: backward ? sequences.map((tokens) => tokens.toReversed()) : sequences,
      edits: backward ? own.flatMap((edit) => turnedRound(withSteps(edit, longest), sequences)) : own,
      sites: read.map(({ name, site }) => [siteName(inHalf(site)), name]),
      backward,
    }]
  })
}

/** As a half calls it. */
function inHalf({ direction: _, ...site }: Site): Site {
  return site
}

/** An edit for each sequence: its position p is the one that is read after all behind it. */
function turnedRound(edit: Edit, sequences: readonly Int32Array[]): Edit[] {
  const { steps, rows = [...sequences.keys()] } = edit
  if (!steps) return [edit]
  return rows.flatMap((row, place): Edit[] => {
    const { length } = sequences[row]
    const here = steps.filter((step) => step < length)
    if (here.length === 0) return []
    const turned = { ...edit, rows: [row], steps: here.map((step) => length - 1 - step) }
    if (!('set' in edit) || typeof edit.set === 'number') return [turned]
    const own = edit.set.subarray(place * steps.length, (place + 1) * steps.length)
    return [{ ...turned, set: own.filter((_, index) => steps[index] < length) }]
  })
}
