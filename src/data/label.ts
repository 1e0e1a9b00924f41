// A probe's answers about documents, in the order of their encoded tokens: those of every sentence, then its end.

import type { Answer, Probe, ProbeInput } from '../probe.ts'
import type { Document, Sentence } from './corpus.ts'

/** One answer a token; undefined where the probe cannot decide. */
export type Answers = readonly (Answer | undefined)[]

/**
 * Answers for each document. A block of a longer text is answered as a part of that text, which may have begun a
 * quotation or a comment before it.
 * @param end what follows every sentence, as in the corpus or the vocabulary
 * @throws UserError where the probe is not about such tokens
 */
export function labelDocuments(probe: Probe, documents: readonly Document[], end: string): Answers[] {
  const answered = new Map<readonly Sentence[], Answers>()
  return documents.map(({ sentences, block }) => {
    if (block === undefined) return probe.label(inputOf(sentences, end))
    const whole = answered.get(block.of) ?? probe.label(inputOf(block.of, end))
    answered.set(block.of, whole)
    const start = length(block.of.slice(0, block.first))
    return whole.slice(start, start + length(sentences))
  })
}

function inputOf(sentences: readonly Sentence[], end: string): ProbeInput {
  const tokens = sentences.flatMap((sentence) => [...sentence.tokens, end])
  const tagged = sentences.length > 0 && sentences[0].tags !== undefined
  return tagged ? { tokens, tags: sentences.flatMap(({ tags = [] }) => [...tags, end]) } : { tokens }
}

/** Tokens of sentences, each with its end. */
function length(sentences: readonly Sentence[]): number {
  return sentences.reduce((sum, { tokens }) => sum + tokens.length + 1, 0)
}
