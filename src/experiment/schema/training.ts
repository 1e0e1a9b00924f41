// The `training:` section: epochs of a running text, or updates on sentences drawn at random; the key `updates` says
// which. An optimiser and a schedule are a name, or a name with its own keys.

import * as z from 'zod'
import { notOneOf } from '../../core/errors.ts'
import { OPTIMIZERS } from '../../engine/optimizer.ts'
import { DEFAULT_DRAWN, DEFAULT_TRAINING, KEEPS, SCHEDULES, type TrainingConfig } from '../../training/config.ts'
import { choice, fraction, list, positive, show, wholeNumber } from './fields.ts'

const momentum = fraction('Share of the direction before that is kept; 0 by default.').default(0)
const beta1 = fraction('Decay of the first moment.').default(0.9)
const beta2 = fraction('Decay of the second moment.').default(0.999)
const epsilon = positive('Added to the root of the second moment.').default(1e-8)
const decay = fraction('Decay of the mean square.').default(0.95)

const optimizer = named('optimizer', 'optimizers', OPTIMIZERS, 'How gradients become updates.', [
  z.strictObject({ name: z.literal('sgd'), momentum }),
  z.strictObject({ name: z.literal('adam'), beta1, beta2, epsilon }),
  z.strictObject({ name: z.literal('rmsprop'), decay, epsilon }),
])

const factor = positive('What the learning rate is multiplied by.').default(0.5)
const after = wholeNumber('Epochs at the full learning rate.', 0).default(1)
const divide = positive('What the learning rate is divided by.').default(4)
const last = z.number().min(0).default(0).describe('Learning rate of the last update.')

const schedule = named('schedule', 'schedules', SCHEDULES, 'How the learning rate moves.', [
  z.strictObject({ name: z.literal('constant') }),
  z.strictObject({ name: z.literal('decay'), factor, after }),
  z.strictObject({ name: z.literal('plateau'), divide }),
  z.strictObject({ name: z.literal('linear'), last }),
])

const snapshots = z
  .union([z.literal('doubling'), list(fraction('A share of all updates.'), 'shares')], {
    error: ({ input }) => `${show(input)} is not a choice of snapshots. Write doubling, or shares such as [0, 0.5].`,
  })
  .describe('Weights kept on the way: after 0, 1, 2, 4, … updates (doubling), or after these shares of all of them.')

const decoderBias = choice(
  "Where the decoder's bias begins: at the log frequencies of the training text; at zero where this is left out.",
  'beginning', 'beginnings', ['unigram'],
)

/** The keys of both ways, with the defaults of one. */
const common = (defaults: TrainingConfig) => ({
  optimizer: optimizer.default(defaults.optimizer),
  learningRate: positive('Learning rate at the start.').default(defaults.learningRate),
  schedule: schedule.default(defaults.schedule),
  clip: positive('Largest norm of the whole gradient; null for none.').nullable().default(defaults.clip),
  loss: choice('What the gradient is of.', 'loss', 'losses', ['mean', 'sum']).default(defaults.loss),
  earlyStopping: wholeNumber('Stop after so many evaluations without a better loss; null for never.', 1)
    .nullable()
    .default(defaults.earlyStopping),
  keep: choice('Which weights are kept.', 'choice', 'choices', KEEPS).default(defaults.keep),
  decoderBias: decoderBias.optional(),
  snapshots: snapshots.optional(),
})

const streams = z.strictObject({
  epochs: wholeNumber('Passes over the training text.', 1).default(DEFAULT_TRAINING.epochs),
  batch: wholeNumber('Streams read side by side.', 1).default(DEFAULT_TRAINING.batch),
  steps: wholeNumber('Tokens of a stream in an update: how far gradients reach back.', 1)
    .default(DEFAULT_TRAINING.steps),
  evaluations: wholeNumber('Evaluations on the validation text in each epoch.', 1)
    .default(DEFAULT_TRAINING.evaluations),
  ...common(DEFAULT_TRAINING),
})

const drawn = z.strictObject({
  updates: wholeNumber('Updates on sentences drawn at random, each read from the initial state.', 1),
  batch: wholeNumber('Sentences of an update.', 1).default(DEFAULT_DRAWN.batch),
  evaluations: wholeNumber('Evaluations of the whole training.', 1).default(DEFAULT_DRAWN.evaluations),
  ...common(DEFAULT_DRAWN),
})

/** The training section; its output has every default filled in. */
export const trainingSchema = z.union([streams, drawn]).transform((section): TrainingConfig => section)

type Named = z.ZodObject<{ name: z.ZodLiteral<string> }>

/** `adam`, or `{ name: adam, beta1: 0.8 }`: the bare name has the defaults of its branch. */
function named<const Branches extends readonly [Named, ...Named[]]>(
  noun: string, plural: string, names: readonly string[], description: string, branches: Branches,
) {
  const described = z.discriminatedUnion('name', branches, {
    error: ({ input }) => notOneOf(nameOf(input), noun, plural, names),
  })
  const bare = choice(description, noun, plural, names).transform((name) => described.parse({ name }))
  return z.union([bare, described]).describe(description)
}

function nameOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'name' in input ? input.name : input
}
