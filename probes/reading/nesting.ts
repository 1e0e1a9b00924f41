// How a C text is nested: brackets, and the conditions and bodies of `if` (C17, 6.8). Comments and literals are passed
// over. A directive (#define …) is read on its own. Of alternatives (#if … #else … #endif) each is read as if it stood
// there alone, and what follows goes on from the first of them.

import { lineEnd, readLexemes } from './lexemes.ts'

/** What is open at a character, once it has been read. */
export interface Place {
  /** brackets ( [ { that are open */
  readonly depth: number
  /** within the parentheses of an `if`; undefined where alternatives before it differ */
  readonly ifCondition: boolean | undefined
  /** within what an `if` does where its condition holds, with or without braces, not in its `else`; undefined likewise */
  readonly ifBody: boolean | undefined
}

type Bracket = '(' | '[' | '{'

/**
 * Something open. A bracket; a statement that waits for one of its parts (`if`, `else`, `loop`, `do`); a `body` without
 * braces; a directive; or nothing, the `text`. Never changed: what is open at a place is a list by `below`.
 */
interface Frame extends Place {
  readonly kind: Bracket | 'if' | 'else' | 'loop' | 'do' | 'body' | 'directive' | 'text'
  /** of brackets: what they are of the statement below; its body ends with them */
  readonly role: 'condition' | 'body' | null
  readonly below: Frame | null
}

/** What is open, and what the statement on top waits for. */
interface State {
  readonly top: Frame
  readonly expects: 'condition' | 'body' | 'else' | 'while' | null
}

const START: State = {
  top: { kind: 'text', role: null, below: null, depth: 0, ifCondition: false, ifBody: false },
  expects: null,
}

const CLOSED_BY: Readonly<Record<string, Bracket>> = { ')': '(', ']': '[', '}': '{' }

/** Stands for a literal that nothing closes: what follows cannot be read. */
const UNREADABLE = '\u0001'

/**
 * The place of every character; undefined behind brackets that do not match and literals that nothing closes, up to
 * the end of the directive or alternative they stand in, or of the text.
 * @param text one UTF-16 unit a token
 */
