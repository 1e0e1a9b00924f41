// Text coloured by one unit, with the surprisal of every token.

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

export interface ColoredTextOptions {
  /** as in `0.cell.61` */
  readonly unit: string
  readonly initial?: InitialState
  readonly signal?: AbortSignal
}

/** The colour scale spans the values on the passages. */
export async function coloredText(
  engine: Engine,
  subject: AnalysedModel,
  passages: readonly Passage[],
  options: ColoredTextOptions,
): Promise<ColoredText> {
  const { unit, initial, signal } = options
  const { site, index } = parseUnit(unit, subject.model.config)
  const name = siteName(site)
  const recording = await record(subject.model, passages, { sites: [name], engine, state: initial, signal })
  const surprisals = await score(subject.model, passages, { engine, state: initial, signal })
  const width = recording.widths[name]
  let low = Infinity
  let high = -Infinity
  const colored = passages.map(({ title, words }, passage) => {
    const start = recording.offsets[passage]
    const block = recording.read(start, recording.offsets[passage + 1] - start)
    const values = words.map((_, position) => block.values[name][position * width + index])
    low = Math.min(low, ...values)
    high = Math.max(high, ...values)
    return {
      title,
      tokens: words,
      values,
      surprisals: Array.from(surprisals[passage], (value) => (Number.isNaN(value) ? null : value)),
    }
  })
  recording.dispose()
  return { model: subject.name, seed: subject.seed, unit, low, high, passages: colored }
}
