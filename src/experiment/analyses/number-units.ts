// What the chosen units do for number: who reads them, what removing them in other ways costs, what their values carry.

import { ablationKinds } from '../../analysis/number-units/ablation-kinds.ts'
import { poolSeeds, type TrialDrops } from '../../analysis/number-units/over-seeds.ts'
import { poolPatches, type PatchTurns } from '../../analysis/number-units/patches-over-seeds.ts'
import { patching } from '../../analysis/number-units/patching.ts'
import { repairs } from '../../analysis/number-units/repairs.ts'
import { verbWeights } from '../../analysis/number-units/verb-weights.ts'
import type {
  AblationKindRow, PatchedTextRow, PatchingResult, PatchPairsRow, PatchRow, RepairRow, SensitivityRow, UnitGroupRow, UnitLossRow,
  VerbFormRow,
} from '../../analysis/results.ts'
import { sentencesOf } from './material.ts'
import { chosenUnits, rowsOfEach, type AnalysisContext, type AnalysisRunner, type Subject } from './context.ts'
import { choicesOf, type UnitChoice } from '../schema/units.ts'

/** Ordinary text that means and activities are measured on. */
const TEXT_TOKENS = 10_000
/** What removing a unit costs there. */
const HELD_OUT_TOKENS = 3000

export const runVerbWeights: AnalysisRunner<'verb-weights'> = async (section, context) => {
  const { items } = context.material.items(section.items, section.itemsPerCondition)
  const { permutations } = section
  const forms: VerbFormRow[] = []
  const rows = await rowsOfEach(section, context, async (subject) => {
    const found = await verbWeights(context.engine, subject, items, { ...optionsOf(section, subject, context), permutations })
    forms.push(...found.forms)
    return found.rows
  })
  return [{ analysis: 'verb-weights', rows, forms }]
}

export const runAblationKinds: AnalysisRunner<'ablation-kinds'> = async (section, context) => {
  const { items } = context.material.items(section.items, section.itemsPerCondition)
  const { doses, groups } = section
  const { test, validation } = context.material.dataset
  const heldOutText = sentencesOf(test.tokens.length > 0 ? test : validation, HELD_OUT_TOKENS)
  const together: UnitGroupRow[] = []
  const losses: UnitLossRow[] = []
  const sensitivity: SensitivityRow[] = []
  const trials: TrialDrops[] = []
  const rows = await rowsOfEach(section, context, async (subject): Promise<readonly AblationKindRow[]> => {
    const options = { ...optionsOf(section, subject, context), doses, groups, heldOutText }
    const found = await ablationKinds(context.engine, subject, items, options)
    together.push(...found.groups)
    losses.push(...found.losses)
    sensitivity.push(...found.sensitivity)
    trials.push(...found.trials)
    return found.rows
  })
  const kind = choicesOf(section.units).some((choice) => choice.kind === 'syntax') ? 'syntax' : 'number'
  return [{ analysis: 'ablation-kinds', kind, rows, groups: together, losses, sensitivity, overSeeds: poolSeeds(trials) }]
}

export const runPatching: AnalysisRunner<'patching'> = async (section, context) => {
  const { engine, material } = context
  const { items } = material.items(section.items, section.itemsPerCondition)
  const results: PatchingResult[] = []
  for (const task of section.items) {
    const own = items.filter((item) => item.task === task)
    const held: RepairRow[] = []
    const texts: PatchedTextRow[] = []
    const pairs: PatchPairsRow[] = []
    const turns: PatchTurns[] = []
    const rows = await rowsOfEach(section, context, async (subject): Promise<readonly PatchRow[]> => {
      const options = { ...optionsOf(section, subject, context), groups: section.groups }
      held.push(...(await repairs(engine, subject, own, options)))
      const found = await patching(engine, subject, own, options)
      texts.push(...found.texts)
      pairs.push(...found.pairs)
      turns.push(...found.turns)
      return found.rows
    })
    results.push({ analysis: 'patching', task, pairs, rows, repairs: held, texts, overSeeds: poolPatches(turns, section.resamples) })
  }
  return results
}

function optionsOf(
  { units, initial, resamples }: { readonly units: UnitChoice; readonly initial: 'zeros' | 'end-of-sentence'; readonly resamples: number },
  subject: Subject,
  context: AnalysisContext,
) {
  const { material, log, signal } = context
  return {
    units: chosenUnits(units, subject, context).map(({ unit }) => unit),
    trainingText: sentencesOf(material.dataset.training, TEXT_TOKENS),
    initial,
    resamples,
    log,
    signal,
  }
}
