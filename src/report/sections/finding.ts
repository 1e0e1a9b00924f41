// Which units tell what about the text, and does the model use them?

import { groupBy } from '../../core/rows.ts'
import { foundUnitsChart } from '../charts/finding.ts'
import type { SectionBuilder } from '../document.ts'
import { listed } from '../format.ts'
import { tablesOf } from '../tables.ts'
import { judgeCauses } from '../verdicts/cause.ts'
import { judgeFinding } from '../verdicts/finding.ts'
import { judgeByModel } from '../verdicts/rules.ts'
import { bySubject, resultsOf, subjectName, subjectTitle } from './select.ts'

export const finding: SectionBuilder = {
  name: 'finding',
  build(input) {
    const results = resultsOf(input, 'find-units')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const [answer, ...others] = judgeByModel(rows, input.models.length, judgeFinding)
    const where = ({ model }: { readonly model: string }) => (input.models.length === 1 ? 'In this model' : `In the model ${model}`)
    const remarks = [...others, ...judgeCauses(results.flatMap(({ causes }) => causes), rows, where)]
    const questions = [...groupBy(rows, ({ probe }) => probe)].map(([probe, [{ question }]]) => `${probe}: ${question}`)
    return {
      name: 'finding',
      title: 'Units for features',
      question: 'Which units tell what about the text, and does the model use them?',
      answer,
      remarks,
      blocks: [
        {
          kind: 'charts',
          caption:
            'The unit that tells each probe best, in documents in which it was not chosen, with its 95 % interval; beside ' +
            'it the best unit of the untrained network, and the best of as many rotated directions of the same state.',
          charts: bySubject(rows).map((own) => foundUnitsChart(own, subjectName(own[0]), `Units of ${subjectTitle(own[0])}`)),
        },
        { kind: 'paragraph', text: `The probes ask: ${listed(questions)}` },
        ...tablesOf(results).map((table) => ({ kind: 'table', table, open: ['found-units', 'unit-causes'].includes(table.name) }) as const),
      ],
      method:
        'Every other held-out document is used to choose the unit that tells a probe best among all units of all sites, the ' +
        'rest to confirm it; strength is 2 · |AUC − 0.5| for yes and no and |r| for amounts. Chance is what the best of all ' +
        'units reaches when the answers of whole blocks of 1,000 tokens (fewer where documents are shorter) are dealt to ' +
        'other blocks, because neighbouring characters are alike and shuffling them one by one would find units everywhere. ' +
        'A unit is removed by setting it to its mean, or to zero, while the model reads; what that costs is the rise of the ' +
        'surprisal at the tokens that the probe serves, beside the 19 units most like it in activity, spread and outgoing ' +
        'weights.',
    }
  },
}
