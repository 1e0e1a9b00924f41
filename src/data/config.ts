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

/** The user's own text. */
export interface TextConfig extends CommonConfig {
  /** path of a UTF-8 file */
  readonly text: string
  readonly unit: 'words' | 'characters'
  /** one sentence a line (each is followed by `<eos>`); else running text */
  readonly lines: boolean
  /** for words: they end at spaces only (text that is already tokenised), or punctuation is a word of its own too */
  readonly split: 'spaces' | 'punctuation'
}

/** Every section that is a text: documents that are divided, words that are known or not. */
export type CorpusConfig = BrownConfig | ProseConfig | GrammarConfig | TextConfig

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
export type TextInput = Optional<TextConfig, 'text'>
export type LanguageInput = Optional<LanguageConfig, 'language'>
export type DataInput = BrownInput | ProseInput | GrammarInput | TextInput | LanguageInput

export const GENRES = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R'] as const

/** The genres with the most talk, and so the most quotation marks. */
const FICTION = ['K', 'L', 'M', 'N', 'P'] as const

const COMMON = { rare: 'unknown', lowercase: true, test: 0.2, validation: 0.05 } as const
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
  const unit = input.unit ?? 'words'
  const lines = input.lines ?? unit === 'words'
  const split = lines ? 'spaces' : 'punctuation'
  const ofUnit = unit === 'words' ? { vocabulary: 10_000 } : CHARACTERS
  return { ...COMMON, ...ofUnit, unit, lines, split, ...given(input) }
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
