// What bidirectional language models predict, and what their layers tell of a token.

import { directionRow, inDirection } from '../../analysis/contextual/directions.ts'
import { layerProbes, type ProbedTokens } from '../../analysis/contextual/layer-probes.ts'
import { coarseTag, probedText, senseText, withCoarseTags } from '../../analysis/contextual/probed-text.ts'
import { senseRows } from '../../analysis/contextual/senses.ts'
import { tokenVectors, type VectorSentence } from '../../analysis/contextual/token-vectors.ts'
import { untrainedModel } from '../../analysis/subject.ts'
import { countTags } from '../../analysis/tagging/most-frequent-tag.ts'
import { Random } from '../../core/random.ts'
import { UserError } from '../../core/errors.ts'
import { resampleClusters } from '../../core/statistics/bootstrap.ts'
import type { Dataset } from '../../data/dataset.ts'
import { everyTag } from '../../data/tagging.ts'
import { endId } from '../../data/vocabulary.ts'
import type { Model } from '../../model/model.ts'
import { trainNgram, trainUnigram } from '../../model/ngram.ts'
import { DIRECTIONS } from '../../model/sites.ts'
import { count, plural } from '../../report/format.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { rowsOfEach, type AnalysisRunner } from './context.ts'

type Section = AnalysisNamed<'contextual-vectors'>

export const runContextualVectors: AnalysisRunner<'contextual-vectors'> = async (section, context) => {
  const { engine, material: { dataset }, signal } = context
  const { resamples, epochs } = section
  const { fitted, asked, classes } = probedTexts(dataset, section)
  const learnedSenses = senseText(dataset.training, dataset.pseudowords, MOST_OF_SENSE)
  const askedSenses = senseText(dataset.test, dataset.pseudowords)
  const drawn = resampleClusters([Array.from({ length: asked.documentCount }, (_, document) => String(document))], resamples, new Random('documents'))
  const counted = DIRECTIONS.map((direction) => countersOf(dataset, direction))

  const found = await rowsOfEach(section, context, async (subject) => {
    const see = async (network: Model, text: { readonly sentences: readonly VectorSentence[] }) => (
      tokenVectors(engine, network, text.sentences, signal)
    )
    const perplexity = []
    for (const [index, direction] of DIRECTIONS.entries()) {
      perplexity.push(await directionRow(engine, subject, dataset.test, direction, { ...counted[index], resamples, signal }))
    }
    const networks = []
    for (const [network, model] of [['trained', subject.model], ['untrained', untrainedModel(subject)]] as const) {
      const seen = async <Text extends ProbedTokens & { readonly sentences: readonly VectorSentence[] }>(text: Text) => (
        { ...text, vectors: await see(model, text) }
      )
      const probes = layerProbes(subject, network, await seen(fitted), await seen(asked), classes.length, { epochs, drawn })
      const learned = { tokens: learnedSenses.tokens, vectors: await see(model, learnedSenses) }
      const senses = senseRows(subject, network, learned, { tokens: askedSenses.tokens, vectors: await see(model, askedSenses) }, resamples)
      networks.push({ network, probes, senses })
    }
    return [{ perplexity, networks }]
  })
  const networks = found.flatMap((own) => own.networks)
  return [{
    analysis: 'contextual-vectors',
    perplexity: found.flatMap(({ perplexity }) => perplexity),
    probes: networks.flatMap(({ probes }) => probes.rows),
    mixes: networks.flatMap(({ probes }) => probes.mixes),
    gains: networks.filter(({ network }) => network === 'trained').flatMap(({ probes }) => probes.gains),
    senses: networks.flatMap(({ senses }) => senses),
    audit: [{ message: auditOf(dataset, fitted, asked, classes) }],
  }]
}

/** Tokens of the training text that the mean of a sense is made of. */
const MOST_OF_SENSE = 60

/** @throws UserError where no text with parts of speech is held out */
export function probedTexts(dataset: Dataset, { tokens }: Pick<Section, 'tokens'>) {
  const { name, training, validation, test, vocabulary } = dataset
  if (training.documents[0].sentences[0].tags === undefined) throw new UserError(`Layers are asked for parts of speech, and ${name} has none. Write data: { corpus: brown }.`)
  if (validation.documents.length === 0 || test.documents.length === 0) {
    throw new UserError(`Probes learn from the validation text and are asked about the test text of ${name}. Write test: 0.2 and validation: 0.05 in data.`)
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
  const senses = pseudowords.length === 0 ? 'no pseudo-words' : `${plural(pseudowords.length, 'pseudo-word')}: ${pseudowords.map(({ name }) => name).join(', ')}`
  return `${count(fitted.labels.length)} tokens to learn from and ${count(asked.labels.length)} asked about, ${count(classes.length)} classes; ` +
    `${count(unknown)} tokens of other classes count as wrong; ${senses}.`
}
