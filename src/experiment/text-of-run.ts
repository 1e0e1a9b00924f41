// The held-out text of a finished run, for what is asked of its models afterwards.

import { join } from 'node:path'
import { UserError } from '../core/errors.ts'
import { displayPath } from '../core/files.ts'
import { encodePart, loadDataset } from '../data/dataset.ts'
import type { Vocabulary } from '../data/vocabulary.ts'
import { loadExperiment } from './config.ts'
import { STORE } from './find.ts'
import { downloadsDirectory, openStore } from './store.ts'

/** Sentences without their ends, as ids and as they are written. */
export interface HeldOutText {
  readonly sentences: readonly { readonly tokens: Int32Array }[]
  readonly words: readonly (readonly string[])[]
}

/**
 * Every so manieth sentence of the test part of the run's first data section, so that there are about `most` tokens.
 * @param vocabulary of the model that reads it
 * @throws UserError where the run has no data of its own, or nothing is held out
 */
export async function textOfRun(directory: string, vocabulary: Vocabulary, most: number, store = STORE): Promise<HeldOutText> {
  const { experiment, folder } = loadExperiment(join(directory, 'experiment.yaml'))
  if (experiment.data.length === 0) throw new UserError(`${displayPath(directory)} has no data of its own.`)
  const dataset = await loadDataset(experiment.data[0].data, { baseDirectory: folder, downloads: downloadsDirectory(openStore(store)) })
  const part = encodePart(dataset.test.documents, vocabulary)
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
  }
}