export function readNesting(text: string): (Place | undefined)[] {
  const code = maskLexemes(text)
  const places: (Place | undefined)[] = Array.from({ length: code.length })
  const conditionals: Conditional[] = []
  let state: State | undefined = START
  let done = 0
  for (const { text: token, start, end } of tokensOf(code, 0, code.length)) {
    places.fill(state?.top, done, start)
    done = start
    if (!isDirective(token)) {
      state &&= step(state, token, () => elseFollows(code, end, code.length))
      continue
    }
    readDirective(code, start, end, state, places)
    done = end
    const name = directiveName(token)
    if (name.startsWith('if')) conditionals.push({ before: state, never: /^#\s*if\s+0\s*$/.test(token) })
    else state = alternative(conditionals, name, state)
  }
  return places.fill(state?.top, done)
}

/** An #if that is open. */
interface Conditional {
  readonly before: State | undefined
  /** at the end of the first alternative that can be */
  after?: State
  /** the alternative is that of `#if 0` */
  never: boolean
}

/** Where an alternative begins, and where the text goes on behind the last of them. */
function alternative(conditionals: Conditional[], name: string, state: State | undefined): State | undefined {
  const conditional = conditionals.at(-1)
  if (!conditional || !(name.startsWith('el') || name === 'endif')) return state
  if (!conditional.never) conditional.after = conditional.after ? agreed(conditional.after, state) : state
  conditional.never = false
  if (name !== 'endif') return conditional.before
  conditionals.pop()
  return conditional.after ?? conditional.before
}

/** The first alternative, without what another one contradicts: `if (a) {` or `assert(a); {`. */
function agreed(first: State, other: State | undefined): State {
  if (other === undefined || other.top === first.top) return first
  const same = <T>(one: T, another: T) => (one === another ? one : undefined)
  const ifCondition = same(first.top.ifCondition, other.top.ifCondition)
  const ifBody = same(first.top.ifBody, other.top.ifBody)
  return { ...first, top: { ...first.top, ifCondition, ifBody } }
}

/** The text with spaces for comments and marks for literals: what is left are code and directives. */
function maskLexemes(text: string): string {
  let code = ''
  let done = 0
  for (const { kind, start, end, open } of readLexemes(text)) {
    const mask = open ? UNREADABLE : kind === 'comment' ? ' ' : '"'
    code += text.slice(done, start) + mask.repeat(end - start)
    done = end
  }
  return code + text.slice(done)
}

interface Token {
  readonly text: string
  readonly start: number
  readonly end: number
}

/** Words and single marks; a directive is one token. */
function* tokensOf(code: string, from: number, to: number): Generator<Token> {
  const token = /[A-Za-z_]\w*|\S/g
  token.lastIndex = from
  for (let match = token.exec(code); match !== null && match.index < to; match = token.exec(code)) {
    const start = match.index
    const end = match[0] === '#' && beginsLine(code, start) ? lineEnd(code, start) : start + match[0].length
    yield { text: code.slice(start, end), start, end }
    token.lastIndex = end
  }
}

function beginsLine(code: string, at: number): boolean {
  let before = at - 1
  while (code[before] === ' ' || code[before] === '\t') before--
  return before < 0 || code[before] === '\n'
}

function isDirective(token: string): boolean {
  return token.startsWith('#')
}

/** `endif` of `# endif`. */
function directiveName(directive: string): string {
  return /^#\s*(\w*)/.exec(directive)?.[1] ?? ''
}

/** Places within a directive: the brackets of a definition on top of what is open around it; others are no code. */
function readDirective(
  code: string, start: number, end: number, around: State | undefined, places: (Place | undefined)[],
): void {
  let state: State | undefined = around && { top: push(around.top, 'directive'), expects: null }
  let done = start
  const definition = /^#\s*define\b/.exec(code.slice(start, end))?.[0]
  if (definition !== undefined) {
    for (const token of tokensOf(code, start + definition.length, end)) {
      places.fill(state?.top, done, token.start)
      done = token.start
      state &&= step(state, token.text, () => elseFollows(code, token.end, end))
    }
  }
  places.fill(state?.top, done, end)
}

/** Is the next token of the code `else`? Directives are passed over, and with them all alternatives but the first. */
function elseFollows(code: string, from: number, to: number): boolean {
  let skipped = 0
  for (const { text } of tokensOf(code, from, to)) {
    const name = isDirective(text) ? directiveName(text) : null
    if (name === null && skipped === 0) return text === 'else'
    if (name?.startsWith('el') && skipped === 0) skipped = 1
    else if (name?.startsWith('if') && skipped > 0) skipped++
    else if (name === 'endif' && skipped > 0) skipped--
  }
  return false
}

/** What a token opens and closes; undefined where it cannot stand in C. */
function step(state: State, token: string, elseFollows: () => boolean): State | undefined {
  const { top, expects } = state
  if (token === UNREADABLE) return undefined
  switch (expects) {
    case 'condition':
      if (token === '(') return { top: push(top, '(', 'condition'), expects: null }
      if (token === 'constexpr') return state
      return begin({ top: belowOf(top), expects: null }, token, elseFollows) // another thing called `if`: F(if, 1)
    case 'while':
      return token === 'while' ? { top, expects: 'condition' } : undefined
    case 'else':
      if (token === 'else') return { top: push(belowOf(top), 'else'), expects: 'body' }
      return begin(afterStatement(belowOf(top), elseFollows), token, elseFollows) // it stood in an alternative
    case 'body':
      if (token === '{') return { top: push(top, '{', 'body'), expects: null }
      return begin({ top: push(top, 'body'), expects: null }, token, elseFollows)
    case null:
      return begin(state, token, elseFollows)
  }
}

/** A token where a statement may begin or go on. */
function begin(state: State, token: string, elseFollows: () => boolean): State | undefined {
  const { top } = state
  switch (token) {
    case 'if':
      return { top: push(top, 'if'), expects: 'condition' }
    case 'for': case 'while': case 'switch':
      return { top: push(top, 'loop'), expects: 'condition' }
    case 'do': case 'else': // an `else` whose `if` stands in an alternative
      return { top: push(top, token), expects: 'body' }
    case '(': case '[': case '{':
      return { top: push(top, token), expects: null }
    case ')': case ']': case '}':
      return close(top, CLOSED_BY[token], elseFollows)
    case ';':
      return afterStatement(top.kind === 'do' ? belowOf(top) : top, elseFollows)
    default:
      return state
  }
}

/** Statements without their last semicolon end with the bracket around them. */
function close(top: Frame, bracket: Bracket, elseFollows: () => boolean): State | undefined {
  let frame = top
  while (!'([{'.includes(frame.kind)) {
    if (frame.kind === 'directive' || frame.below === null) return undefined
    frame = frame.below
  }
  if (frame.kind !== bracket) return undefined
  const below = belowOf(frame)
  if (frame.role === 'body') return afterBody(below, elseFollows)
  return { top: below, expects: frame.role === 'condition' && below.kind !== 'do' ? 'body' : null }
}

/** A statement has ended, and with it what it was the body of. */
function afterStatement(top: Frame, elseFollows: () => boolean): State {
  return top.kind === 'body' ? afterBody(belowOf(top), elseFollows) : { top, expects: null }
}

/** The body of a statement has ended: so has the statement, unless `else` or the `while` of `do` follows. */
function afterBody(owner: Frame, elseFollows: () => boolean): State {
  for (let statement = owner; ; ) {
    if (statement.kind === 'do') return { top: statement, expects: 'while' }
    if (statement.kind === 'if' && elseFollows()) return { top: statement, expects: 'else' }
    const top = belowOf(statement)
    if (top.kind !== 'body') return { top, expects: null }
    statement = belowOf(top)
  }
}

function push(below: Frame, kind: Frame['kind'], role: Frame['role'] = null): Frame {
  const ofIf = below.kind === 'if'
  return {
    kind,
    role,
    below,
    depth: below.depth + ('([{'.includes(kind) ? 1 : 0),
    ifCondition: (ofIf && role === 'condition') || below.ifCondition,
    ifBody: (ofIf && (role === 'body' || kind === 'body')) || below.ifBody,
  }
}

function belowOf({ kind, below }: Frame): Frame {
  if (below === null) throw new Error(`nothing is below ${kind}`)
  return below
}
