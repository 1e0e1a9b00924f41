// Text coloured by units, with the surprisal of every token.

import type { Engine } from '../engine/engine.ts'
import { parseUnit, siteName } from '../model/sites.ts'
import { record } from '../recording/record.ts'
import { score } from '../recording/score.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { ColoredText } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface Passage {
  readonly title: string
  /** what is shown: the words as written, where the model reads a placeholder */
  readonly words: readonly string[]
  /** what the model reads, one a word */
  readonly tokens: Int32Array
}

export interface ColoringUnit {
  /** as in `0.cell.61` */
  readonly unit: string
  /** what it was chosen for, as in `best for inside-quotes`; may be empty */
  readonly note: string
}

/** The passages once for each unit. The colour scale of each spans its values on the passages. */
export async function coloredTexts(
  engine: Engine,
  subject: AnalysedModel,
  passages: readonly Passage[],
  units: readonly ColoringUnit[],
  options: { readonly initial?: InitialState; readonly signal?: AbortSignal } = {},
): Promise<ColoredText[]> {
  const { model, name, seed } = subject
  const { initial: state, signal } = options
  if (units.length === 0) return []
  const places = units.map(({ unit }) => parseUnit(unit, model.config))
  const sites = [...new Set(places.map(({ site }) => siteName(site)))]
  const recording = await record(model, passages, { sites, engine, state, signal })
  const scored = await score(model, passages, { engine, state, signal })
  const surprisals = scored.map((own) => Array.from(own, (value) => (Number.isNaN(value) ? null : value)))
  const colored = units.map(({ unit, note }, which): ColoredText => {
    const site = siteName(places[which].site)
    const width = recording.widths[site]
    const own = passages.map(({ title, words }, passage) => {
      const start = recording.offsets[passage]
      const { values } = recording.read(start, recording.offsets[passage + 1] - start)
      return {
        title,
        tokens: words,
        values: words.map((_, position) => values[site][position * width + places[which].index]),
        surprisals: surprisals[passage],
      }
    })
    const all = own.flatMap(({ values }) => values)
    return { model: name, seed, unit, note, low: Math.min(...all), high: Math.max(...all), passages: own }
  })
  recording.dispose()
  return colored
}
