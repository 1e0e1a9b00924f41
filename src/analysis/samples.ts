// Text that a model writes, coloured by a unit: as the model is, and with the unit held at a value while it writes.

import type { Random } from '../core/random.ts'
import { endId } from '../data/vocabulary.ts'
import type { Engine } from '../engine/engine.ts'
import { clamp } from '../intervention/edits.ts'
import { parseUnit, siteName } from '../model/sites.ts'
import { generate, neverWritten } from '../recording/generate.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { ColoredText, SampleRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'
import type { ColoringUnit } from './text.ts'

export interface SamplesOptions {
  /** tokens of each text */
  readonly length: number
  readonly temperatures: readonly number[]
  /** values that the unit is held at, at the first temperature, in further texts */
  readonly held: readonly number[]
  /** tokens that are read first */
  readonly prompt: Int32Array
  readonly initial?: InitialState
  /** each text draws from a fork of it, the same for every unit */
  readonly random: Random
  readonly signal?: AbortSignal
}

/** All texts of one unit. */
export async function writeSamples(
  engine: Engine,
  { name, seed, model }: AnalysedModel,
  { unit, note }: ColoringUnit,
  options: SamplesOptions,
): Promise<{ readonly text: ColoredText; readonly rows: readonly SampleRow[] }> {
  const { length, temperatures, held, prompt, initial: state, random, signal } = options
  const { vocabulary } = model
  const { site, index } = parseUnit(unit, model.config)
  const plans = [
    ...temperatures.map((temperature) => ({ temperature, value: null })),
    ...held.map((value) => ({ temperature: temperatures[0], value })),
  ]
  const passages: ColoredText['passages'][number][] = []
  const rows: SampleRow[] = []
  for (const { temperature, value } of plans) {
    const tokens: string[] = []
    const values: number[] = []
    const surprisals: number[] = []
    const edits = value === null ? [] : [clamp(unit, value)]
    const drawn = { temperature, random: random.fork(`temperature ${temperature}`), without: neverWritten(vocabulary) }
    const written = generate(model, { ...drawn, length, prompt, state, edits, engine, signal, record: siteName(site) })
    for await (const { token, values: own, surprisal } of written) {
      tokens.push(token === endId(vocabulary) ? '\n' : vocabulary.tokens[token])
      values.push(own![index])
      surprisals.push(surprisal)
    }
    const how = value === null ? 'as it is' : `${unit} held at ${value}`
    passages.push({ title: `temperature ${temperature}, ${how}`, tokens, values, surprisals })
    const text = tokens.join(vocabulary.kind === 'words' ? ' ' : '')
    rows.push({ model: name, seed, unit, temperature, held: value, text })
  }
  const all = passages.flatMap((passage) => passage.values)
  return { text: { model: name, seed, unit, note, low: Math.min(...all), high: Math.max(...all), passages }, rows }
}
