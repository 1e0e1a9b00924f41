// Comments, strings and character literals of a C text (C17, 6.4; raw strings of C++). What Java, JavaScript, Go and
// others write in the same way is read in the same way.

export interface Lexeme {
  readonly kind: 'comment' | 'string' | 'character'
  /** of its first character */
  readonly start: number
  /** behind its last character */
  readonly end: number
  /** characters once read one is inside: from behind the first slash, or from the opening mark, up to the last one */
  readonly inside: readonly [from: number, to: number]
  /** nothing closes it: it may not be one; ends with its line, or a block comment with the text */
  readonly open: boolean
}

/** A digit before an apostrophe: it groups digits (C++14). */
const OPENING = /\/\*|\/\/|(?<!\w)(?:u8|[uUL])?R"([^()\\\s"]{0,16})\(|"|(?<!\d)'/g

/** In order; they do not overlap. */
export function readLexemes(text: string): Lexeme[] {
  const lexemes: Lexeme[] = []
  const opening = new RegExp(OPENING)
  for (let match = opening.exec(text); match !== null; match = opening.exec(text)) {
    const lexeme = readLexeme(text, match.index, match[0], match[1])
    lexemes.push(lexeme)
    opening.lastIndex = lexeme.end
  }
  return lexemes
}

function readLexeme(text: string, start: number, opening: string, delimiter: string | undefined): Lexeme {
  if (opening === '/*') return until(text, 'comment', start, start + 1, '*/', start + 2)
  if (opening === '//') {
    const end = lineEnd(text, start)
    return { kind: 'comment', start, end, inside: [start + 1, end], open: false }
  }
  if (delimiter !== undefined) {
    const mark = start + opening.indexOf('"')
    return until(text, 'string', start, mark, `)${delimiter}"`, start + opening.length)
  }
  return literal(text, start, opening)
}

/** Up to a closing sequence, over lines. */
function until(
  text: string, kind: Lexeme['kind'], start: number, from: number, closing: string, search: number,
): Lexeme {
  const at = text.indexOf(closing, search)
  const end = at === -1 ? text.length : at + closing.length
  return { kind, start, end, inside: [from, at === -1 ? end : end - 1], open: at === -1 }
}

/** `"…"` or `'…'` on one line; a backslash takes what follows with it, a line end too. */
function literal(text: string, start: number, mark: string): Lexeme {
  const kind = mark === '"' ? 'string' : 'character'
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === mark) return { kind, start, end: at + 1, inside: [start, at], open: false }
  }
  const end = lineEnd(text, start)
  return { kind, start, end, inside: [start, end], open: true }
}

/** The line end at which a line ends for good, or the end of the text: one behind a backslash does not count. */
export function lineEnd(text: string, from: number): number {
  let at = text.indexOf('\n', from)
  while (at > 0 && text[at - 1] === '\\') at = text.indexOf('\n', at + 1)
  return at === -1 ? text.length : at
}

/** Is each character inside a lexeme of a kind? Undefined from one that nothing closes to its end. */
export function labelLexemes(text: string, kind: Lexeme['kind']): (boolean | undefined)[] {
  const labels: (boolean | undefined)[] = Array.from({ length: text.length }, () => false)
  for (const lexeme of readLexemes(text)) {
    if (lexeme.open) labels.fill(undefined, lexeme.start, lexeme.end)
    else if (lexeme.kind === kind) labels.fill(true, ...lexeme.inside)
  }
  return labels
}
