// What conditions are called. A condition such as `PS` gives the numbers of the nouns in order, subject first; any
// other name is shown as it is.

const NUMBERS: Readonly<Record<string, string>> = { S: 'singular', P: 'plural' }

/** `PS` → `plural subjects before a singular noun`; null for a name that is not made of S and P. */
export function describeCondition(condition: string): string | null {
  if (!/^[SP]{1,3}$/.test(condition)) return null
  const [subject, ...others] = [...condition].map((letter) => NUMBERS[letter])
  if (others.length === 0) return `${subject} subjects`
  if (others.length === 1) return `${subject} subjects before a ${others[0]} noun`
  return `${subject} subjects before a ${others[0]} and a ${others[1]} noun`
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
