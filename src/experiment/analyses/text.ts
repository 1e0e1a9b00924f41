// Sentences coloured by a unit: own ones, or some of the test text.

import { coloredText, type Passage } from '../../analysis/text.ts'
import { encode } from '../../data/vocabulary.ts'
import { parseUnit } from '../../model/sites.ts'
import type { Material } from './material.ts'
import { chosenUnits, rowsOfEach, type AnalysisRunner } from './context.ts'

/** Words of a sentence that is worth a line of the report. */
const SHORTEST = 6
const LONGEST = 30

export const runText: AnalysisRunner<'text'> = async (section, context) => {
  const { engine, material } = context
  const passages = typeof section.sentences === 'number'
    ? testPassages(material, section.sentences)
    : section.sentences.map((sentence) => ownPassage(material, sentence))
  const texts = await rowsOfEach(section, context, async (subject) => {
    const { config } = subject.model
    const units = chosenUnits(section.units, subject, context).map((unit) => atQuantity(unit, section.site))
    units.forEach((unit) => parseUnit(unit, config))
    return Promise.all(units.map((unit) => coloredText(engine, subject, passages, { unit, initial: section.initial })))
  })
  return [{ analysis: 'text', texts }]

  /** `0.hidden.61` as `0.cell.61`: the same unit, another of its quantities. */
  function atQuantity(unit: string, quantity: string | undefined): string {
    return quantity === undefined ? unit : unit.replace(/[a-z]+(?=\.\d+$)/, quantity)
  }
}

/** Sentences of the test text, evenly spread over it. */
function testPassages({ dataset }: Material, count: number): Passage[] {
  const { vocabulary, test, validation } = dataset
  const documents = test.documents.length > 0 ? test.documents : validation.documents
  const suitable = documents.flatMap(({ name, sentences }) =>
    sentences
      .filter(({ tokens }) => tokens.length >= SHORTEST && tokens.length <= LONGEST)
      .map(({ tokens, tags }) => ({ title: name, words: tokens, tokens: encode(vocabulary, tokens, tags) })),
  )
  const step = Math.max(1, suitable.length / count)
  return Array.from({ length: Math.min(count, suitable.length) }, (_, index) => suitable[Math.floor(index * step)])
}

function ownPassage({ dataset }: Material, sentence: string): Passage {
  const words = sentence.split(' ').filter((word) => word !== '')
  return { title: '', words, tokens: encode(dataset.vocabulary, words) }
}
