// What do the gates and the cell of a unit do, word by word?

import type { DynamicsResult, DynamicsRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { dynamicsChart } from '../charts/dynamics.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { judgeDynamics } from '../verdicts/dynamics.ts'
import { drawnSubjects, headlineFirst, kebab, resultsOf, subjectName, subjectTitle } from './select.ts'

export const dynamics: SectionBuilder = {
  name: 'dynamics',
  build(input) {
    const results = resultsOf(input, 'dynamics')
      .filter((result) => result.rows.length > 0)
      .map((result) => ({ ...result, rows: headlineFirst(input, result.rows), gaps: headlineFirst(input, result.gaps) }))
    if (results.length === 0) return null
    const [answer, ...remarks] = results.flatMap((result) => judgeDynamics(result, input.models.length))
    return {
      name: 'dynamics',
      title: 'Word by word',
      question: 'What do the gates and the cell of the unit do, word by word?',
      answer,
      remarks,
      blocks: [
        ...results.flatMap((result) => drawnSubjects(result.rows).flatMap((rows) => blocksOf(result, rows))),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: [] }) as const),
      ],
      method:
        'Lines are means over all items of a condition, right or wrong, and bands one standard deviation of the ' +
        'items, not an error of the mean. The state is read after each word, so the last point is what the choice of ' +
        'the verb sees. What the subject’s number does is the mean over pairs of items that differ in it alone, with an ' +
        'interval that resamples lemmas; “keeps” means that at every word from the one at ' +
        'which it is largest it is surely on that side, a tenth of that at least and half a standard deviation of the items, and before ' +
        'the verb surely more than what the last noun’s number does.',
    }
  },
}

function blocksOf(result: DynamicsResult, rows: readonly DynamicsRow[]): Block[] {
  return [...groupBy(rows, (row) => row.unit)].map(([unit, ofUnit]) => ({
    kind: 'charts',
    caption:
      `Unit ${unit} on ${result.task} items (${subjectTitle(rows[0])}). Blue: singular subjects, red: plural ` +
      'subjects; dashed: the nouns disagree. The thin line is zero for states and one half for gates.',
    charts: [...groupBy(ofUnit, (row) => row.site)].map(([site, ofSite]) =>
      dynamicsChart(ofSite, kebab(`${result.task}-${subjectName(rows[0])}-${unit}-${site}`)),
    ),
  }))
}
