// Text that a model writes, coloured by a unit: as the model is, and with the unit held at a value while it writes. A
// unit that tells what it is used for shows there: a quotation that is held open stays open.

import type { Random } from '../core/random.ts'
import { labelDocuments } from '../data/label.ts'
import { endId, type Vocabulary } from '../data/vocabulary.ts'
import type { Engine } from '../engine/engine.ts'
import { clamp } from '../intervention/edits.ts'
import { parseUnit, siteName } from '../model/sites.ts'
import type { Probe } from '../probe.ts'
import { generate, neverWritten } from '../recording/generate.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { ColoredText, SampleRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface SampledUnit {
  /** as in `1.hidden.41` */
  readonly unit: string
  /** what it was chosen for */
  readonly note: string
  /** what it tells, yes or no; null for a unit that was not chosen for such a probe */
  readonly probe: Probe | null
}

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

/** All texts of one unit, and for each how much of it the unit's probe says yes to. */
export async function writeSamples(
  engine: Engine,
  { name, seed, model }: AnalysedModel,
  { unit, note, probe }: SampledUnit,
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
    const yes = probe === null ? null : shareOfYes(probe, tokens, vocabulary)
    const how = value === null ? 'as it is' : `${unit} held at ${value}`
    const told = yes === null ? '' : `, ${probe!.name} ${Math.round(100 * yes)} % of the text`
    passages.push({ title: `temperature ${temperature}, ${how}${told}`, tokens, values, surprisals })
    const text = tokens.join(vocabulary.kind === 'words' ? ' ' : '')
    rows.push({ model: name, seed, unit, temperature, held: value, probe: probe?.name ?? null, yes, text })
  }
  const all = passages.flatMap((passage) => passage.values)
  return { text: { model: name, seed, unit, note, low: Math.min(...all), high: Math.max(...all), passages }, rows }
}

/** Of the tokens at which the probe can decide; null where it nowhere can. */
function shareOfYes(probe: Probe, written: readonly string[], vocabulary: Vocabulary): number | null {
  const lines: string[][] = [[]]
  for (const token of written) {
    if (token === '\n') lines.push([])
    else lines[lines.length - 1].push(token)
  }
  const sentences = lines.map((tokens) => ({ tokens, paragraph: 0 }))
  const [answers] = labelDocuments(probe, [{ name: 'sample', category: null, sentences }], vocabulary.end)
  const decided = answers.slice(0, written.length).filter((answer) => typeof answer === 'boolean')
  return decided.length === 0 ? null : decided.filter(Boolean).length / decided.length
}
