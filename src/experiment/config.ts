// An experiment: what it asks, on which data, of which models. Parsed once and strictly; every problem is reported at
// once. Two types: ExperimentInput is what a YAML may hold, Experiment has every default filled in and is saved with
// the run.

import * as z from 'zod'
import { UserError, type Problem } from '../core/errors.ts'
import { crossCheck } from './cross-check.ts'
import { check } from './problems.ts'
import { analysisSchema } from './schema/analyses.ts'
import { dataSchema } from './schema/data.ts'
import { list, plainName, text, wholeNumber } from './schema/fields.ts'
import { modelSchema } from './schema/model.ts'
import { trainingSchema } from './schema/training.ts'
import { readSource, type Source } from './source.ts'

const seed = wholeNumber('A seed.', 0)
const seeds = z
  .union([wholeNumber('How many seeds, counted from 1.', 1, 1000), list(seed, 'seeds')])
  .describe('How often every model is trained: 5 means the seeds 1 to 5, [7] is a list.')
  .transform((value) => (typeof value === 'number' ? Array.from({ length: value }, (_, index) => index + 1) : value))

export const experimentSchema = z
  .strictObject({
    name: plainName('Name of the experiment and of its folder in reports/.'),
    question: text('What the experiment asks; the question in the first comment of the file by default.').optional(),
    seeds: seeds.default([1]),
    data: dataSchema,
    models: list(modelSchema, 'models').describe('Models to train, or models of other experiments.'),
    training: trainingSchema.prefault({}),
    analyses: list(analysisSchema, 'analyses').describe('What is asked of the trained models, in order.'),
  })
  .describe('An experiment of rnn-probe.')

export type ExperimentInput = z.input<typeof experimentSchema>
export type Experiment = z.output<typeof experimentSchema>

/** An experiment and the folder that its paths are relative to. */
export interface LoadedExperiment {
  readonly experiment: Experiment
  readonly file: string
  readonly folder: string
}

/**
 * Reads, completes and checks an experiment file.
 * @param settings `key=value` of `--set`
 * @throws UserError with every problem and its path
 */
export function loadExperiment(path: string, settings: readonly string[] = []): LoadedExperiment {
  const source = readSource(path, settings)
  return { experiment: parseExperiment(source), file: source.file, folder: source.folder }
}

/** @throws UserError with every problem and its path */
export function parseExperiment(source: Source): Experiment {
  const value = withQuestion(source)
  const { data, problems } = check(experimentSchema, value)
  const all = [...problems, ...crossCheck(value)]
  if (data === null || all.length > 0) throw new UserError(headline(source.file, all), { problems: all })
  return data
}

/** The question of the file's first comment where the experiment asks none. */
function withQuestion({ value, question }: Source): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject && question !== null ? { question, ...value } : value
}

function headline(file: string, problems: readonly Problem[]): string {
  return `${file} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}`
}
