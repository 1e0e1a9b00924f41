import { defineProbe } from '../src/probe.ts'
import { paragraphsOf } from './reading/paragraphs.ts'

/** A paragraph whose parentheses do not match is not decided from the first that may be the wrong one. */
export const insideParentheses = defineProbe({
  name: 'inside-parentheses',
  question: 'Is this inside parentheses?',
  answers: 'yes-no',
  unit: 'characters',
  serves: { name: 'closing parentheses', is: (token, before) => before === true && token === ')' },
  reference: 'Karpathy, Johnson & Fei-Fei (2015), Visualizing and Understanding Recurrent Networks',
  label({ tokens }) {
    const inside: (boolean | undefined)[] = tokens.map(() => false)
    for (const { start, end } of paragraphsOf(tokens)) {
      const open: number[] = []
      let first: number | undefined
      for (let at = start; at < end; at++) {
        if (tokens[at] === '(') open.push(at)
        if (tokens[at] === '(' || tokens[at] === ')') first ??= at
        if (tokens[at] === ')' && open.pop() === undefined) {
          inside.fill(undefined, first, end)
          open.length = 0
          break
        }
        inside[at] = open.length > 0
      }
      if (open.length > 0) inside.fill(undefined, open[0], end)
    }
    return inside
  },
})
