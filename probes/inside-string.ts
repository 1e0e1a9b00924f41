import { defineProbe } from '../src/probe.ts'
import { flatText } from './reading/flat-text.ts'
import { labelLexemes } from './reading/lexemes.ts'

export const insideString = defineProbe({
  name: 'inside-string',
  question: 'Is this inside a string of the code?',
  answers: 'yes-no',
  unit: 'characters',
  serves: { name: 'closing quotes of strings', is: (token, before) => before === true && token === '"' },
  reference: 'Karpathy, Johnson & Fei-Fei (2015), Visualizing and Understanding Recurrent Networks',
  label: ({ tokens }) => labelLexemes(flatText(tokens), 'string'),
})
