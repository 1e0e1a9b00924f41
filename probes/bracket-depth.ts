import { defineProbe } from '../src/probe.ts'
import { flatText } from './reading/flat-text.ts'
import { readNesting } from './reading/nesting.ts'

/** Brackets in comments, strings and characters do not count; what is within them is as deep as they are. */
export const bracketDepth = defineProbe({
  name: 'bracket-depth',
  question: 'How many brackets of the code are open?',
  answers: 'amount',
  unit: 'characters',
  serves: { name: 'closing brackets', is: (token, before) => Number(before) > 0 && /^[)\]}]$/.test(token) },
  reference: 'Karpathy, Johnson & Fei-Fei (2015), Visualizing and Understanding Recurrent Networks',
  label: ({ tokens }) => readNesting(flatText(tokens)).map((place) => place?.depth),
})
