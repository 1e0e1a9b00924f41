// What bidirectional language models predict, and what their layers tell of a token.

import { directionRow, inDirection } from '../../analysis/contextual/directions.ts'
import { layerProbes, type ProbedTokens } from '../../analysis/contextual/layer-probes.ts'
import { coarseTag, probedText, senseText, withCoarseTags } from '../../analysis/contextual/probed-text.ts'
import { senseRows } from '../../analysis/contextual/senses.ts'
import { tokenVectors, type VectorSentence } from '../../analysis/contextual/token-vectors.ts'
import { untrainedModel } from '../../analysis/subject.ts'
import { countTags } from '../../analysis/tagging/most-frequent-tag.ts'
import { inTurn } from '../../core/in-turn.ts'
import { UserError } from '../../core/errors.ts'
import { once } from '../../core/once.ts'
import { Random } from '../../core/random.ts'
import { resampleClusters } from '../../core/statistics/bootstrap.ts'
import type { Dataset } from '../../data/dataset.ts'
import { everyTag, refuseGivenAway } from '../../data/tagging.ts'
import { endId } from '../../data/vocabulary.ts'
import { trainNgram, trainUnigram } from '../../model/ngram.ts'
import { DIRECTIONS } from '../../model/sites.ts'
import { count, plural } from '../../report/format.ts'
import { defineAnalysis } from './context.ts'

export const contextualVectorsAnalysis = defineAnalysis({
  name: 'contextual-vectors',
  prepare({ tokens, resamples }, { dataset }) {
    const texts = probedTexts(dataset, tokens)
    const documents = Array.from({ length: texts.asked.documentCount }, (_, document) => String(document))
    return {
      ...texts,
      learnedSenses: senseText(dataset.training, dataset.pseudowords, MOST_OF_SENSE),
      askedSenses: senseText(dataset.test, dataset.pseudowords),
      drawn: resampleClusters([documents], resamples, new Random('documents')),
      counters: once(() => DIRECTIONS.map((direction) => countersOf(dataset, direction))),
    }
  },
  async ask(subject, prepared, { engine, material, section, signal }) {
    const { fitted, asked, classes, learnedSenses, askedSenses, drawn, counters } = prepared
    const { resamples, epochs } = section
    const perplexity = await inTurn([...DIRECTIONS.entries()], ([index, direction]) =>
      directionRow(engine, subject, material.dataset.test, direction, { ...counters()[index], resamples, signal }))
    const both = [['trained', subject.model], ['untrained', untrainedModel(subject)]] as const
    const networks = await inTurn(both, async ([network, model]) => {
      const seen = async <Text extends { readonly sentences: readonly VectorSentence[] }>(text: Text) => (
        { ...text, vectors: await tokenVectors(engine, model, text.sentences, signal) }
      )
      const options = { epochs, drawn, signal }
      const probes = await layerProbes(subject, network, await seen(fitted), await seen(asked), classes.length, options)
      const senses = senseRows(subject, network, await seen(learnedSenses), await seen(askedSenses), resamples)
      return { network, probes, senses }
    })
    return { perplexity, networks }
  },
  combine(answers, { fitted, asked, classes }, { material }) {
    const networks = answers.flatMap((answer) => answer.networks)
    return [{
      analysis: 'contextual-vectors',
      perplexity: answers.flatMap(({ perplexity }) => perplexity),
      probes: networks.flatMap(({ probes }) => probes.rows),
      mixes: networks.flatMap(({ probes }) => probes.mixes),
      gains: networks.filter(({ network }) => network === 'trained').flatMap(({ probes }) => probes.gains),
      senses: networks.flatMap(({ senses }) => senses),
      audit: [{ message: auditOf(material.dataset, fitted, asked, classes) }],
    }]
  },
})

/** Tokens of the training text that the mean of a sense is made of. */
const MOST_OF_SENSE = 60

/** @throws UserError where no text with parts of speech is held out */
function probedTexts(dataset: Dataset, tokens: number) {
  const { name, training, validation, test, vocabulary } = dataset
  if (training.documents[0].sentences[0].tags === undefined) {
    throw new UserError(`Layers are asked for parts of speech, and ${name} has none. Write data: { corpus: brown, rare: unknown }.`)
  }
  refuseGivenAway(vocabulary)
  if (validation.documents.length === 0 || test.documents.length === 0) {
    throw new UserError(
      `Probes learn from the validation text and are asked about the test text of ${name}. Write test: 0.2 and validation: 0.05 in data.`,
    )
  }
  const classes = [...new Set([...everyTag(validation.documents)].map(coarseTag))].sort()
  const counted = countTags(withCoarseTags(training.documents), vocabulary.lowercase)
  const [fitted, asked] = [validation, test].map((part) => probedText(part, tokens, classes, counted))
  return { fitted, asked, classes }
}

function countersOf({ training, vocabulary }: Dataset, direction: (typeof DIRECTIONS)[number]) {
  const tokens = inDirection(training, direction)
  const options = { vocabulary: vocabulary.tokens.length, end: endId(vocabulary), starts: training.sentenceStarts }
  return { unigram: trainUnigram(tokens, options), ngram: trainNgram(tokens, { ...options, order: 5 }) }
}

function auditOf({ pseudowords }: Dataset, fitted: ProbedTokens, asked: ProbedTokens, classes: readonly string[]): string {
  const unknown = asked.labels.filter((label) => label < 0).length
  const names = pseudowords.map(({ name }) => name).join(', ')
  const means = `the mean of a sense is of up to ${MOST_OF_SENSE} tokens, spread over the training text`
  const senses = pseudowords.length === 0 ? 'no pseudo-words' : `${means}, of ${plural(pseudowords.length, 'pseudo-word')}: ${names}`
  return (
    `${count(fitted.labels.length)} tokens to learn from and ${count(asked.labels.length)} asked about, ` +
    `${count(classes.length)} classes; ${count(unknown)} tokens of other classes count as wrong; ${senses}.`
  )
}
