// What the chosen units do for number: who reads them, what removing them in other ways costs, what their values carry.

import { ablationKinds } from '../../analysis/number-units/ablation-kinds.ts'
import { poolSeeds } from '../../analysis/number-units/over-seeds.ts'
import { poolPatches } from '../../analysis/number-units/patches-over-seeds.ts'
import { checkPatching, patching } from '../../analysis/number-units/patching.ts'
import { repairs } from '../../analysis/number-units/repairs.ts'
import { verbWeights } from '../../analysis/number-units/verb-weights.ts'
import { inTurn } from '../../core/in-turn.ts'
import { attestForms } from '../../tasks/attested-forms.ts'
import type { AnalysisNamed } from '../schema/analyses.ts'
import { choicesOf } from '../schema/units.ts'
import { namesOfChosen } from './chosen-units.ts'
import { defineAnalysis, type AskContext, type Subject } from './context.ts'
import { itemsByTask, sentencesOf } from './material.ts'

/** Ordinary text that means and activities are measured on. */
const TEXT_TOKENS = 10_000
/** What removing a unit costs there. */
const HELD_OUT_TOKENS = 3000

export const verbWeightsAnalysis = defineAnalysis({
  name: 'verb-weights',
  prepare: ({ items, itemsPerCondition }, material) => ({
    items: material.items(items, itemsPerCondition).items,
    trainingText: sentencesOf(material.dataset.training, TEXT_TOKENS),
  }),
  ask(subject, { items, trainingText }, { section, engine, ...context }) {
    const { permutations } = section
    return verbWeights(engine, subject, items, { ...optionsOf(section, subject, context), trainingText, permutations })
  },
  combine: (answers) => [
    {
      analysis: 'verb-weights',
      rows: answers.flatMap(({ rows }) => rows),
      forms: answers.flatMap(({ forms }) => forms),
    },
  ],
})

export const ablationKindsAnalysis = defineAnalysis({
  name: 'ablation-kinds',
  prepare({ items, itemsPerCondition }, material) {
    const { training, test, validation } = material.dataset
    return {
      items: material.items(items, itemsPerCondition).items,
      trainingText: sentencesOf(training, TEXT_TOKENS),
      heldOutText: sentencesOf(test.tokens.length > 0 ? test : validation, HELD_OUT_TOKENS),
    }
  },
  ask(subject, { items, ...texts }, { section, engine, ...context }) {
    const { doses, groups } = section
    return ablationKinds(engine, subject, items, { ...optionsOf(section, subject, context), ...texts, doses, groups })
  },
  combine: (answers, _, { section }) => [
    {
      analysis: 'ablation-kinds',
      kind: choicesOf(section.units).some((choice) => choice.kind === 'syntax') ? 'syntax' : 'number',
      rows: answers.flatMap(({ rows }) => rows),
      groups: answers.flatMap(({ groups }) => groups),
      losses: answers.flatMap(({ losses }) => losses),
      sensitivity: answers.flatMap(({ sensitivity }) => sensitivity),
      overSeeds: poolSeeds(answers.flatMap(({ trials }) => trials)),
    },
  ],
})

export const patchingAnalysis = defineAnalysis({
  name: 'patching',
  prepare(section, material) {
    const tasks = itemsByTask(section, material)
    for (const { task, items } of tasks) checkPatching(task, items)
    const { training, vocabulary } = material.dataset
    const forms = attestForms(training.documents.flatMap(({ sentences }) => sentences), vocabulary)
    return { tasks, trainingText: sentencesOf(training, TEXT_TOKENS), forms }
  },
  ask(subject, { tasks, ...texts }, { section, engine, ...context }) {
    const options = { ...optionsOf(section, subject, context), ...texts, groups: section.groups }
    return inTurn(tasks, async ({ items }) => ({
      repairs: await repairs(engine, subject, items, options),
      ...(await patching(engine, subject, items, options)),
    }))
  },
  combine: (answers, { tasks }) =>
    tasks.map(({ task }, place) => {
      const own = answers.map((answer) => answer[place])
      return {
        analysis: 'patching',
        task,
        pairs: own.flatMap(({ pairs }) => pairs),
        rows: own.flatMap(({ rows }) => rows),
        repairs: own.flatMap((each) => each.repairs),
        texts: own.flatMap(({ texts }) => texts),
        writing: own.flatMap(({ writing }) => writing),
        overSeeds: poolPatches(own.flatMap(({ turns }) => turns)),
      }
    }),
})

/** What the three have in common. */
function optionsOf(
  { units, initial, resamples }: AnalysisNamed<'verb-weights' | 'ablation-kinds' | 'patching'>,
  subject: Subject,
  { chosen, log, signal }: Pick<AskContext, 'chosen' | 'log' | 'signal'>,
) {
  return { units: namesOfChosen(units, subject, chosen), initial, resamples, log, signal }
}
