// An experiment: what it asks, on which data, of which models. Parsed once and strictly; every problem is reported at
// once. Two types: ExperimentInput is what a YAML may hold, Experiment has every default filled in and is saved with
// the run. `data` and `training` are one section each, or several that have names.

import * as z from 'zod'
import { UserError, type Problem } from '../core/errors.ts'
import { isDrawn } from '../training/config.ts'
import { crossCheck } from './cross-check/cross-check.ts'
import { isByName, readSections, writeSections, type DataSection, type SectionsInput } from './data-sections.ts'
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

const byName = <Schema extends z.ZodType>(schema: Schema) => z.record(plainName('Name of a data section.'), schema)

/** An experiment whose data and training have this form. */
function formed<Data extends z.ZodType, Training extends z.ZodType>(data: Data, training: Training) {
  return z.strictObject({
    name: plainName('Name of the experiment and of its folder in reports/.'),
    question: text('What the experiment asks; the question in the first comment of the file by default.').optional(),
    seeds: seeds.default([1]),
    data,
    models: list(modelSchema, 'models').describe('Models to train, or models of other experiments.'),
    training,
    analyses: list(analysisSchema, 'analyses').describe('What is asked of the trained models, in order.'),
  })
}

/** One data section, or several by name with one training for all or one for each. */
const FORMS = {
  one: formed(dataSchema.optional(), trainingSchema.optional()),
  several: formed(byName(dataSchema), trainingSchema.optional()),
  eachItsOwn: formed(byName(dataSchema), byName(trainingSchema)),
}

/** Any experiment, for editors. */
export const experimentSchema = formed(
  z
    .union([dataSchema, byName(dataSchema)])
    .optional()
    .describe('What models are trained on: one section, or several by name; none where all models are of others.'),
  z
    .union([trainingSchema, byName(trainingSchema)])
    .optional()
    .describe('How models are trained: one section for all data, or one for each by its name.'),
).describe('An experiment of rnn-probe.')

export type ExperimentInput = z.input<typeof experimentSchema>
export type Experiment = Omit<z.output<typeof experimentSchema>, 'data' | 'training'> & {
  readonly data: readonly DataSection[]
}

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
  const { data: parsed, problems } = check(formOf(value), value)
  const all = [...problems, ...crossCheck(value)]
  if (parsed === null || all.length > 0) throw new UserError(headline(source.file, all), { problems: all })
  const { data, training, ...rest } = parsed
  const sections = readSections({ data, training } as SectionsInput)
  const unread = sections.flatMap(readingProblem)
  if (unread.length > 0) throw new UserError(headline(source.file, unread), { problems: unread })
  return { ...rest, data: sections }
}

/** Words of a language have no order in which they could be read. */
function readingProblem({ name, data, training }: DataSection): Problem[] {
  if (!('language' in data) || isDrawn(training)) return []
  const message = 'words of a language are drawn, and not read in epochs. Write updates, as in { updates: 4000 }.'
  return [{ path: name === null ? 'training' : `training.${name}`, message }]
}

/** What `parseExperiment` reads as this experiment: every default is written out. */
export function completedInput({ data, ...rest }: Experiment): object {
  return { ...rest, ...writeSections(data) }
}

/** The form that a file means to have: its problems are those of this form. */
function formOf(value: unknown): (typeof FORMS)[keyof typeof FORMS] {
  const { data, training } = (value ?? {}) as { readonly data?: unknown; readonly training?: unknown }
  if (!isByName(data)) return FORMS.one
  const hasNames = typeof training === 'object' && Object.keys(training ?? {}).some((name) => name in data)
  return hasNames ? FORMS.eachItsOwn : FORMS.several
}

/** The question of the file's first comment where the experiment asks none. */
function withQuestion({ value, question }: Source): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject && question !== null ? { question, ...value } : value
}

function headline(file: string, problems: readonly Problem[]): string {
  return `${file} has ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}`
}
