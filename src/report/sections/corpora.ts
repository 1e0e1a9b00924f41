// Does it depend on the corpus how much hangs on one unit?

import type { OverSeedsRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { corporaChart } from '../charts/corpora.ts'
import type { ReportInput, SectionBuilder } from '../document.ts'
import { judgedCondition } from '../verdicts/ablation-kinds.ts'
import { judgeCorpora } from '../verdicts/corpora.ts'
import { kebab, resultsOf } from './select.ts'

export const corpora: SectionBuilder = {
  name: 'corpora',
  build(input) {
    const makes = makesOf(input)
    if (makes.length === 0) return null
    const [answer, ...remarks] = makes.flatMap(({ rows }) => judgeCorpora(rows.filter(({ what }) => what === 'unit on top')))
    return {
      name: 'corpora',
      title: 'Corpora',
      question: 'Does it depend on the corpus how much hangs on one unit?',
      answer,
      remarks,
      blocks: [{
        kind: 'charts',
        caption: 'What setting units to their means costs networks of one make that were trained on different texts; means over seeds with 95 % intervals, seeds, lemmas and items resampled.',
        charts: makes.map(({ make, rows }) => corporaChart(judgedCondition(rows), kebab(`${make}-corpora`))),
      }],
      method:
        'The unit on top and the chosen units are those of each network’s own sweep, on items that did not choose them. The difference of ' +
        'two models is that of two independent estimates (Zou & Donner 2008). The table is that of the ways of removing, over seeds.',
    }
  },
}

/** Models of one make with several texts, each removed over several seeds. */
function makesOf(input: ReportInput): { readonly make: string; readonly rows: readonly OverSeedsRow[] }[] {
  const makeOf = new Map(resultsOf(input, 'training').flatMap(({ rows }) => rows.map(({ model, entry }) => [model, entry] as const)))
  const rows = resultsOf(input, 'ablation-kinds').filter(({ kind }) => kind === 'number').flatMap(({ overSeeds }) => overSeeds)
  return [...groupBy(rows, ({ model }) => makeOf.get(model) ?? model)]
    .map(([make, own]) => ({ make, rows: own }))
    .filter(({ rows: own }) => new Set(own.map(({ model }) => model)).size > 1)
}
