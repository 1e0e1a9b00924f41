// How often taggers are right, and what reading from both ends is worth.

import { countTags } from '../../analysis/tagging/most-frequent-tag.ts'
import { predictTags } from '../../analysis/tagging/predict-tags.ts'
import {
  resampleDocuments, rightContextRows, taggingRows, wordRows, type TaggedTexts,
} from '../../analysis/tagging/tagging.ts'
import { taggingText, type TaggingText } from '../../analysis/tagging/tagging-text.ts'
import { UserError } from '../../core/errors.ts'
import type { Dataset } from '../../data/dataset.ts'
import { tagsOf } from '../../data/tagging.ts'
import { count } from '../../report/format.ts'
import { defineAnalysis } from './context.ts'

export const taggingAnalysis = defineAnalysis({
  name: 'tagging',
  prepare: (_section, { dataset }) => heldOutTexts(dataset),
  async ask({ name, seed, model }, { validation, test }, { engine, signal }): Promise<TaggedTexts> {
    const rightIn = async (text: TaggingText) => {
      const said = await predictTags(engine, model, text, signal)
      return Uint8Array.from(said, (tag, place) => (tag === text.tags[place] ? 1 : 0))
    }
    const bidirectional = model.config.bidirectional ?? false
    return { name, seed, bidirectional, validation: await rightIn(validation), test: await rightIn(test) }
  },
  combine(tagged, texts, { section, material }) {
    const drawn = resampleDocuments(texts.test, section.resamples)
    const pairs = tagged.filter(({ bidirectional }) => bidirectional).flatMap((both) =>
      tagged.filter((one) => !one.bidirectional && one.seed === both.seed).map((one) => [both, one] as const))
    return [{
      analysis: 'tagging',
      rows: tagged.flatMap((own) => taggingRows(own, texts.test, drawn)),
      rightContext: pairs.flatMap(([both, one]) => rightContextRows(both, one, texts.test, drawn)),
      words: pairs.flatMap(([both, one]) => wordRows(both, one, texts, section.words)),
      audit: [{ message: auditOf(texts.test, tagsOf(material.dataset)) }],
    }]
  },
})

/** @throws UserError where no document is held out for the test */
function heldOutTexts(dataset: Dataset): { readonly validation: TaggingText; readonly test: TaggingText } {
  const { training, validation, test, vocabulary, name } = dataset
  if (test.documents.length === 0) {
    throw new UserError(
      `Taggers are asked about text that training did not see, and none of ${name} is held out. Write test: 0.2 in data.`,
    )
  }
  const tags = tagsOf(dataset)
  const counted = countTags(training.documents, vocabulary.lowercase)
  return { validation: taggingText(validation, tags, counted), test: taggingText(test, tags, counted) }
}

function auditOf({ tags, documentCount }: TaggingText, known: readonly string[]): string {
  const unknown = tags.filter((tag) => tag < 0).length
  const others = `${count(unknown)} tokens have another one, and count as wrong`
  const asked = `${count(tags.length)} tokens of ${count(documentCount)} documents`
  return `${asked}; ${count(known.length)} tags in the training text${unknown === 0 ? '' : `, ${others}`}.`
}
