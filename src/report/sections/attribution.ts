// Which words does a verb's number come from, and what number is there without any?

import type { AttributionRow, DefaultNumberRow } from '../../analysis/results.ts'
import { groupBy, type Row } from '../../core/rows.ts'
import { defaultChart, partsChart } from '../charts/attribution.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { COMPLETE, describeMethods, judgeDefault, judgeParts } from '../verdicts/attribution.ts'
import { drawnSubjects, kebab, mostTelling, resultsOf, subjectName, subjectTitle } from './select.ts'

export const attribution: SectionBuilder = {
  name: 'attribution',
  build(input) {
    const results = resultsOf(input, 'attribution').filter(({ rows }) => rows.length > 0)
    if (results.length === 0) return null
    const models = input.models.length
    const tasks = [...groupBy(results, ({ task }) => task)].map(([task, own]) => ({
      task,
      rows: own.flatMap(({ rows }) => rows),
      checks: own.flatMap(({ checks }) => checks),
      defaults: own.flatMap(({ defaults }) => defaults),
    }))
    const [answer, ...remarks] = tasks.flatMap(({ rows, checks, defaults }) => [
      ...judgeDefault(defaults, models), ...judgeParts(rows, models), ...describeMethods(checks),
    ])
    return {
      name: 'attribution',
      title: 'Attribution',
      question: 'Which words does a verb’s number come from, and what number is there without any?',
      answer,
      remarks,
      blocks: [
        {
          kind: 'charts',
          caption:
            'A dot a seed: what is put down to no word, by the methods whose parts add up to the margin. Blue: after the mean of all ' +
            'sentences; the others: zeros in place of words, with the state before them.',
          charts: tasks.map(({ task, defaults }) => defaultChart(defaults.filter(isDrawn), `${kebab(task)}-default`)),
        },
        ...tasks.flatMap(({ task, rows }) => drawnSubjects(rows).flatMap((own) => partsBlocks(task, own))),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: mostTelling(table, weightOf) } as const)),
      ],
      method:
        'What stands for no word is a vector of zeros, and zeros for the state before the first word; or, where “mean” is said, the mean of ' +
        'the words in that place of all items, after the same state: then what stands under biases is what the mean sentence is worth. ' +
        'Occlusion removes one part from the whole; Shapley values are the mean over all sets of the others; integrated gradients (Sundararajan et al. 2017) follow ' +
        'the straight way there. Contextual decomposition (Murdoch et al. 2018) splits every value and gate; what words do together is ' +
        'nobody’s and left over. With whole gates (after Jumelet et al. 2019) gates let parts through and are not split. Sums to the ' +
        'margin say nothing of whether a method is right: the table beside compares each with removing words and with the other number of the subject.',
    }
  },
}

/** Where the mean is read instead of words, integrated gradients leave what Shapley values do. */
function isDrawn({ method, reference }: DefaultNumberRow): boolean {
  return COMPLETE.includes(method) && !(method === 'integrated gradients' && reference === 'mean')
}

function partsBlocks(task: string, rows: readonly AttributionRow[]): Block[] {
  return [...groupBy(rows, ({ condition }) => condition)]
    .filter(([condition]) => new Set(condition).size > 1)
    .map(([condition, own]): Block => ({
      kind: 'charts',
      caption:
        `What each part adds to log p(right) − log p(wrong) of ${task} items, nats (${subjectTitle(own[0])}): blue for the right form, ` +
        'red against it; letters give the numbers of the nouns, subject first.',
      charts: [partsChart(own, kebab(`${task}-${subjectName(own[0])}-${condition}`))],
    }))
}

/** Parts by size; methods by how far they agree; the number without words; few right. */
function weightOf({ contribution, withShapley, toPlural, accuracy }: Row): number {
  return Number(contribution === undefined ? (withShapley ?? toPlural ?? 1 - Number(accuracy)) : Math.abs(Number(contribution)))
}
