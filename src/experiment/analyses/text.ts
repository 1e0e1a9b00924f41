// Text coloured by a unit: own sentences, or some of the test text; of characters, some lines from the middle of its
// documents.

import { coloredTexts, type Passage } from '../../analysis/text.ts'
import { UserError } from '../../core/errors.ts'
import type { Document } from '../../data/corpus.ts'
import { encode, type Vocabulary } from '../../data/vocabulary.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { chosenUnits } from './chosen-units.ts'
import { defineAnalysis } from './context.ts'
import type { Material } from './material.ts'

/** Words of a sentence that is worth a line of the report. */
const SHORTEST = 6
const LONGEST = 30
/** Characters of a passage. */
const CHARACTERS = 600

export const textAnalysis = defineAnalysis({
  name: 'text',
  prepare: passagesOf,
  async ask(subject, passages, { section, engine, chosen, signal }) {
    const { initial, site } = section
    const units = chosenUnits(section.units, subject, chosen)
    const colored = units.map(({ unit, note }) => ({ unit: site === undefined ? unit : atQuantity(unit, site), note }))
    return coloredTexts(engine, subject, passages, colored, { initial, signal })
  },
  combine: (answers) => [{ analysis: 'text', texts: answers.flat() }],
})

/** `0.hidden.61` as `0.cell.61`: the same unit, another of its quantities. */
function atQuantity(unit: string, site: string): string {
  return unit.replace(/[a-z]+(?=\.\d+$)/, site)
}

/** What is coloured. @throws UserError where the text has no sentence to show */
function passagesOf({ sentences }: AnalysisNamed<'text'>, material: Material): Passage[] {
  if (typeof sentences !== 'number') return sentences.map((sentence) => ownPassage(material, sentence))
  const passages = testPassages(material, sentences)
  if (passages.length > 0) return passages
  throw new UserError(
    `The analysis text found no sentence of ${SHORTEST} to ${LONGEST} tokens in the test or the validation text. Hold ` +
      'some text out, as in test: 0.1, or give sentences of your own: sentences: ["The keys on the table are"].',
  )
}

/** Sentences of the test text (of the validation text where there is none), evenly spread over it. */
function testPassages({ dataset }: Material, count: number): Passage[] {
  const { vocabulary, test, validation } = dataset
  const documents = test.documents.length > 0 ? test.documents : validation.documents
  if (vocabulary.kind === 'characters') return linesOf(documents, vocabulary, count)
  const suitable = documents.flatMap(({ name, sentences }) =>
    sentences
      .filter(({ tokens }) => tokens.length >= SHORTEST && tokens.length <= LONGEST)
      .map(({ tokens, tags }) => ({ title: name, words: tokens, tokens: encode(vocabulary, tokens, tags) })),
  )
  const step = Math.max(1, suitable.length / count)
  return Array.from({ length: Math.min(count, suitable.length) }, (_, index) => suitable[Math.floor(index * step)])
}

/** From each of some documents the lines that follow its middle, from the beginning of a paragraph on. */
function linesOf(documents: readonly Document[], vocabulary: Vocabulary, count: number): Passage[] {
  const step = Math.max(1, documents.length / count)
  const chosen = Array.from({ length: Math.min(count, documents.length) }, (_, index) => documents[Math.floor(index * step)])
  return chosen.map(({ name, sentences }) => {
    const middle = Math.floor(sentences.length / 2)
    const starts = (line: number) => line === 0 || sentences[line].paragraph !== sentences[line - 1].paragraph
    const first = sentences.findIndex((_, line) => line >= middle && starts(line))
    const words: string[] = []
    for (const { tokens } of sentences.slice(Math.max(0, first))) {
      if (words.length >= CHARACTERS) break
      words.push(...tokens, vocabulary.end)
    }
    return { title: name, words, tokens: encode(vocabulary, words) }
  })
}

function ownPassage({ dataset }: Material, sentence: string): Passage {
  const isWords = dataset.vocabulary.kind === 'words'
  const words = isWords ? sentence.split(' ').filter((word) => word !== '') : [...sentence]
  if (words.length === 0) throw new UserError(`sentences: ${JSON.stringify(sentence)} has no word.`)
  return { title: '', words, tokens: encode(dataset.vocabulary, words) }
}
