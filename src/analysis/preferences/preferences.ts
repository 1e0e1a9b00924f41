// Which words a model takes to go with which: crossed pairs, and the real objects of verbs against nouns as frequent;
// and which of the words before an object make the model expect it.

import { Random } from '../../core/random.ts'
import { scoreItems, type ScoreOptions } from '../../tasks/score-items.ts'
import { choicesOf, distanceOf, type CrossedPair } from '../../tasks/preferences/crossed-pairs.ts'
import type { VerbObject } from '../../tasks/preferences/verb-objects.ts'
import type { Engine } from '../../engine/engine.ts'
import type { CountModel } from '../../model/ngram.ts'
import type { PreferenceExample, PreferencesResult } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { influences } from './influence.ts'
import { crossedRows, objectRows } from './shares.ts'

export interface PreferencesOptions extends Pick<ScoreOptions, 'initial' | 'signal'> {
  /** trained on the training part */
  readonly unigram: CountModel
  /** trained on the training part */
  readonly ngram: CountModel
  /** objects, drawn at random, in whose sentences words are left out; 1000 by default */
  readonly influenceItems?: number
  /** objects that are shown; 20 by default */
  readonly examples?: number
  /** 1000 by default */
  readonly resamples?: number
  /** of the bootstrap and the draws; 1 by default */
  readonly randomSeed?: number
}

export type Preferences = Pick<PreferencesResult, 'rows' | 'influences' | 'examples'>

export async function preferences(
  engine: Engine,
  subject: AnalysedModel,
  pairs: readonly CrossedPair[],
  objects: readonly VerbObject[],
  options: PreferencesOptions,
): Promise<Preferences> {
  const { influenceItems = 1000, examples = 20, resamples = 1000, randomSeed = 1 } = options
  const random = new Random(randomSeed)
  const crossedMargins = await scoreItems(engine, subject.model, pairs.flatMap(choicesOf), options)
  const objectMargins = await scoreItems(engine, subject.model, objects, options)
  const scoring = { subject, unigram: options.unigram, ngram: options.ngram, resamples, random }
  const some = random.fork('influence').sample(objects, influenceItems)
  return {
    rows: [...crossedRows(pairs, crossedMargins, scoring), ...objectRows(objects, objectMargins, scoring)],
    influences: await influences(engine, subject, some, { ...options, resamples, random }),
    examples: [
      ...pairs.map((pair, index) => crossedExample(subject, pair, crossedMargins.subarray(2 * index, 2 * index + 2))),
      ...random.fork('examples').sample([...objects.keys()], examples).map((index) =>
        objectExample(subject, objects[index], objectMargins[index]),
      ),
    ],
  }
}

function crossedExample({ name, seed }: AnalysedModel, pair: CrossedPair, margins: Float32Array): PreferenceExample {
  const [first, second] = pair.sides
  return {
    model: name,
    seed,
    task: 'crossed',
    sentence: pair.frame.with(pair.place, `${first.word} / ${second.word}`).join(' '),
    right: `${first.continuation} / ${second.continuation}`,
    wrong: `${second.continuation} / ${first.continuation}`,
    distance: distanceOf(pair),
    margin: (margins[0] + margins[1]) / 2,
  }
}

function objectExample({ name, seed }: AnalysedModel, object: VerbObject, margin: number): PreferenceExample {
  const { prefix, right, wrong, distance } = object
  return { model: name, seed, task: 'objects', sentence: prefix.join(' '), right, wrong, distance, margin }
}
