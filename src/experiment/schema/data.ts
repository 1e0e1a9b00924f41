// The `data:` section: the Brown corpus, a grammar, copies, the user's own text (a file, many, one of a package), or a
// language of counting words. Which one is said by its key.

import * as z from 'zod'
import { notOneOf, UserError } from '../../core/errors.ts'
import { completeData, GENRES, LENGTHS, type DataConfig } from '../../data/config.ts'
import { parseLanguage } from '../../data/language/language.ts'
import { choice, fetch, flag, fraction, list, mustBe, positive, show, text, wholeNumber } from './fields.ts'

const SOURCES = 'Data come from one of: corpus, grammar, copy, text, files, npm, language.'

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

const pseudowords = wholeNumber(
  'So many pairs of words of one part of speech, about as frequent, are written alike: senses that are known.', 1, 500,
)

const brown = z.strictObject({ corpus, ...optional({ ...common, unit: z.literal('words'), genres, pseudowords }) })

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

const copy = z.strictObject({
  copy: wholeNumber('The copy task: random symbols, blanks, a mark, and the symbols again. How many are copied.', 1, 1000),
  ...optional({
    test: common.test,
    validation: common.validation,
    symbols: wholeNumber('Different symbols; 8 by default.', 2, 26),
    blanks: wholeNumber('Blanks between the symbols and the mark; 10 by default.', 0, 10_000),
    sentences: wholeNumber('How many sentences are drawn; 10,000 by default.', 1),
    seed: wholeNumber('The corpus depends on this seed and not on those of the models.', 0),
  }),
})

const reading = optional({
  ...common,
  unit,
  lines: flag('One sentence a line; else running text.'),
  split: choice('Where words end.', 'way to split', 'ways to split', ['spaces', 'punctuation']),
  limit: wholeNumber('Most characters that are read, up to a line end; null reads everything.', 1).nullable(),
})

const ownText = z.strictObject({ text: text('Path of a UTF-8 file.'), fetch: fetch.optional(), ...reading })

const patterns = z
  .union([text('A pattern.').transform((pattern) => [pattern]), list(text('A pattern.'), 'patterns')])
  .refine((all) => all.some((pattern) => !pattern.startsWith('!')), {
    error: ({ input }) => `${show(input)} only leaves files out. Name files to read, as in "src/**/*.c".`,
  })
  .describe('Files by pattern, as in "src/**/*.{c,h}"; each is a document. A pattern after "!" leaves files out.')

const ownFiles = z.strictObject({ files: patterns, ...reading })

const notPackage = mustBe('a package with its version, as in better-sqlite3@12.4.1')
const notSha256 = mustBe('64 hexadecimal digits in lower case, as "sha256sum FILE" prints them')

const packageFile = z.strictObject({
  npm: z
    .string({ error: notPackage })
    .regex(/^(?:@[\w.~-]+\/)?[a-z0-9_~][\w.~-]*@\d+\.\d+\.\d+[\w.+-]*$/i, { error: notPackage })
    .describe('An npm package with its version, as in better-sqlite3@12.4.1. It is fetched once and never installed.'),
  file: text('Path of a file in the package.'),
  sha256: z
    .string({ error: notSha256 })
    .regex(/^[0-9a-f]{64}$/, { error: notSha256 })
    .describe('SHA-256 of the file, which is checked.'),
  ...reading,
})

/** What parseLanguage says of a text, if it is none. */
const languageName = z
  .string({ error: mustBe('a language of counting words, such as a^n b^n') })
  .superRefine((name, context) => {
    try {
      parseLanguage(name)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      context.addIssue(error.message)
    }
  })
  .describe('Words that count: a^n b^n or a^n b^n c^n, one letter a block, all blocks equally long.')

const notTooShort = mustBe('a whole number from 1 up; of n = 0 alone there is nothing to learn')
const longest = z
  .number({ error: notTooShort })
  .int({ error: notTooShort })
  .min(1, { error: notTooShort })
  .describe('The largest n of training; 100 by default.')

const language = z
  .strictObject({
    language: languageName,
    ...optional({
      longest,
      lengths: choice('How n is drawn.', 'distribution', 'distributions', LENGTHS),
      mean: positive('Mean of geometric lengths before they are cut; by default a fifth of the longest.').nullable(),
      empty: flag('n = 0 is in the language; false by default.'),
    }),
  })
  .superRefine(({ lengths = 'uniform', mean, empty = false }, context) => {
    if (mean === undefined || mean === null) return
    const shortest = empty ? 0 : 1
    const problem = lengths === 'uniform'
      ? 'is the mean of geometric lengths, and here they are uniform. Write lengths: geometric, or leave it out.'
      : `is not above ${shortest}, the smallest n.`
    if (lengths === 'geometric' && mean > shortest) return
    context.addIssue({ code: 'custom', path: ['mean'], message: `${mean} ${problem}` })
  })

/** The data section; its output has every default filled in. */
export const dataSchema = z
  .union([prose, packageFile, brown, grammar, copy, ownText, ownFiles, language])
  .transform((section): DataConfig => completeData(section))
