// The paragraphs of a text of characters: lines with something in them, up to an empty line. What opens in a paragraph
// and does not close there is closed by its end.

export interface Paragraph {
  readonly start: number
  /** behind the line end of its last line; the empty lines follow */
  readonly end: number
}

/** In order. A line of nothing but spaces is empty. */
export function paragraphsOf(tokens: readonly string[]): Paragraph[] {
  const paragraphs: Paragraph[] = []
  let start: number | null = null
  for (let at = 0; at < tokens.length; ) {
    const end = lineEnd(tokens, at)
    const empty = isEmpty(tokens, at, end)
    if (!empty) start ??= at
    if (start !== null && (empty || end === tokens.length)) {
      paragraphs.push({ start, end: empty ? at : end })
      start = null
    }
    at = end
  }
  return paragraphs
}

/** The place behind the line end, or the end of the text. */
function lineEnd(tokens: readonly string[], from: number): number {
  const at = tokens.indexOf('\n', from)
  return at === -1 ? tokens.length : at + 1
}

function isEmpty(tokens: readonly string[], from: number, end: number): boolean {
  for (let at = from; at < end; at++) if (tokens[at].trim() !== '') return false
  return true
}
