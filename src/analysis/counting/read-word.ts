// One word x^n y^n … read from its first symbol to its last, after the end token, and what its units did.

import type { TrainedLanguage } from '../../data/dataset.ts'
import { wordOf, type CountingLanguage } from '../../data/language/language.ts'
import { encode, endId } from '../../data/vocabulary.ts'
import type { Engine, State } from '../../engine/engine.ts'
import type { Model } from '../../model/model.ts'

/** Values by site, row-major. */
export type SiteValues = Readonly<Record<string, Float32Array>>

/** The state in which a word begins: the end token has been read. */
export function wordStart(engine: Engine, model: Model): State {
  return engine.run(model, { tokens: Int32Array.of(endId(model.vocabulary)), rows: 1, steps: 1 }).state
}

/**
 * Values of the sites after each symbol of word n, [symbols, units].
 * @throws UserError where the model does not know the letters, or has no such site
 */
export function readWord(
  engine: Engine,
  model: Model,
  language: CountingLanguage,
  n: number,
  sites: readonly string[],
): SiteValues {
  const tokens = encode(model.vocabulary, wordOf(language, n))
  const state = wordStart(engine, model)
  return engine.run(model, { tokens, rows: 1, steps: tokens.length }, { state, record: sites }).recorded
}

/** The values of one unit, whose site has `width` of them, in the `block`-th block of word n. */
export function blockOf(recorded: Float32Array, width: number, unit: number, n: number, block: number): Float32Array {
  return Float32Array.from({ length: n }, (_, symbol) => recorded[(block * n + symbol) * width + unit])
}

/** A length beyond those of training: there a counter goes on, and a unit that only looked like one does not. */
export function lengthOutside({ longest }: TrainedLanguage): number {
  return 2 * longest
}
