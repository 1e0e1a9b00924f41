// The data section of an experiment: which text, which words are known, how documents are divided. Two types: what a
// YAML may leave out (DataInput), and the section with every default filled in (DataConfig), which is part of every
// store key.

import { parseLanguage } from './language/language.ts'

/** What every kind of text shares. */
interface CommonConfig {
  /** how many of the most frequent words (or characters) of the training part are known; `all` of them */
  readonly vocabulary: number | 'all'
  /** what stands for the others: one `<unk>`, or a placeholder for their part of speech (tagged text only) */
  readonly rare: 'unknown' | 'part-of-speech'
  /** words are looked up in lower case */
  readonly lowercase: boolean
  /** share of the documents held out for the last evaluation */
  readonly test: number
  /** share of the documents that steers training */
  readonly validation: number
}

/** The Brown corpus: 500 documents, a million words with parts of speech. */
export interface BrownConfig extends CommonConfig {
  readonly corpus: 'brown'
  readonly unit: 'words'
  /** genres by their letter, as in `[K, L, M, N, P]` for fiction; `all` of them */
  readonly genres: readonly string[] | 'all'
  /** so many pairs of words are written alike, so that their senses are known; none by default */
  readonly pseudowords?: number
}

/** The Brown corpus as printed prose, character by character. */
export interface ProseConfig extends CommonConfig {
  readonly corpus: 'brown'
  readonly unit: 'characters'
  /** as for words */
  readonly genres: readonly string[] | 'all'
  /** most characters of a line, which is broken at a space; null leaves every paragraph on one line */
  readonly width: number | null
  /** quotation marks, apostrophes and dashes as typewriters have them (" ' --), or books (“ ” ‘ ’ —) */
  readonly quotes: 'straight' | 'curly'
}

/** Sentences drawn from a grammar (data/grammars/README.md describes the format). */
export interface GrammarConfig extends CommonConfig {
  /** path of a YAML file */
  readonly grammar: string
  /** how many sentences are drawn */
  readonly sentences: number
  /** the corpus depends on this seed and not on those of the models */
  readonly seed: number
}

/** The copy task: symbols, blanks, a mark, and the symbols again. */
export interface CopyConfig extends CommonConfig {
  /** symbols that are copied */
  readonly copy: number
  /** different symbols: the first so many letters */
  readonly symbols: number
  readonly blanks: number
  /** how many sentences are drawn */
  readonly sentences: number
  /** the corpus depends on this seed and not on those of the models */
  readonly seed: number
}

/** How the user's own text is read. */
interface ReadingConfig extends CommonConfig {
  readonly unit: 'words' | 'characters'
  /** one sentence a line (each is followed by `<eos>`); else running text */
  readonly lines: boolean
  /** for words: they end at spaces only (text that is already tokenised), or punctuation is a word of its own too */
  readonly split: 'spaces' | 'punctuation'
  /** most characters that are read, of all files together; they end with a line. null reads everything */
  readonly limit: number | null
}

/** One file. */
export interface TextConfig extends ReadingConfig {
  /** path of a UTF-8 file */
  readonly text: string
  /** what to fetch, and where it lives: said where the file is missing */
  readonly fetch?: string
}

/** Many files; each is a document. */
export interface FilesConfig extends ReadingConfig {
  /** patterns such as `src/*.c`, one that begins with `!` leaves files out; see find-files.ts */
  readonly files: readonly string[]
}

/** One file of an npm package, which is fetched once. */
export interface PackageConfig extends ReadingConfig {
  /** name and version, as in `better-sqlite3@12.4.1` */
  readonly npm: string
  /** path within the package */
  readonly file: string
  /** of the file, 64 hexadecimal digits */
  readonly sha256: string
}

/** Every section that is a text: documents that are divided, words that are known or not. */
export type CorpusConfig =
  | BrownConfig | ProseConfig | GrammarConfig | CopyConfig | TextConfig | FilesConfig | PackageConfig

/** All words xⁿyⁿ… of a counting language up to a length: a rule, of which no part is held out. */
export interface LanguageConfig {
  /** spelled `a^n b^n` */
  readonly language: string
  /** the largest n of training */
  readonly longest: number
  /** how n is drawn */
  readonly lengths: 'uniform' | 'geometric'
  /** mean of geometric lengths if they were not cut off at `longest`; null for uniform ones */
  readonly mean: number | null
  /** n = 0 is in the language */
  readonly empty: boolean
}

