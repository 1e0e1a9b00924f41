// Every unit of the state over one word: the figure of Weiss, Goldberg & Yahav (2018).

import type { TrainedLanguage } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Trace } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { countersAmong, findCounters } from './find-counters.ts'
import { readWord } from './read-word.ts'
import { countingSites, countingSubject } from './subject.ts'

/** Digits that count: a line on a screen has no more. */
const DIGITS = 4

/**
 * One trace for each site in which a count can be kept.
 * @throws UserError where the model does not know the letters
 */
export function traceWord(engine: Engine, subject: AnalysedModel, language: TrainedLanguage, n: number): Trace[] {
  const { model } = subject
  const sites = countingSites(model.config)
  const recorded = readWord(engine, model, language, n, sites)
  const counters = countersAmong(findCounters(engine, subject, language))
  const width = model.config.units
  return sites.map((site): Trace => ({
    ...countingSubject(subject, language),
    site,
    n,
    word: language.letters.map((letter) => `${letter}^${n}`).join(' '),
    units: Array.from({ length: width }, (_, index) => {
      const unit = `${site}.${index}`
      const values = recorded[site].filter((_, place) => place % width === index)
      return { unit, counter: counters.includes(unit), values: Array.from(values, (value) => Number(value.toPrecision(DIGITS))) }
    }),
  }))
}
