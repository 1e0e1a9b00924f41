// What stands beside the weights in a saved model, checked as strictly as the config of an experiment: a file may
// come from another version or another hand.

import * as z from 'zod'
import { UserError } from '../../core/errors.ts'
import { parseJson } from '../../core/json.ts'
import type { Vocabulary } from '../../data/vocabulary.ts'
import { MOST_LAYERS, type ModelConfig } from '../config.ts'

const count = z.int().min(1).max(2 ** 31 - 1)
const start = z.union([z.enum(['uniform', 'orthogonal', 'zeros']), z.number()])

const common = {
  layers: count.max(MOST_LAYERS),
  units: count,
  embedding: count,
  vocabulary: count,
  tags: count.optional(),
  bidirectional: z.boolean().optional(),
  skip: z.boolean().optional(),
  tied: z.boolean(),
  dropout: z.number().min(0).lt(1),
  initialState: z.enum(['zeros', 'trained']),
  initialization: z.object({ embedding: start, kernel: start, recurrentKernel: start, decoder: start }),
}

const configSchema = z.discriminatedUnion('cell', [
  z.strictObject({ ...common, cell: z.literal('lstm'), forgetBias: z.number() }),
  z.strictObject({ ...common, cell: z.literal('gru'), reset: z.enum(['before', 'after']) }),
  z.strictObject({ ...common, cell: z.literal('rnn'), activation: z.enum(['tanh', 'relu']) }),
]) satisfies z.ZodType<ModelConfig>

const vocabularySchema = z.strictObject({
  kind: z.enum(['words', 'characters']),
  tokens: z.array(z.string()).min(1),
  rare: z.enum(['unknown', 'part-of-speech']),
  rareWords: z.record(z.string(), z.array(z.string())).optional(),
  lowercase: z.boolean(),
  end: z.string(),
}) satisfies z.ZodType<Vocabulary>

/** @throws UserError where the text is not the config of a model */
export function parseConfig(text: string | undefined, file: string): ModelConfig {
  const config = parse(configSchema, text, 'config', file)
  if (config.tied && (config.embedding !== config.units || config.tags !== undefined)) {
    const { embedding, units, tags } = config
    const why = tags === undefined ? `an embedding of ${embedding} and ${units} units` : 'tags'
    throw new UserError(`${file}: its config is tied, but has ${why}.`)
  }
  return config
}

/** @throws UserError where the text is not a vocabulary of the config's size */
export function parseVocabulary(text: string | undefined, config: ModelConfig, file: string): Vocabulary {
  const vocabulary = parse(vocabularySchema, text, 'vocabulary', file)
  const { length } = vocabulary.tokens
  if (length !== config.vocabulary) {
    throw new UserError(`${file}: its vocabulary has ${length} tokens; its config says ${config.vocabulary}.`)
  }
  return vocabulary
}

/** @throws UserError where the text is not as many tags as the config has */
export function parseTags(text: string | undefined, config: ModelConfig, file: string): { tags?: readonly string[] } {
  if (config.tags === undefined) return {}
  const tags = parse(z.array(z.string()), text, 'tags', file)
  if (tags.length !== config.tags) throw new UserError(`${file}: it names ${tags.length} tags; its config says ${config.tags}.`)
  return { tags }
}

function parse<T>(schema: z.ZodType<T>, text: string | undefined, what: string, file: string): T {
  if (text === undefined) throw new UserError(`${file} is no model of rnn-probe: it holds no ${what}.`)
  const result = schema.safeParse(parseJson(text))
  if (result.success) return result.data
  const [{ path, message }] = result.error.issues
  throw new UserError(`${file}: its ${[what, ...path].join('.')} is not what a model has (${message}).`)
}