export const LENGTHS = ['uniform', 'geometric'] as const satisfies readonly LanguageConfig['lengths'][]

export type DataConfig = CorpusConfig | LanguageConfig

type Optional<Config, Required extends keyof Config> = Pick<Config, Required> & Partial<Omit<Config, Required>>
export type BrownInput = Optional<BrownConfig, 'corpus'>
export type ProseInput = Optional<ProseConfig, 'corpus' | 'unit'>
export type GrammarInput = Optional<GrammarConfig, 'grammar'>
export type CopyInput = Optional<CopyConfig, 'copy'>
export type TextInput = Optional<TextConfig, 'text'>
export type FilesInput = Optional<FilesConfig, 'files'>
export type PackageInput = Optional<PackageConfig, 'npm' | 'file' | 'sha256'>
export type LanguageInput = Optional<LanguageConfig, 'language'>
export type DataInput =
  | BrownInput | ProseInput | GrammarInput | CopyInput | TextInput | FilesInput | PackageInput | LanguageInput

export const GENRES = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R'] as const

/** The genres with the most talk, and so the most quotation marks. */
const FICTION = ['K', 'L', 'M', 'N', 'P'] as const

const COMMON = { rare: 'unknown', lowercase: true, test: 0.2, validation: 0.05 } as const
const COPY = { vocabulary: 'all', symbols: 8, blanks: 10, sentences: 10_000, seed: 1 } as const
/** Every character is known as it is written. */
const CHARACTERS = { vocabulary: 'all', lowercase: false } as const

/**
 * Fills in the defaults; what they are depends on the kind of text and, for own text, on its unit.
 * @throws UserError for a language that is none
 */
export function completeData(input: DataInput): DataConfig {
  if ('corpus' in input) return input.unit === 'characters' ? completeProse(input) : completeBrown(input)
  if ('language' in input) return completeLanguage(input)
  if ('grammar' in input) return { ...COMMON, vocabulary: 'all', sentences: 20_000, seed: 1, ...given(input) }
  if ('copy' in input) return { ...COMMON, ...COPY, ...given(input) }
  return { ...completeReading(input, 'text' in input ? 'words' : 'characters'), ...given(input) }
}

function completeReading(input: Partial<ReadingConfig>, usual: ReadingConfig['unit']): ReadingConfig {
  const unit = input.unit ?? usual
  const lines = input.lines ?? unit === 'words'
  const split = lines ? 'spaces' : 'punctuation'
  const ofUnit = unit === 'words' ? { vocabulary: 10_000 } : CHARACTERS
  return { ...COMMON, ...ofUnit, unit, lines, split, limit: null }
}

function completeBrown(input: BrownInput): BrownConfig {
  return { ...COMMON, unit: 'words', vocabulary: 5000, rare: 'part-of-speech', genres: 'all', ...given(input) }
}

function completeProse(input: ProseInput): ProseConfig {
  return { ...COMMON, ...CHARACTERS, genres: FICTION, width: 72, quotes: 'straight', ...given(input) }
}

function completeLanguage(input: LanguageInput): LanguageConfig {
  const { longest = 100, lengths = 'uniform', empty = false } = input
  const mean = lengths === 'uniform' ? null : (input.mean ?? Math.max(2, longest / 5))
  return { language: parseLanguage(input.language).name, longest, lengths, mean, empty }
}

/** The keys that have a value: `undefined` does not hide a default. */
function given<T extends object>(input: T): T {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as T
}

/** Is the section the same only in the same folder? */
export function hasPaths(data: DataConfig): boolean {
  return 'grammar' in data || 'text' in data || 'files' in data
}

/** The section with other paths. */
export function withPaths(data: DataConfig, change: (path: string) => string): DataConfig {
  if ('grammar' in data) return { ...data, grammar: change(data.grammar) }
  if ('text' in data) return { ...data, text: change(data.text) }
  if (!('files' in data)) return data
  const changed = (pattern: string) => (pattern.startsWith('!') ? `!${change(pattern.slice(1))}` : change(pattern))
  return { ...data, files: data.files.map(changed) }
}
