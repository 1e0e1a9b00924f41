// Can the subject's number be read off the network, where, and off how few units?

import { groupBy, type Row } from '../../core/rows.ts'
import { classifiersChart, sparseChart } from '../charts/classifiers.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { isOf } from '../evidence.ts'
import { tablesOf } from '../tables.ts'
import { describeSparse, judgeClassifiers } from '../verdicts/classifiers.ts'
import { drawnSubjects, kebab, mostTelling, resultsOf, subjectName, subjectTitle } from './select.ts'

export const classifiers: SectionBuilder = {
  name: 'classifiers',
  build(input) {
    const results = resultsOf(input, 'diagnostic-classifiers').filter(({ rows }) => rows.length > 0)
    if (results.length === 0) return null
    const models = input.models.length
    const [answer, ...remarks] = results.flatMap((result) => [...judgeClassifiers(result.rows, models), ...describeSparse(result, models)])
    return {
      name: 'classifiers',
      title: 'Classifiers',
      question: 'Can the subject’s number be read off the network, where, and off how few units?',
      answer,
      remarks,
      blocks: [
        ...results.flatMap(({ task, rows, path }) => drawnSubjects(rows).map((own): Block => {
          const name = kebab(`${task}-${subjectName(own[0])}`)
          const ofPath = path.filter((row) => isOf(row, own[0]))
          return {
            kind: 'charts',
            caption:
              `Left, layer by layer: classifiers fitted at each word of ${task} (${subjectTitle(own[0])}), with 95 % intervals; dotted: the untrained ` +
              'network; dashed: chance. Right: the absolute penalty leaves fewer units a say; circles: the penalty that was chosen.',
            charts: [...groupBy(own, layerOf)].flatMap(([layer, ofLayer], place) => {
              const [few, at] = [ofPath.filter((row) => layerOf(row) === layer), place === 0 ? name : `${name}-layer-${layer}`]
              return [classifiersChart(ofLayer, at), ...(few.length > 0 ? [sparseChart(few, `${at}-path`)] : [])]
            }),
          }
        })),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: mostTelling(table, weightOf) } as const)),
      ],
      method:
        'Logistic regression (squared penalty 0.01 beside the mean loss, standardised units) is fitted to one half of the lexicon and ' +
        'judged on items of the other whose nouns disagree. Control: each form of a subject has a random answer; number and control are ' +
        'compared on left-out items of subjects that were fitted to, and their difference is the selectivity (Hewitt & Liang 2019). Bits: ' +
        'the answers are sent block by block, each coded by a classifier of those before it (Voita & Titov 2020), mean over three orders. ' +
        'Of an absolute penalty the largest is taken whose loss, over left-out subjects, is within a standard error of the least.',
    }
  },
}

/** `1.cell` is of layer 1; what is below all layers is drawn with layer 0. Colours would not do for the sites of several. */
function layerOf({ site }: { readonly site: string }): string {
  const [layer] = /\d+(?=\.)/.exec(site) ?? ['0']
  return layer
}

function weightOf({ selectivity, accuracy, stability }: Row): number {
  return Number(selectivity ?? accuracy ?? stability)
}
