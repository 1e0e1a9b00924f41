// The `data:` section: the Brown corpus, a grammar, or the user's own text. Which one is said by its key.

import * as z from 'zod'
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

const brown = z.strictObject({
  corpus: z.literal('brown', {
    error: ({ input }) =>
      input === undefined ? `is missing. ${SOURCES}` : `${JSON.stringify(input)} is not a corpus. Corpora are: brown.`,
  }),
  ...optional({
    ...common,
    genres: z
      .union([z.literal('all'), list(choice('A genre of Brown.', 'genre', 'genres', GENRES), 'genres')])
      .describe('Genres of Brown by their letter, as in [K, L, M, N, P] for fiction; all of them by default.'),
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
    unit: choice('What the model reads.', 'unit', 'units', ['words', 'characters']),
    lines: flag('One sentence a line; else running text.'),
    split: choice('Where words end.', 'way to split', 'ways to split', ['spaces', 'punctuation']),
  }),
})

/** The data section; its output has every default filled in. */
export const dataSchema = z.union([brown, grammar, ownText]).transform((section): DataConfig => completeData(section))
