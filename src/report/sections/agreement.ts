// Does the verb agree with its subject when another noun comes between?

import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import type { AgreementGroupRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { agreementCharts, groupCharts } from '../charts/agreement.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { describeAgreementOverSeeds, judgeAgreement } from '../verdicts/agreement.ts'
import { judgeAttractors } from '../verdicts/attractors.ts'
import { judgeDistance } from '../verdicts/distance.ts'
import { judgePairs } from '../verdicts/pairs.ts'
import { drawnSubjects, resultsOf } from './select.ts'

export const agreement: SectionBuilder = {
  name: 'agreement',
  build(input) {
    const results = resultsOf(input, 'agreement')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const groups = results.flatMap((result) => result.groups)
    const models = input.models.length
    const hasRealText = results.some((result) => result.examples.length > 0)
    const examples = hasRealText ? '; of real text the subject and the last noun' : ''
    const [answer, ...remarks] = [
      ...judgeAgreement(rows, models),
      ...judgePairs(results.flatMap((result) => result.pairs), models),
      ...describeAgreementOverSeeds(results.flatMap((result) => result.overSeeds)),
      ...judgeAttractors(groups, models),
      ...judgeDistance(results.flatMap((result) => result.trends), models),
    ]
    return {
      name: 'agreement',
      title: 'Agreement',
      question: 'Does the verb agree with its subject when another noun comes between?',
      answer,
      remarks,
      blocks: [
        {
          kind: 'charts',
          caption:
            'Share of items whose right form is the more probable one. Letters give the numbers of the nouns, ' +
            `subject first: SP is “the boy near the cars”${examples}. Grey marks are rules that need no model; the ` +
            'dashed line is chance.',
          charts: agreementCharts(rows),
        },
        ...groupBlocks(groups),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, open: OPEN[table.name] }) as const),
      ],
      method:
        'After each prefix the probabilities of the two forms of the same verb are compared; an item is right if the ' +
        'form that agrees is the more probable one. Intervals resample subject and verb lemmas, because items share ' +
        'them; in real text subject lemmas only, because most of its verbs are a few auxiliaries. A verb prefers one ' +
        'of its forms after any subject: its base form is mostly met as an infinitive, and a tied decoder scores it ' +
        'with what was learned there. Accuracy by condition holds this preference as well; in pairs of items that ' +
        'differ in the number of the subject alone it cancels.',
    }
  },
}

/** Tables that start open, or closed, whatever their length; the examples are there to be read. */
const OPEN: Readonly<Record<string, boolean>> = {
  'agreement-examples': true,
  'agreement-attractors': false,
  'agreement-distance': false,
  'agreement-construction': false,
  'agreement-pairs': false,
}

const CAPTIONS: Readonly<Record<AgreementGroupRow['by'], string>> = {
  attractors:
    'The same by attractors: nouns of the other number between subject and verb. Only items count whose intervening ' +
    'nouns are all attractors, or none; “nouns alike” has nouns in between, all of the subject’s number.',
  distance: 'The same by the number of words between subject and verb, where none of them is an attractor.',
  construction:
    'The same by construction: the rule of the grammar that makes verb and subject agree, and after “over” the rules that bring in ' +
    'other nouns between them.',
}

function groupBlocks(groups: readonly AgreementGroupRow[]): Block[] {
  return [...groupBy(groups, (row) => row.by).values()].map((rows) => ({
    kind: 'charts',
    caption: `${CAPTIONS[rows[0].by]} Fewer than ${FEWEST_ITEMS} items (n) are shown and claim nothing.`,
    charts: groupCharts(drawnSubjects(rows).flat()),
  }))
}
