// Lines of a file that are no pairs, all at once.

import { UserError, type Problem } from '../../core/errors.ts'

const MOST_PROBLEMS = 20

/** Reads entries one by one and says what is wrong with all of them. @throws UserError where one is wrong or none is there */
export function readEach<Entry, Read>(
  file: string,
  what: string,
  entries: readonly Entry[],
  read: (entry: Entry, index: number) => Read | string,
  place: (entry: Entry, index: number) => string = (_, index) => `line ${index + 1}`,
): Read[] {
  const problems: Problem[] = []
  const found = entries.flatMap((entry, index) => {
    const result = read(entry, index)
    if (typeof result !== 'string') return [result]
    problems.push({ path: place(entry, index), message: result })
    return []
  })
  if (problems.length > 0) {
    const shown = problems.slice(0, MOST_PROBLEMS)
    if (problems.length > MOST_PROBLEMS) shown.push({ path: '', message: `and ${problems.length - MOST_PROBLEMS} more.` })
    throw new UserError(`${file} is not ${what}.`, { problems: shown })
  }
  if (found.length === 0) throw new UserError(`${file} holds no pairs.`)
  return found
}

/** The lines of a text, without an empty one at its end. */
export function linesOf(text: string): string[] {
  return text.replace(/^\uFEFF/, '').replace(/(?:\r?\n)+$/, '').split(/\r?\n/)
}
