// The sequential Jacobian (Graves 2012, chapter 4): how much the hidden values of each step depend on the input of
// every step before it, and how much each unit still knows of the first one. The picture of gradients that vanish, or
// are kept.

import { log10 } from '../../core/math.ts'
import type { Engine, State } from '../../engine/engine.ts'
import { gatherState } from '../../engine/state.ts'
import type { InitialState } from '../../recording/sequences.ts'
import { statesAfter } from '../../recording/states-after.ts'
import type { SensitivityMap } from '../results.ts'
import type { AnalysedMoment } from '../subject.ts'
import { logBand } from './log-band.ts'

export interface SensitivityMapOptions {
  readonly initial?: InitialState
  readonly signal?: AbortSignal
}

/** @param texts of one length, at least one */
export async function sensitivityMap(
  engine: Engine,
  subject: AnalysedMoment,
  texts: readonly Int32Array[],
  { initial, signal }: SensitivityMapOptions = {},
): Promise<SensitivityMap> {
  const { model } = subject
  const { units, layers } = model.config
  const steps = texts[0].length
  const beginnings = texts.map((_, sequence) => ({ sequence, position: -1 }))
  const states = await statesAfter(engine, model, texts, beginnings, { initial, signal })
  /** [texts] of log10 norms, by output step and input step, and by output step and unit */
  const bySteps = Array.from({ length: steps }, (_, output) => Array.from({ length: output + 1 }, (): number[] => []))
  const byUnits = Array.from({ length: steps }, () => Array.from({ length: units }, (): number[] => []))
  for (const [index, tokens] of texts.entries()) {
    for (let output = 0; output < steps; output++) {
      signal?.throwIfAborted()
      const squares = squaredNorms(engine, subject, tokens.subarray(0, output + 1), gatherState(states, units, [index]))
      for (let input = 0; input <= output; input++) {
        let sum = 0
        for (let unit = 0; unit < units; unit++) sum += squares[unit * (output + 1) + input]
        bySteps[output][input].push(log10(sum) / 2)
      }
      for (let unit = 0; unit < units; unit++) byUnits[output][unit].push(log10(squares[unit * (output + 1)]) / 2)
    }
  }
  return {
    model: subject.name,
    seed: subject.seed,
    moment: subject.moment,
    texts: texts.length,
    words: texts.length === 1 ? Array.from(texts[0], (token) => model.vocabulary.tokens[token]) : null,
    steps: bySteps.map((inputs) => inputs.map((logs) => logBand(logs).log)),
    units: Array.from({ length: units }, (_, unit) => ({
      unit: `${layers - 1}.hidden.${unit}`,
      values: byUnits.map((atStep) => logBand(atStep[unit]).log),
    })),
  }
}

/** ‖∂ unit of the top layer after the last token / ∂ embedding of a token‖², [units, tokens]. */
function squaredNorms(engine: Engine, { model }: AnalysedMoment, tokens: Int32Array, state: State): Float64Array {
  const { units, embedding, layers } = model.config
  const steps = tokens.length
  const factors = new Float32Array(units * units)
  for (let unit = 0; unit < units; unit++) factors[unit * units + unit] = 1
  const repeated = Int32Array.from({ length: units * steps }, (_, cell) => tokens[cell % steps])
  const { gradients } = engine.sensitivities(
    model,
    { tokens: repeated, rows: units, steps },
    { state: { [`${layers - 1}.hidden`]: factors } },
    { sites: ['embedding'], state: gatherState(state, units, new Int32Array(units)) },
  )
  const squares = new Float64Array(units * steps)
  gradients['embedding'].forEach((slope, index) => (squares[Math.floor(index / embedding)] += slope * slope))
  return squares
}
