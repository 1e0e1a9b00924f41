// Every probe that comes with the toolkit. Another one is one file and a line here.

import { bracketDepth } from './bracket-depth.ts'
import { capitalisedWord } from './capitalised-word.ts'
import { ifBody } from './if-body.ts'
import { ifCondition } from './if-condition.ts'
import { indentation } from './indentation.ts'
import { insideComment } from './inside-comment.ts'
import { insideParentheses } from './inside-parentheses.ts'
import { insideQuotes } from './inside-quotes.ts'
import { insideString } from './inside-string.ts'
import { insideUrl } from './inside-url.ts'
import { linePosition } from './line-position.ts'
import { lineRemaining } from './line-remaining.ts'
import { number } from './number.ts'
import { wordPosition } from './word-position.ts'

export const PROBES = [
  number,
  insideQuotes,
  linePosition,
  lineRemaining,
  insideParentheses,
  wordPosition,
  capitalisedWord,
  insideUrl,
  bracketDepth,
  indentation,
  insideComment,
  insideString,
  ifCondition,
  ifBody,
]
