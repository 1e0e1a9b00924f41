// The number-agreement tasks of Lakretz et al. (2019): four columns with tabs, sentence, number of the subject (and of the
// attractor), correct or wrong, and an id that both versions of a sentence have, which differ in one word.

import { groupBy } from '../../core/rows.ts'
import { splitAtSpaces } from '../../data/tokenize.ts'
import { onlyDifference, type MinimalPair, type PairFormat } from './pair.ts'
import { linesOf, readEach } from './problems.ts'

interface Version {
  readonly line: number
  readonly words: readonly string[]
  readonly condition: string
  readonly isRight: boolean
  readonly id: string
}

export const lakretz: PairFormat = {
  name: 'lakretz',
  about: 'sentence, condition, correct or wrong, id, with tabs (Lakretz et al. 2019)',

  // a header may stand above: it is said to be no pair
  fits: ({ text }) => /^(?:[^\n]*\n)?[^\t\n]+\t[^\t\n]+\t(?:correct|wrong)\t[^\t\n]+\r?(?:\n|$)/.test(text),

  read({ file, text }) {
    const versions = readEach(file, 'a task of Lakretz et al', linesOf(text), readVersion)
    const pairs = [...groupBy(versions, ({ id, condition }) => `${id} ${condition}`).values()]
    return readEach(file, 'a task of Lakretz et al', pairs, readPair, ([{ line }]) => `line ${line}`)
  },
}

function readVersion(line: string, index: number): Version | string {
  const cells = line.split('\t')
  if (cells.length !== 4) return `has ${cells.length} columns; it needs sentence, condition, correct or wrong, and id.`
  const [sentence, condition, answer, id] = cells.map((cell) => cell.trim())
  if (answer !== 'correct' && answer !== 'wrong') return `has ${JSON.stringify(answer)} where it says correct or wrong.`
  const words = splitAtSpaces(sentence)
  if (words.length < 2) return 'has no sentence of two words or more.'
  return { line: index + 1, words, condition, isRight: answer === 'correct', id }
}

function readPair(versions: readonly Version[]): MinimalPair | string {
  const [right, ...others] = versions.filter(({ isRight }) => isRight)
  const [wrong, ...more] = versions.filter(({ isRight }) => !isRight)
  if (!right || !wrong || others.length + more.length > 0) {
    return `${JSON.stringify(versions[0].id)} stands there ${versions.length} times; it needs one correct and one wrong version.`
  }
  const target = onlyDifference(right.words, wrong.words)
  if (target === null) return `the versions of ${JSON.stringify(right.id)} differ in more than one word.`
  return {
    id: right.id,
    cluster: right.id,
    condition: lettersOf(right.condition),
    right: right.words,
    wrong: wrong.words,
    target,
    columns: { condition: right.condition },
    published: {},
  }
}

const LETTERS: ReadonlyMap<string, string> = new Map([['singular', 'S'], ['plural', 'P']])

/** `singular_plural` is SP; other names stay. */
function lettersOf(condition: string): string {
  const letters = condition.split('_').map((number) => LETTERS.get(number))
  return letters.every((letter) => letter !== undefined) ? letters.join('') : condition
}
