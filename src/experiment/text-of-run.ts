// The held-out text of a finished run, for what is asked of its models afterwards.

import { join } from 'node:path'
import { UserError } from '../core/errors.ts'
import { displayPath } from '../core/files.ts'
import { canonicalJson } from '../core/json.ts'
import { loadDataset, type Dataset } from '../data/dataset.ts'
import type { Pseudoword } from '../data/pseudowords.ts'
import type { Vocabulary } from '../data/vocabulary.ts'
import { loadExperiment } from './config.ts'
import { STORE } from './find.ts'
import { downloadsDirectory, openStore } from './store.ts'

/** Sentences without their ends, as ids and as they are written. */
export interface HeldOutText {
  readonly sentences: readonly { readonly tokens: Int32Array }[]
  readonly words: readonly (readonly string[])[]
  /** words that are written alike in it */
  readonly pseudowords: readonly Pseudoword[]
}

/**
 * Every so manieth sentence of the test part of the data that a model of a run was trained on, so that there are about `most`
 * tokens.
 * @param vocabulary of the model: it is that of its data
 * @throws UserError where none of the run's data has this vocabulary, or nothing is held out
 */
export async function textOfRun(
  directory: string,
  vocabulary: Vocabulary,
  most: number,
  store = STORE,
): Promise<HeldOutText> {
  const dataset = await datasetOf(directory, vocabulary, store)
  const part = dataset.test
  if (part.tokens.length === 0) throw new UserError(`Nothing of ${dataset.name} is held out for a test.`)
  const stride = Math.max(1, Math.ceil(part.tokens.length / most))
  const words = part.documents.flatMap(({ sentences }) => sentences.map(({ tokens }) => tokens))
  const places = [...words.keys()].filter((place) => place % stride === 0)
  return {
    sentences: places.map((place) => {
      const start = part.sentenceStarts[place]
      return { tokens: part.tokens.subarray(start, start + words[place].length) }
    }),
    words: places.map((place) => words[place]),
    pseudowords: dataset.pseudowords,
  }
}

async function datasetOf(directory: string, vocabulary: Vocabulary, store: string): Promise<Dataset> {
  const { experiment, folder } = loadExperiment(join(directory, 'experiment.yaml'))
  const options = { baseDirectory: folder, downloads: downloadsDirectory(openStore(store)) }
  for (const { data } of experiment.data) {
    const dataset = await loadDataset(data, options)
    if (canonicalJson(dataset.vocabulary) === canonicalJson(vocabulary)) return dataset
  }
  throw new UserError(`${displayPath(directory)} has no data that this model was trained on: ask in the run that trained it.`)
}
