// Text coloured by one unit, with the surprisal of every token.

import type { Engine } from '../engine/engine.ts'
import type { InitialState } from '../tasks/score-items.ts'
import type { ColoredText } from './results.ts'
import type { AnalysedModel, Document } from './subject.ts'

/** `tokens` are what is shown, `ids` what the model reads. */
export interface Passage {
  readonly title: string
  readonly tokens: readonly string[]
  readonly ids: Int32Array
}

export interface ColoredTextOptions {
  readonly unit: string
  /** text whose values span the colour scale, besides the passages */
  readonly scaleText?: readonly Document[]
  readonly initial?: InitialState
}

export function coloredText(
  engine: Engine,
  subject: AnalysedModel,
  passages: readonly Passage[],
  options: ColoredTextOptions,
): ColoredText {
  throw new Error('not written yet')
}
