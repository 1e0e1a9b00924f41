import { defineProbe } from '../src/probe.ts'

export const linePosition = defineProbe({
  name: 'line-position',
  question: 'How many characters since the line began?',
  answers: 'amount',
  unit: 'characters',
  serves: { name: 'line ends', is: (token) => token === '\n' },
  reference: 'Karpathy, Johnson & Fei-Fei (2015), Visualizing and Understanding Recurrent Networks',
  label({ tokens }) {
    if (!tokens.includes('\n')) return tokens.map(() => undefined) // a text without line ends has no lines
    let since = 0
    return tokens.map((token) => (since = token === '\n' ? 0 : since + 1))
  },
})
