// The tokens that layers are asked about: evenly spread sentences of held-out documents with their parts of speech, and every
// token of a pseudo-word.

import type { Document, Sentence } from '../../data/corpus.ts'
import type { DatasetPart } from '../../data/dataset.ts'
import { placeholderOf } from '../../data/parts-of-speech.ts'
import type { Pseudoword } from '../../data/pseudowords.ts'
import type { MostFrequentTag } from '../tagging/most-frequent-tag.ts'
import type { ProbedTokens } from './layer-probes.ts'
import type { SenseToken } from './senses.ts'
import type { VectorSentence } from './token-vectors.ts'

/** A part of speech as coarse as the Penn Treebank's; what has none there, such as punctuation, keeps its tag. */
export function coarseTag(tag: string): string {
  return placeholderOf(tag)?.slice(1, -1) ?? tag
}

/** The documents with coarse tags. */
export function withCoarseTags(documents: readonly Document[]): Document[] {
  const coarse = (sentence: Sentence) => ({ ...sentence, tags: sentence.tags?.map(coarseTag) })
  return documents.map((document) => ({ ...document, sentences: document.sentences.map(coarse) }))
}

export interface ProbedText extends ProbedTokens {
  readonly sentences: readonly VectorSentence[]
}

/**
 * Every so manieth sentence, so that there are at most about `most` tokens, of all documents.
 * @param classes coarse tags by number; of others a token has −1
 */
export function probedText(part: DatasetPart, most: number, classes: readonly string[], counted: MostFrequentTag): ProbedText {
  const numbers = new Map(classes.map((tag, number) => [tag, number]))
  const stride = Math.max(1, Math.ceil(part.tokens.length / most))
  const sentences: VectorSentence[] = []
  const [labels, documents, ambiguous, baseline]: [number[], number[], number[], number[]] = [[], [], [], []]
  eachSentence(part, (sentence, tokens, document, number) => {
    if (number % stride > 0) return
    sentences.push({ tokens })
    sentence.tokens.forEach((word, place) => {
      const tag = coarseTag(sentence.tags![place])
      labels.push(numbers.get(tag) ?? -1)
      documents.push(document)
      ambiguous.push(counted.kindOf(word) === 'ambiguous' ? 1 : 0)
      baseline.push(counted.tagOf(word) === tag ? 1 : 0)
    })
  })
  return {
    sentences,
    ids: Int32Array.from(sentences.flatMap(({ tokens }) => [...tokens])),
    labels: Int32Array.from(labels),
    documents: Int32Array.from(documents),
    documentCount: part.documents.length,
    ambiguous: Uint8Array.from(ambiguous),
    baseline: Uint8Array.from(baseline),
  }
}

/** Tokens of pseudo-words, at most `most` of each sense, spread evenly over the part, and the sentences with them. */
export function senseText(
  part: DatasetPart,
  pseudowords: readonly Pseudoword[],
  most = Infinity,
): { tokens: SenseToken[]; sentences: VectorSentence[] } {
  const senseOf = new Map(pseudowords.flatMap(({ name, senses }) => (
    senses.map((word, sense): [string, SenseToken] => [word, { name, sense: sense === 0 ? 0 : 1 }])
  )))
  const counts = new Map<string, number>()
  const eachWritten = (visit: (words: readonly string[], tokens: Int32Array) => void): void =>
    eachSentence(part, ({ written }, tokens) => {
      if (written !== undefined) visit(written.map((word) => word.toLowerCase()), tokens)
    })
  eachWritten((words) => words.forEach((word) => counts.set(word, (counts.get(word) ?? 0) + 1)))

  const found = { tokens: [] as SenseToken[], sentences: [] as VectorSentence[] }
  const passed = new Map<string, number>()
  /** Of a word with more tokens those at which `most` equal steps over all of them end. */
  const isWanted = (word: string): boolean => {
    const [number, count] = [passed.get(word) ?? 0, counts.get(word)!]
    passed.set(word, number + 1)
    const share = Math.min(1, most / count)
    return senseOf.has(word) && Math.floor((number + 1) * share) > Math.floor(number * share)
  }
  eachWritten((words, tokens) => {
    const positions = [...words.keys()].filter((place) => isWanted(words[place]))
    if (positions.length === 0) return
    found.sentences.push({ tokens, positions })
    found.tokens.push(...positions.map((place) => senseOf.get(words[place])!))
  })
  return found
}

/** Every sentence with its ids, without its end, and the number of its document. */
function eachSentence(
  { documents, tokens, sentenceStarts }: DatasetPart,
  visit: (sentence: Sentence, tokens: Int32Array, document: number, number: number) => void,
): void {
  let number = 0
  documents.forEach(({ sentences }, document) => {
    for (const sentence of sentences) {
      const start = sentenceStarts[number]
      visit(sentence, tokens.subarray(start, start + sentence.tokens.length), document, number++)
    }
  })
}
