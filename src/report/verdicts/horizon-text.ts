// How sentences speak of horizons, and the descriptions that stand beside the claim: baselines, what the paper reports,
// the networks whose state is not bounded either, and the paper's own rule.

import type { CountingResult, HorizonComparison, RuleRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { quantile } from '../../core/statistics/interval.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Verdict } from '../document.ts'
import { count, listed, percent, plural } from '../format.ts'
import {
  compared, converging, horizonsOf, isBounded, MILESTONES, reaching, remembered, type ModelHorizons,
} from '../horizons.ts'
import { seedText } from '../seed-share.ts'
import { withSuperscripts } from '../superscripts.ts'
import { pText } from './rules.ts'

/** `On aⁿbⁿ, trained to n = 100,`. */
export function languageText({ language, trainedTo }: ModelHorizons): string {
  return `On ${withSuperscripts(language)}, trained to n = ${count(trainedTo)},`
}

/** `412`, `at least 1,000`. */
export function horizonText(horizon: number, { tested }: ModelHorizons): string {
  return horizon >= tested ? `at least ${count(tested)}` : count(horizon)
}

/** `lstm reaches 256 in 7 of 10 seeds [40, 89] and 1,000 in 2 of 10 seeds [6, 51] (median 412)`. */
export function reachText(model: ModelHorizons): string {
  return textOf(model, [...new Set([firstLength(model), ...MILESTONES])].sort((a, b) => a - b))
}

/** At the first length: `gru reaches 256 in 0 of 10 seeds [0, 28] (median 61), lstm is ahead in 10 of 10 …`. */
export function rivalText(model: ModelHorizons, comparison: HorizonComparison | null, subject = model.model): string {
  const reached = textOf(model, [firstLength(model)], subject)
  return comparison === null ? reached : `${reached}, ${aheadText(comparison)}`
}

/** What the paper reports of its LSTM. */
function firstLength({ language }: ModelHorizons): number {
  return remembered(language, 'lstm')?.horizon ?? MILESTONES[0]
}

function textOf(model: ModelHorizons, lengths: readonly number[], subject = model.model): string {
  const shares = lengths.flatMap((n) => {
    const share = reaching(model, n)
    return share ? [`${count(n)} in ${seedText(share)}`] : []
  })
  const reached = shares.length > 0 ? `reaches ${listed(shares)}` : `was tested to ${count(model.tested)}`
  return `${subject} ${reached} (median ${horizonText(model.median, model)})`
}

/** `lstm is ahead in 10 of 10, p = 0.002`. */
function aheadText({ model, wins, seeds, p }: HorizonComparison): string {
  return `${model} is ahead in ${count(wins)} of ${count(seeds)}, ${pText(p)}`
}

/** What stands beside the claims, language by language. */
export function describeCounting(results: readonly CountingResult[]): Verdict[] {
  const models = horizonsOf(results.flatMap((result) => result.rows)).filter(({ trained }) => trained)
  const comparisons = results.flatMap((result) => result.comparisons)
  const languages = [...groupBy(models, ({ language }) => language).values()]
  return languages.flatMap((own) => [...describeBesides(own), ...describeUnbounded(own, comparisons)])
}

/** The paper and the baselines; all reaches and failures too where no claim about an LSTM has them. */
function describeBesides(models: readonly ModelHorizons[]): Verdict[] {
  const [first] = models
  const hasLstm = models.some(({ cell }) => cell === 'lstm')
  const reaches = hasLstm ? '' : `${languageText(first)} ${models.map(reachText).join('; ')}. `
  const place = hasLstm ? `On ${withSuperscripts(first.language)} untrained` : 'Untrained'
  const untrained = Math.max(...models.map((model) => model.untrained))
  const baselines = `${place} networks get to ${count(untrained)} at most, a 5-gram model to ${count(first.ngram)}.`
  const papers = (['lstm', 'gru'] as const).flatMap((cell) => {
    const text = models.some((model) => model.cell === cell) ? remembered(first.language, cell)?.text : undefined
    return text ? [`its one ${cell.toUpperCase()} was ${text}`] : []
  })
  const paper = papers.length === 0 ? '' :
    ` In Weiss et al. (2018), from memory and by the threshold rule, ${papers.join(' and ')}.`
  const runs = hasLstm ? '' : ` ${convergenceText(models)}.`
  return [{ judgement: 'description', sentence: `${reaches}${baselines}${paper}${runs}` }]
}

/** `Runs that did not converge are counted: 1 of 10 of lstm and 6 of 10 of gru`. */
export function convergenceText(models: readonly ModelHorizons[]): string {
  const failures = models.flatMap((model) => {
    const failed = model.rows.length - converging(model).count
    if (failed === 0) return []
    return [model.rows.length === 1 ? model.model : `${count(failed)} of ${count(model.rows.length)} of ${model.model}`]
  })
  return failures.length === 0 ? 'All runs converged' : `Runs that did not converge are counted: ${listed(failures)}`
}

function describeUnbounded(models: readonly ModelHorizons[], comparisons: readonly HorizonComparison[]): Verdict[] {
  const lstm = models.find(({ cell }) => cell === 'lstm')
  const others = models.filter(({ cell }) => cell !== 'lstm' && !isBounded(cell))
  if (!lstm || lstm.rows.length === 1 || others.length === 0) return []
  const texts = others.map((model) => rivalText(model, compared(lstm, model, comparisons)))
  const sentence =
    `A ReLU network’s state is not bounded either: on ${withSuperscripts(lstm.language)} ${texts.join('; ')}. ` +
    `${convergenceText(others)} (n = ` +
    `${plural(lstm.rows.length, 'seed')}, 95 % Wilson intervals in %).`
  return [{ judgement: 'description', sentence }]
}

/** By the paper's rule, for the rows of one language and threshold; of models with one cell it speaks of the first. */
export function ruleText(rows: readonly RuleRow[]): string {
  const cells = [...groupBy(rows, (row) => row.cell).values()]
  const firsts = cells.map((own) => own.filter((row) => row.model === own[0].model))
  const clauses = firsts.map((own) => {
    const median = quantile(own.map((row) => row.acceptedTo).sort((a, b) => a - b), 0.5)
    return `${own[0].model} ${count(median)} and ${percent(mean(own.map((row) => row.falselyAccepted)))}`
  })
  return (
    'The n up to which every word is accepted, and the share of the words within the training lengths that are ' +
    `accepted though their last block is off: ${clauses.join('; ')} (median and mean over ` +
    `${plural(firsts[0].length, 'seed')}).`
  )
}
