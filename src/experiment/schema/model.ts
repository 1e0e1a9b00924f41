// The `models:` section: a model to train, one that another experiment trains or that was imported, or one whose weights
// are set by hand.
// Each cell has its own branch, so that a key of another cell is a problem and not silently ignored.

import * as z from 'zod'
import { notOneOf } from '../../core/errors.ts'
import { CELLS, DEFAULT_INITIALIZATION, kindOf, MOST_LAYERS, MOST_UNITS, type ModelConfig, type ModelKind } from '../../model/config.ts'
import { anyNumber, choice, fetch, flag, fraction, list, plainName, positive, show, text, wholeNumber } from './fields.ts'

const STARTS = ['uniform', 'orthogonal', 'zeros'] as const

const start = z.union([choice('A rule for starting a matrix.', 'start', 'starts', STARTS), positive('U(±r).')], {
  error: ({ input }) => `${show(input)} is not a start. Starts are: ${STARTS.join(', ')}, or a number r for U(±r).`,
})

const initialization = z
  .union([start, z.strictObject({ embedding: start, kernel: start, recurrentKernel: start, decoder: start }).partial()])
  .describe('How the weights start: one rule for all matrices, or one for each of them.')

const modelName = plainName('Name of the model in tables, charts and paths.')

/** Models that an analysis is about. */
export const modelNames = list(modelName, 'model names')
  .optional()
  .describe('Models to look at; all of them by default.')

const dataNames = z
  .union([text('Name of a data section.').transform((name) => [name]), list(text('Name of a data section.'), 'names')])
  .optional()
  .describe('The data sections that it is trained on, where there are several; all of them by default.')

const common = {
  name: modelName,
  data: dataNames,
  layers: wholeNumber('Stacked layers.', 1, MOST_LAYERS).default(1),
  units: wholeNumber('Units of each layer.', 1, MOST_UNITS),
  embedding: wholeNumber('Dimension of the token embedding; as many as units by default.', 1, MOST_UNITS).optional(),
  predicts: choice(
    'What the model says: the next token, or a tag of each token, such as its part of speech.',
    'prediction', 'predictions', ['next-token', 'tag'],
  ).default('next-token'),
  bidirectional: flag(
    'Each layer reads from both ends; a language model is then two, that share embedding and decoder (Peters et al. 2018).',
  ).default(false),
  skip: flag('From the second layer on, what a layer reads is added to what it hands upward.').default(false),
  tied: flag('The decoder uses the embedding matrix (Press & Wolf 2017); needs embedding = units.').default(false),
  dropout: fraction('Probability that a value is dropped in training (Zaremba et al. 2014).').default(0),
  initialState: choice(
    'State before the first token; before the last where a layer reads backward.', 'state', 'states', ['zeros', 'trained'],
  ).default('zeros'),
  initialization: initialization.default('uniform'),
}

const forgetBias = anyNumber("Start of the forget gate's bias; the other biases start at 0.").default(1)
const reset = choice(
  'The reset gate acts on h before the recurrent product (Cho et al. 2014) or after it (cuDNN, PyTorch).',
  'place of the reset gate', 'places', ['before', 'after'],
).default('before')
const activation = choice(
  'What squashes the recurrence.', 'activation', 'activations', ['tanh', 'relu'],
).default('tanh')

const lstm = z.strictObject({ ...common, cell: z.literal('lstm'), forgetBias }).transform(fillIn)
const gru = z.strictObject({ ...common, cell: z.literal('gru'), reset }).transform(fillIn)
const rnn = z.strictObject({ ...common, cell: z.literal('rnn'), activation }).transform(fillIn)

const described = z.discriminatedUnion('cell', [lstm, gru, rnn], {
  error: ({ input }) => {
    const cell = (input as { readonly cell?: unknown } | null | undefined)?.cell
    return cell === undefined ? `is missing. Cells are: ${CELLS.join(', ')}.` : notOneOf(cell, 'cell', 'cells', CELLS)
  },
})

const reference = z.strictObject({
  name: modelName,
  data: dataNames,
  from: text('EXPERIMENT/MODEL: the model of another experiment, trained first where it is missing; or NAME: one that "probe import" put into the store.')
    .regex(/^[^/]+(?:\/[^/]+)?$/, {
      error: ({ input }) => `${show(input)} is neither EXPERIMENT/MODEL, as in agreement/lstm, nor the name of an imported model.`,
    }),
  fetch: fetch.optional(),
  seeds: list(wholeNumber('A seed.', 0), 'seeds').optional().describe('Only these seeds of it; those of this experiment by default.'),
})

const byHand = z.strictObject({
  name: modelName,
  data: dataNames,
  byHand: choice('A network whose weights are set so that it counts: a control.', 'cell', 'cells', ['lstm', 'gru']),
})

/** One entry of `models:`. */
export const modelSchema = z.union([described, reference, byHand])

/** A model to train, every default filled in; the vocabulary comes from the data. */
export type DescribedModel = z.output<typeof described>
/** A model of another experiment, or an imported one. */
export type ReferredModel = z.output<typeof reference>
/** A model whose weights are set by hand: nothing is trained. */
export type ModelByHand = z.output<typeof byHand>
export type ModelSection = z.output<typeof modelSchema>

export function isByHand(section: ModelSection): section is ModelByHand {
  return 'byHand' in section
}

export function isReference(section: ModelSection): section is ReferredModel {
  return 'from' in section
}

/** A model of another program: it is in the store under a name of its own, and looks at the data of this experiment. */
export function isImported({ from }: ReferredModel): boolean {
  return !from.includes('/')
}

/** It says a tag of each token. */
export function isTagger(section: ModelSection): boolean {
  return 'predicts' in section && section.predicts === 'tag'
}

/** What a model is; null where another experiment says it. */
export function kindOfSection(section: ModelSection): ModelKind | null {
  if (isReference(section)) return null
  return isByHand(section) ? 'language model' : kindOf(modelConfig(section, 1, 0))
}

/** The config of the model once the data has said how many tokens, and tags, there are. */
export function modelConfig(section: DescribedModel, vocabulary: number, tags: number): ModelConfig {
  const { name: _, data: __, predicts: ___, bidirectional, skip, ...config } = section
  const some = { ...(isTagger(section) && { tags }), ...(bidirectional && { bidirectional }), ...(skip && { skip }) }
  return { ...config, vocabulary, ...some }
}

type Start = z.output<typeof initialization>

function fillIn<Section extends { units: number; embedding?: number; initialization: Start }>(
  section: Section,
): Omit<Section, 'embedding' | 'initialization'> & Pick<ModelConfig, 'embedding' | 'initialization'> {
  return {
    ...section,
    embedding: section.embedding ?? section.units,
    initialization: everyMatrix(section.initialization),
  }
}

function everyMatrix(start: Start): ModelConfig['initialization'] {
  if (typeof start === 'object') return { ...DEFAULT_INITIALIZATION, ...start }
  return { embedding: start, kernel: start, recurrentKernel: start, decoder: start }
}
