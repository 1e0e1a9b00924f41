// What conditions are called. A condition such as `PS` gives the numbers of the nouns in order, subject first; any
// other name is shown as it is.

const NUMBERS: Readonly<Record<string, string>> = { S: 'singular', P: 'plural' }

/**
 * `PS` → `plural subjects before a singular noun`, `SS and PS` → `pairs that differ in the subject alone, before a
 * singular noun`; null for a name that is not made of S and P.
 */
export function describeCondition(condition: string): string | null {
  const pair = /^S([SP]{0,2}) and P\1$/.exec(condition)
  if (pair) return `pairs that differ in the subject alone${pair[1] === '' ? '' : `, ${before(pair[1])}`}`
  if (!/^[SP]{1,3}$/.test(condition)) return null
  return `${NUMBERS[condition[0]]} subjects ${before(condition.slice(1))}`.trim()
}

/** `PS` → `before a plural and a singular noun`. */
function before(letters: string): string {
  const nouns = [...letters].map((letter) => `a ${NUMBERS[letter]}`)
  return nouns.length === 0 ? '' : `before ${nouns.join(' and ')} noun`
}

/** `nounpp PS (plural subjects before a singular noun)`. */
export function namedCondition(task: string, condition: string): string {
  const description = describeCondition(condition)
  return description ? `${task} ${condition} (${description})` : `${task}, ${condition}`
}

/** `nounpp PS`: short enough for an axis. */
export function shortCondition(task: string, condition: string): string {
  return `${task} ${condition}`
}
