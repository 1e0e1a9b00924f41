// The `data:` section: the Brown corpus, a grammar, or the user's own text. Which one is said by its key.

import * as z from 'zod'
import { notOneOf } from '../../core/errors.ts'
import { completeData, GENRES, type DataConfig } from '../../data/config.ts'
import { choice, flag, fraction, list, show, text, wholeNumber } from './fields.ts'

const SOURCES = 'Data come from one of: corpus, grammar, text.'

const common = {
  vocabulary: z
    .union([wholeNumber('How many of the most frequent words are known.', 1), z.literal('all')], {
      error: ({ input }) => `${show(input)} is not a number of words. It is a whole number from 1 up, or all.`,
    })
    .describe('How many of the most frequent words (or characters) of the training part are known, or "all".'),
  rare: choice('What stands for the other words.', 'stand-in', 'stand-ins', ['unknown', 'part-of-speech']),
  lowercase: flag('Words are looked up in lower case.'),
  test: fraction('Share of the documents held out for the last evaluation.'),
  validation: fraction('Share of the documents that steers training.'),
}

/** The keys that a section may leave out. */
const optional = <Shape extends z.ZodRawShape>(shape: Shape) => z.strictObject(shape).partial().shape

const corpus = z.literal('brown', {
  error: ({ input }) =>
    input === undefined ? `is missing. ${SOURCES}` : `${JSON.stringify(input)} is not a corpus. Corpora are: brown.`,
})

const genres = z
  .union([z.literal('all'), list(choice('A genre of Brown.', 'genre', 'genres', GENRES), 'genres')])
  .describe(
    'Genres of Brown by their letter; by default all for words, and fiction, [K, L, M, N, P], for characters.',
  )

const UNITS = ['words', 'characters'] as const
const unit = choice('What the model reads.', 'unit', 'units', UNITS)

const brown = z.strictObject({ corpus, ...optional({ ...common, unit: z.literal('words'), genres }) })

const prose = z.strictObject({
  corpus,
  unit: z.literal('characters', { error: ({ input }) => notOneOf(input, 'unit', 'units', UNITS) }),
  ...optional({
    ...common,
    genres,
    width: wholeNumber('Most characters of a line; null leaves every paragraph on one line.', 1).nullable(),
    quotes: choice('Marks as typewriters or as books have them.', 'kind', 'kinds', ['straight', 'curly']),
  }),
})

const grammar = z.strictObject({
  grammar: text('Path of a YAML grammar; data/grammars/README.md describes the format.'),
  ...optional({
    ...common,
    sentences: wholeNumber('How many sentences are drawn.', 1),
    seed: wholeNumber('The corpus depends on this seed and not on those of the models.', 0),
  }),
})

const ownText = z.strictObject({
  text: text('Path of a UTF-8 file.'),
  ...optional({
    ...common,
    unit,
    lines: flag('One sentence a line; else running text.'),
    split: choice('Where words end.', 'way to split', 'ways to split', ['spaces', 'punctuation']),
  }),
})

/** The data section; its output has every default filled in. */
export const dataSchema = z.union([prose, brown, grammar, ownText]).transform((section): DataConfig => completeData(section))
