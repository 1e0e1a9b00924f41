import { defineProbe } from '../src/probe.ts'
import { flatText } from './reading/flat-text.ts'
import { readNesting } from './reading/nesting.ts'

export const ifCondition = defineProbe({
  name: 'if-condition',
  question: 'Is this in the condition of an if statement of C?',
  answers: 'yes-no',
  unit: 'characters',
  reference: 'Karpathy, Johnson & Fei-Fei (2015), Visualizing and Understanding Recurrent Networks',
  label: ({ tokens }) => readNesting(flatText(tokens)).map((place) => place?.ifCondition),
})
