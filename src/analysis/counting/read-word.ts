// One word x^n y^n … read from its first symbol to its last, after the end token, and what its units did.

import type { TrainedLanguage } from '../../data/dataset.ts'
import { wordOf, type CountingLanguage } from '../../data/language/language.ts'
import { encode, endId } from '../../data/vocabulary.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Model } from '../../model/model.ts'

/**
 * Values of the sites after each symbol, [symbols, units]; the end token before the word leaves its state and no row.
 * @throws UserError where the model does not know the letters, or has no such site
 */
export function readWord(
  engine: Engine,
  model: Model,
  language: CountingLanguage,
  n: number,
  sites: readonly string[],
): Readonly<Record<string, Float32Array>> {
  const word = encode(model.vocabulary, wordOf(language, n))
  const { state } = engine.run(model, { tokens: Int32Array.of(endId(model.vocabulary)), rows: 1, steps: 1 })
  return engine.run(model, { tokens: word, rows: 1, steps: word.length }, { state, record: sites }).recorded
}

/** The values of one unit in the `block`-th block of a word. */
export function blockOf(recorded: Float32Array, width: number, unit: number, n: number, block: number): Float32Array {
  return Float32Array.from({ length: n }, (_, symbol) => recorded[(block * n + symbol) * width + unit])
}

/** A length beyond those of training: there a counter goes on, and a unit that only looks like one does not. */
export function lengthOutside({ longest }: TrainedLanguage): number {
  return 2 * longest
}
