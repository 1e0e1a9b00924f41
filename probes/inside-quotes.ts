import { defineProbe } from '../src/probe.ts'
import { paragraphsOf, type Paragraph } from './reading/paragraphs.ts'

/** Which marks close what a mark opens. Single marks are left alone: most of them are apostrophes. */
const CLOSED_BY: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“”', '«': '»' }
const MARK = /^["“”„«»]$/

/**
 * A straight mark opens before something that is not behind a word, and closes behind something that is not before one.
 * A quotation that its paragraph does not close is closed by its end where the next paragraph opens one again, as talk
 * over several paragraphs does; otherwise it is not decided. Nor is a paragraph whose marks do not come in pairs, from
 * the first of them on: any could be the one too many.
 */
export const insideQuotes = defineProbe({
  name: 'inside-quotes',
  question: 'Is this inside quotation marks?',
  answers: 'yes-no',
  unit: 'characters',
  serves: { name: 'closing quotation marks', is: (token, before) => before === true && /^["“”»]$/.test(token) },
  reference: 'Karpathy, Johnson & Fei-Fei (2015), Visualizing and Understanding Recurrent Networks',
  label({ tokens }) {
    const inside: (boolean | undefined)[] = tokens.map(() => false)
    const paragraphs = paragraphsOf(tokens)
    paragraphs.forEach((paragraph, number) => {
      const { pairs, open, wrong } = pairMarks(tokens, paragraph)
      for (const [from, to] of pairs) inside.fill(true, from, to)
      const goesOn = open !== null && opensWith(tokens, paragraphs[number + 1], tokens[open])
      if (open !== null) inside.fill(goesOn ? true : undefined, open, paragraph.end)
      if (wrong !== null) inside.fill(undefined, wrong, paragraph.end)
    })
    return inside
  },
})

interface Marks {
  /** places of the marks that open and close */
  readonly pairs: readonly (readonly [number, number])[]
  /** place of a mark that nothing closes */
  readonly open: number | null
  /** place of the first mark where they do not come in pairs */
  readonly wrong: number | null
}

function pairMarks(tokens: readonly string[], { start, end }: Paragraph): Marks {
  const pairs: (readonly [number, number])[] = []
  let open: number | null = null
  let first: number | null = null
  for (let at = start; at < end; at++) {
    const mark = tokens[at]
    if (!MARK.test(mark)) continue
    first ??= at
    if (open === null && mark in CLOSED_BY && (mark !== '"' || mayOpen(tokens, at))) {
      open = at
    } else if (open !== null && CLOSED_BY[tokens[open]].includes(mark) && (mark !== '"' || mayClose(tokens, at))) {
      pairs.push([open, at])
      open = null
    } else if (open === null || mark === tokens[open]) {
      return { pairs, open: null, wrong: first }
    }
  }
  return { pairs, open, wrong: null }
}

function mayOpen(tokens: readonly string[], at: number): boolean {
  return /^\S/.test(tokens[at + 1] ?? '') && !/[\p{L}\p{N}.,;:!?…%)\]}]/u.test(tokens[at - 1] ?? '')
}

function mayClose(tokens: readonly string[], at: number): boolean {
  return /^\S/.test(tokens[at - 1] ?? '') && !/[\p{L}\p{N}([{]/u.test(tokens[at + 1] ?? '')
}

/** Does a paragraph begin with a mark? */
function opensWith(tokens: readonly string[], paragraph: Paragraph | undefined, mark: string): boolean {
  if (paragraph === undefined) return false
  let at = paragraph.start
  while (tokens[at].trim() === '') at++
  return tokens[at] === mark
}
