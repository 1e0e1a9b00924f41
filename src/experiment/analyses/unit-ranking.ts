// How well each unit alone tells the answer to a probe.

import { checkRanking, unitRanking } from '../../analysis/unit-ranking.ts'
import { findProbe } from '../find-probe.ts'
import { defineAnalysis } from './context.ts'

export const unitRankingAnalysis = defineAnalysis({
  name: 'unit-ranking',
  async prepare(section, material) {
    const { items } = material.items(section.items, section.itemsPerCondition)
    const probe = await findProbe(section.probe, material.folder)
    checkRanking(items, probe)
    return { items, probe }
  },
  ask(subject, { items, probe }, { section: { sites, initial, permutations }, engine, freeze }) {
    return unitRanking(engine, subject, items, { sites, probe, initial, permutations, onChosen: freeze })
  },
  combine: (answers, { probe }) => [{ analysis: 'unit-ranking', probe: probe.name, rows: answers.flat() }],
})
