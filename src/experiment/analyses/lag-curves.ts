// How far back the loss of a token depends on what was read: its gradient, and what another token there does to it.

import { lagCurves, spacedLags } from '../../analysis/gradients/lag-curves.ts'
import { compareEffects, pooledEffects } from '../../analysis/gradients/pooled-effects.ts'
import { tokenEffects } from '../../analysis/gradients/token-effects.ts'
import type { TokenEffectRow } from '../../analysis/results.ts'
import { UserError } from '../../core/errors.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import type { AnalysisRunner } from './context.ts'
import { momentsOf } from './moments.ts'
import { samplePlaces, type Sampled } from './sequences.ts'

type Section = AnalysisNamed<'lag-curves'>

export const runLagCurves: AnalysisRunner<'lag-curves'> = async (section, context) => {
  const { engine, material, log, signal } = context
  const { sites, longestLag, effects: effectLags, initial, resamples, moments } = section
  const subjects = context.subjects.flatMap((subject) => momentsOf(subject, moments))
  const { sequences, places } = lagPlaces(section, material.dataset)
  const lags = [...new Set([...spacedLags(longestLag), ...effectLags])].sort((a, b) => a - b)
  const { rows, pooled } = await lagCurves(engine, subjects, sequences, places, {
    sites, lags, initial, log, signal,
  })
  const effects: TokenEffectRow[] = []
  for (const subject of subjects) {
    const options = { lags: effectLags, initial, resamples, signal }
    effects.push(...(await tokenEffects(engine, subject, sequences, places, options)))
  }
  return [{
    analysis: 'lag-curves',
    rows,
    pooled,
    effects,
    pooledEffects: pooledEffects(effects),
    comparisons: compareEffects(effects, subjects),
  }]
}

/** @throws UserError where a lag is longer than every sequence, or a token is to be put farther back than is looked */
export function lagPlaces({ places, longestLag, effects }: Section, dataset: Dataset): Sampled {
  const beyond = effects.find((lag) => lag > longestLag)
  if (beyond !== undefined) {
    throw new UserError(
      `effects: the lag ${beyond} is beyond the longest, ${longestLag}. Leave it out, or raise longestLag.`,
    )
  }
  return samplePlaces(dataset, places, longestLag + 1)
}
