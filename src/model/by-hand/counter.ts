// Networks whose weights are set by hand to count: what a finder of counters must find, and how far a cell can go where
// nothing has to be learned. Embeddings are one-hot, so that a row of the kernel is what one symbol does.

import { tanh } from '../../core/math.ts'
import type { CountingLanguage } from '../../data/language/language.ts'
import type { ModelConfig } from '../config.ts'
import { viewWeights, type Weights } from '../weights.ts'
import type { Readout } from './design.ts'
import { gruCounter } from './gru.ts'
import { lstmCounter } from './lstm.ts'
import { setter, type Setter } from './setter.ts'

export interface CounterByHand {
  readonly config: ModelConfig
  readonly weights: Weights
  /** the units that count: one for each two neighbouring blocks, up in the first and down in the second */
  readonly counters: readonly string[]
}

/**
 * The token ids are those of `languageVocabulary`. Both kinds count exactly as long as 32-bit floats have whole
 * numbers, to n = 2^24: an LSTM in steps of 1, a GRU, whose state stays within ±1, in steps of 2^−36 (see there).
 */
export function counterByHand(kind: 'lstm' | 'gru', language: CountingLanguage): CounterByHand {
  const blocks = language.letters.length
  const { config, site, counters, readout, set } = kind === 'lstm' ? lstmCounter(blocks) : gruCounter(blocks)
  const weights = viewWeights(config)
  const place = setter(config, weights)
  for (let token = 0; token <= blocks; token++) place.embedding(token, token, 1)
  set(place)
  setDecoder(readout, place)
  return { config, weights, counters: counters.map((unit) => `${site}.${unit}`) }
}

/** The value of a letter's unit after that letter. */
const SEEN = tanh(1)
/** Between logits of what may come and what may not: e^−10 is 1 in 22,000. */
const MARGIN = 10

/**
 * Logits: of the letter after the last one (or the end) 0; of the last letter again 10 or more if its block is
 * unfinished, else −10 or less; of all others −10 or less. In the first block its letter and the next are alike.
 */
function setDecoder({ letters, unfinished }: Readout, place: Setter): void {
  const end = 0
  letters.forEach((unit, block) => {
    const next = block + 1 < letters.length ? block + 2 : end
    place.decoder(next, unit, MARGIN / SEEN)
    if (block > 0) place.decoder(1, unit, (-2 * MARGIN) / SEEN)
    place.decoderBias(block + 1, block === 0 ? 0 : -MARGIN)
  })
  place.decoderBias(end, -MARGIN)
  unfinished.forEach((unit, pair) => place.decoder(pair + 2, unit, (2 * MARGIN) / SEEN))
}
