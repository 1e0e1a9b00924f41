// How much the state moves with each symbol of a long first block. A counter never rests; a state that is bounded must,
// or it would leave its bounds.

import type { TrainedLanguage } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import { letterId } from '../../tasks/counting/reader.ts'
import type { StepSizeRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { wordStart } from './read-word.ts'
import { countingSites, countingSubject } from './subject.ts'

/**
 * ‖state(t) − state(t − 1)‖ over the cells of an LSTM, the hidden states of the others: every t at first, then each
 * about a fifth larger than the one before, and `longest`. A state that overflows has no rows from there on.
 */
export function stepSizes(
  engine: Engine,
  subject: AnalysedModel,
  language: TrainedLanguage,
  longest: number,
): StepSizeRow[] {
  const { model } = subject
  const { units } = model.config
  const identity = countingSubject(subject, language)
  const sites = countingSites(model.config)
  const state = wordStart(engine, model)
  const tokens = new Int32Array(longest).fill(letterId(0))
  const { recorded } = engine.run(model, { tokens, rows: 1, steps: longest }, { state, record: sites })
  const valueOf = (site: string, step: number, unit: number) =>
    step === 0 ? state[site][unit] : recorded[site][(step - 1) * units + unit]
  const rows = thinned(longest).map((step): StepSizeRow => {
    let square = 0
    for (const site of sites) {
      for (let unit = 0; unit < units; unit++) {
        square += (valueOf(site, step, unit) - valueOf(site, step - 1, unit)) ** 2
      }
    }
    return { ...identity, step, size: Math.sqrt(square) }
  })
  const overflow = rows.findIndex(({ size }) => !Number.isFinite(size))
  return overflow === -1 ? rows : rows.slice(0, overflow)
}

/** 1, 2, 3 … each at most a fifth larger than the one before, or by 1; the last is `longest`. */
export function thinned(longest: number): number[] {
  const steps: number[] = []
  for (let step = 1; step < longest; step = Math.max(step + 1, Math.floor(1.2 * step))) steps.push(step)
  return [...steps, longest]
}
