// The Brown corpus as a page of prose: words without the spaces and tags between them, paragraphs with an empty line
// behind each, lines broken at a width. What the tagged files changed is put back: they move a closing quotation mark
// before the full stop, comma, question or exclamation mark that it followed in print, and write ; ? ! twice.

import { createHash } from 'node:crypto'
import { genreOf, parseTagged, readBrownFiles } from './brown.ts'
import type { ProseConfig } from './config.ts'
import type { Corpus } from './corpus.ts'
import { sentencesOf } from './text.ts'

/**
 * Characters in lines; documents are the files of Brown.
 * @param folder as in `readBrown`
 * @throws UserError for an unknown genre, a missing package or file
 */
export function readBrownProse(
  { genres, width, quotes }: Pick<ProseConfig, 'genres' | 'width' | 'quotes'>,
  folder?: string,
): Corpus {
  const hash = createHash('sha256')
  const documents = readBrownFiles(genres, folder).map(({ name, text }) => {
    const paragraphs = paragraphsOf(name, text).map((tokens) => wrap(typeset(tokens, quotes), width))
    const page = paragraphs.map((lines) => `${lines.join('\n')}\n\n`).join('')
    hash.update(`${name}\n`).update(page)
    const sentences = sentencesOf(page, { unit: 'characters', lines: false, split: 'spaces' })
    return { name, category: genreOf(name), sentences }
  })
  return { name: 'Brown corpus', unit: 'characters', end: '\n', documents, sha256: hash.digest('hex') }
}

/** The tokens of each paragraph of a file; a headline is one of its own. */
function paragraphsOf(name: string, text: string): string[][] {
  const paragraphs: string[][] = []
  let last = ''
  parseTagged(name, text).forEach(({ tokens, tags, paragraph }, number) => {
    const headline = tags.every((tag) => /-hl\b|^\W+$/.test(tag)) && tags.some((tag) => /-hl\b/.test(tag))
    const place = headline ? `headline ${number}` : `paragraph ${paragraph}`
    if (place !== last) paragraphs.push([])
    last = place
    paragraphs[paragraphs.length - 1].push(...tokens)
  })
  return paragraphs
}

/** How each of Brown's marks is printed. Single ones are told apart by `singleMarks`, as ‘ and ’. */
const PRINTED: Readonly<Record<ProseConfig['quotes'], Readonly<Record<string, string>>>> = {
  straight: { '``': '"', "''": '"', '‘': "'", '’': "'", '--': '--' },
  curly: { '``': '“', "''": '”', '‘': '‘', '’': '’', '--': '—' },
}

const NO_SPACE_BEFORE = new Set(['.', ',', ';', ':', '?', '!', ')', ']', "''", '’', '--'])
const NO_SPACE_AFTER = new Set(['(', '[', '``', '‘', '--'])

/** Tokens of a paragraph with the spaces and marks of print: He said , `` Go '' ! ! becomes He said, "Go!" */
export function typeset(tokens: readonly string[], quotes: ProseConfig['quotes']): string {
  const printed = PRINTED[quotes]
  let text = ''
  let tight = true
  for (const token of marksBehindStops(singleMarks(withoutDoubles(tokens)))) {
    if (!tight && !NO_SPACE_BEFORE.has(token)) text += ' '
    text += printed[token] ?? word(token, quotes)
    tight = NO_SPACE_AFTER.has(token)
  }
  return text
}

/** Lines of at most `width` characters, broken at spaces; a longer word has a line of its own. */
export function wrap(paragraph: string, width: number | null): string[] {
  if (width === null) return [paragraph]
  const lines: string[] = []
  let line = ''
  for (const next of paragraph.split(' ')) {
    if (line !== '' && line.length + 1 + next.length > width) {
      lines.push(line)
      line = ''
    }
    line += line === '' ? next : ` ${next}`
  }
  return [...lines, line]
}

/** Brown writes `; ;` and `? ?` for one mark, `, ,` behind a numeral that was Roman in print, `1/8'' ''` for inches. */
function withoutDoubles(tokens: readonly string[]): string[] {
  return tokens.filter((token, at) => {
    const last = tokens[at - 1]
    return token === "''" ? !/.''$/.test(last ?? '') : token !== last || !/^[,;?!(]$/.test(token)
  })
}

/** A single mark closes before another closing mark or punctuation, opens behind some, and else every second closes. */
function singleMarks(tokens: readonly string[]): string[] {
  let open = false
  return tokens.map((token, at) => {
    if (token !== "'") return token
    const next = tokens[at + 1]
    const last = tokens[at - 1]
    if (next === undefined || NO_SPACE_BEFORE.has(next)) open = false
    else if (last === undefined || NO_SPACE_AFTER.has(last) || last === ':') open = true
    else open = !open
    return open ? '‘' : '’'
  })
}

/** Closing marks stand behind what belongs to the talk; one full stop ends an abbreviation and its sentence. */
function marksBehindStops(tokens: readonly string[]): string[] {
  const moved: string[] = []
  tokens.forEach((token, number) => {
    let at = moved.length
    if (belongsToTalk(token, tokens[number + 1])) while (at > 0 && ["''", '’'].includes(moved[at - 1])) at--
    if (token !== '.' || !moved[at - 1]?.endsWith('.')) moved.splice(at, 0, token)
  })
  return moved
}

/** A full stop, comma, question or exclamation mark does; a dash where the talk breaks off: no sentence goes on. */
function belongsToTalk(token: string, next: string | undefined): boolean {
  if (token === '--') return next === undefined || /^\p{Lu}/u.test(next)
  return ['.', ',', '?', '!'].includes(token)
}

/** An apostrophe in a word, and Brown's '' for inches behind a number. */
function word(token: string, quotes: ProseConfig['quotes']): string {
  return quotes === 'straight' ? token.replace("''", '"') : token.replace("''", '″').replaceAll("'", '’')
}
