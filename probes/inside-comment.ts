import { defineProbe } from '../src/probe.ts'
import { flatText } from './reading/flat-text.ts'
import { labelLexemes } from './reading/lexemes.ts'

export const insideComment = defineProbe({
  name: 'inside-comment',
  question: 'Is this inside a comment of the code?',
  answers: 'yes-no',
  unit: 'characters',
  reference: 'Karpathy, Johnson & Fei-Fei (2015), Visualizing and Understanding Recurrent Networks',
  label: ({ tokens }) => labelLexemes(flatText(tokens), 'comment'),
})
