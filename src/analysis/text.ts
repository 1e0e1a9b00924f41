// Text coloured by one unit, with the surprisal of every token.

import type { Engine } from '../engine/engine.ts'
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
  readonly unit: string
  readonly initial?: InitialState
}

export async function coloredText(
  engine: Engine,
  subject: AnalysedModel,
  passages: readonly Passage[],
  options: ColoredTextOptions,
): Promise<ColoredText> {
  throw new Error('not written yet')
}
