import { defineProbe } from '../src/probe.ts'

/** An oracle: the answer is in the text to come. Behind the last line end it is not known. */
export const lineRemaining = defineProbe({
  name: 'line-remaining',
  question: 'How many characters until the line ends?',
  answers: 'amount',
  unit: 'characters',
  serves: { name: 'line ends', is: (token) => token === '\n' },
  reference: 'Karpathy, Johnson & Fei-Fei (2015), Visualizing and Understanding Recurrent Networks',
  label({ tokens }) {
    const remaining: (number | undefined)[] = tokens.map(() => undefined)
    let next: number | undefined
    for (let at = tokens.length - 1; at >= 0; at--) {
      remaining[at] = next
      if (tokens[at] === '\n') next = 0
      else if (next !== undefined) next++
    }
    return remaining
  },
})
