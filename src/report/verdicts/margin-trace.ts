// Does the verb's margin hang on its subject? The subject must have more of the gradient than an even share in every
// condition; the last noun stands beside it.

import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import type { TraceRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { count, listed, percent, percentInterval } from '../format.ts'
import { judgeByModel } from './rules.ts'

/** One verdict a model. @param rows of one site */
export function judgeTrace(rows: readonly TraceRow[], models: number): Verdict[] {
  const trained = rows.filter(({ moment }) => moment === 'trained')
  return judgeByModel(trained, models, (own, where) => {
    const subjects = own.filter(({ role }) => role === 'subject')
    const parts = subjects.map((subject) => {
      const noun = own.find((row) => isAlike(row, subject) && row.role === 'last noun')
      const before = rows.find((row) => (
        row.moment === 'untrained' && row.role === 'subject' && row.seed === subject.seed && isAlike(row, subject)
      ))
      const beside = [
        ...(noun ? [`the last noun ${percent(noun.share)}`] : []),
        ...(before ? [`before training ${percent(before.share)}`] : []),
      ]
      const beforehand = beside.length > 0 ? ` (${beside.join(', ')})` : ''
      return `${percent(subject.share)} ${percentInterval(subject.low, subject.high)} in ${subject.condition}${beforehand}`
    })
    const fewest = Math.min(...subjects.map(({ n }) => n))
    const even = [...groupBy(subjects, ({ evenShare }) => percent(evenShare)).keys()]
    const numbers =
      `of the gradient of the verb’s margin the subject has ${listed(parts)}; an even share is ${listed(even)} (site ` +
      `${own[0].site}, n = ${count(fewest)} items a condition or more, 95 % intervals clustered by lemma, seed ${own[0].seed}).`
    if (fewest < FEWEST_ITEMS || subjects.some(({ low }) => low === null)) {
      return { judgement: 'cannot tell', sentence: `${where} it cannot be told whether the verb hangs on its subject: ${numbers}` }
    }
    if (subjects.every(({ low, evenShare }) => low! > evenShare)) {
      return { judgement: 'found', sentence: `${where} the verb hangs on its subject: ${numbers}` }
    }
    if (subjects.every(({ high, evenShare }) => high! < evenShare)) {
      return { judgement: 'not found', sentence: `${where} the verb hangs less on its subject than on other words: ${numbers}` }
    }
    return { judgement: 'cannot tell', sentence: `${where} it cannot be told whether the verb hangs on its subject: ${numbers}` }
  })
}

function isAlike(a: TraceRow, b: TraceRow): boolean {
  return a.model === b.model && a.task === b.task && a.condition === b.condition && a.site === b.site
}
