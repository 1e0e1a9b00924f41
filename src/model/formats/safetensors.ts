// The toolkit's own model file: one .safetensors file that other programs open too. F32 tensors under the names and
// shapes of model/weights.ts; config, vocabulary and tags as JSON in the header's `__metadata__`.

import { withFile } from '../../core/byte-source.ts'
import { UserError } from '../../core/errors.ts'
import { writeFileAtomic } from '../../core/files.ts'
import type { ModelConfig } from '../config.ts'
import type { Model } from '../model.ts'
import { viewWeights, weightShapes, type Weights } from '../weights.ts'
import type { ModelFormat } from './format.ts'
import { parseConfig, parseTags, parseVocabulary } from './saved.ts'
import type { StoredTensors } from './stored-tensor.ts'
import { encodeTensors, isTensors, openTensors } from './tensors.ts'

/** Raised when what a model file holds changes. */
export const MODEL_VERSION = '1'

const PRODUCER = 'rnn-probe'

export const safetensors: ModelFormat = {
  name: 'safetensors',
  extension: '.safetensors',

  read(path) {
    return withFile(path, (source) => {
      const { tensors, metadata } = openTensors(source)
      const about = readDescription(metadata, source.name)
      return { ...about, weights: readWeights(about.config, tensors, source.name) }
    })
  },

  write(path, { config, vocabulary, tags, weights }) {
    const metadata = {
      producer: PRODUCER,
      version: MODEL_VERSION,
      config: JSON.stringify(config),
      vocabulary: JSON.stringify(vocabulary),
      ...(tags && { tags: JSON.stringify(tags) }),
    }
    const tensors = Object.fromEntries(
      weightShapes(config).map(({ name, shape }) => [name, { shape, values: weights[name] }] as const),
    )
    writeFileAtomic(path, encodeTensors({ tensors, metadata }))
  },
}

/** Whether a file is a model of this toolkit, whatever it is called. */
export function isOwnModel(path: string): boolean {
  return withFile(path, (source) => isTensors(source) && openTensors(source).metadata['producer'] === PRODUCER)
}

/** What a model file says besides its weights: the beginning of the file is enough. */
export function readModelDescription(path: string): Omit<Model, 'weights'> {
  return withFile(path, (source) => readDescription(openTensors(source).metadata, source.name))
}

function readDescription(metadata: Readonly<Record<string, string>>, file: string): Omit<Model, 'weights'> {
  const { version } = metadata
  if (version !== undefined && version !== MODEL_VERSION) {
    throw new UserError(`${file} is a model of format ${version}; this version reads format ${MODEL_VERSION}.`)
  }
  const config = parseConfig(metadata['config'], file)
  const vocabulary = parseVocabulary(metadata['vocabulary'], config, file)
  return { config, vocabulary, ...parseTags(metadata['tags'], config, file) }
}

/** Every weight that the config asks for, and nothing else, in one buffer. */
function readWeights(config: ModelConfig, tensors: StoredTensors, file: string): Weights {
  const shapes = weightShapes(config)
  const unknown = Object.keys(tensors).find((name) => !shapes.some((shape) => shape.name === name))
  if (unknown !== undefined) {
    throw new UserError(`${file} holds a tensor "${unknown}", which its config has no place for.`)
  }
  for (const { name, shape } of shapes) {
    const tensor = tensors[name]
    if (!tensor) throw new UserError(`${file} lacks the tensor "${name}" of its config.`)
    if (tensor.shape.join() !== shape.join()) {
      const [given, wanted] = [tensor.shape, shape].map((extents) => `[${extents.join(', ')}]`)
      throw new UserError(`${file}: "${name}" has the shape ${given}; its config asks for ${wanted}.`)
    }
  }
  const weights = viewWeights(config) // only now: a config alone does not make a file's reader allocate
  for (const { name } of shapes) {
    tensors[name].readInto(weights[name])
    requireFinite(weights[name], name, file)
  }
  return weights
}

/** @throws UserError where a weight is infinite or no number */
export function requireFinite(values: Float32Array, name: string, file: string): void {
  for (let index = 0; index < values.length; index++) {
    // the difference of a number that is not finite with itself is none
    if (values[index] - values[index] !== 0) {
      throw new UserError(`${file}: "${name}" holds a value that is not a finite number.`)
    }
  }
}
