// How far back the loss of a token depends on what was read: its gradient, and what another token there does to it.

import { lagCurve, summariseLags, spacedLags } from '../../analysis/gradients/lag-curves.ts'
import { compareEffects, pooledEffects } from '../../analysis/gradients/pooled-effects.ts'
import { tokenEffects } from '../../analysis/gradients/token-effects.ts'
import { inTurn } from '../../core/in-turn.ts'
import { UserError } from '../../core/errors.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { defineAnalysis } from './context.ts'
import { momentsOf } from './moments.ts'
import { samplePlaces, type Sampled } from './sequences.ts'

type Section = AnalysisNamed<'lag-curves'>

export const lagCurvesAnalysis = defineAnalysis({
  name: 'lag-curves',
  prepare: (section, { dataset }) => lagPlaces(section, dataset),
  async ask(subject, { sequences, places }, { section, engine, signal }) {
    const { sites, effects: lags, initial, resamples, moments } = section
    return inTurn(momentsOf(subject, moments), async (moment) => ({
      cell: moment.model.config.cell,
      curve: await lagCurve(engine, moment, sequences, places, { sites, lags: lagsOf(section), initial, signal }),
      effects: await tokenEffects(engine, moment, sequences, places, { lags, initial, resamples, signal }),
    }))
  },
  combine(answers, { places }, { section }) {
    const found = answers.flat()
    const effects = found.flatMap((each) => each.effects)
    const networks = found.map(({ cell, curve: { subject: { name } } }) => ({ name, cell }))
    return [{
      analysis: 'lag-curves',
      ...summariseLags(found.map(({ curve }) => curve), places.length, lagsOf(section)),
      effects,
      pooledEffects: pooledEffects(effects),
      comparisons: compareEffects(effects, networks),
    }]
  },
})

function lagsOf({ longestLag, effects }: Section): number[] {
  return [...new Set([...spacedLags(longestLag), ...effects])].sort((a, b) => a - b)
}

/** @throws UserError where a lag is longer than every sequence, or a token is to be put farther back than is looked */
function lagPlaces({ places, longestLag, effects }: Section, dataset: Dataset): Sampled {
  const beyond = effects.find((lag) => lag > longestLag)
  if (beyond !== undefined) {
    throw new UserError(
      `effects: the lag ${beyond} is beyond the longest, ${longestLag}. Leave it out, or raise longestLag.`,
    )
  }
  return samplePlaces(dataset, places, longestLag + 1)
}
