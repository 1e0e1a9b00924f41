import { defineProbe } from '../src/probe.ts'
import { wordStarts } from './reading/words.ts'

export const wordPosition = defineProbe({
  name: 'word-position',
  question: 'How many characters since the word began?',
  answers: 'amount',
  unit: 'characters',
  serves: { name: 'spaces', is: (token) => token === ' ' },
  reference: 'Karpathy, Johnson & Fei-Fei (2015), Visualizing and Understanding Recurrent Networks',
  label({ tokens }) {
    return Array.from(wordStarts(tokens), (start, at) => (start === -1 ? 0 : at - start + 1))
  },
})
