import { defineProbe } from '../src/probe.ts'
import { flatText } from './reading/flat-text.ts'
import { readNesting } from './reading/nesting.ts'

/** With or without braces; what stands behind `else` is not in it. */
export const ifBody = defineProbe({
  name: 'if-body',
  question: 'Is this in the body of an if statement of C?',
  answers: 'yes-no',
  unit: 'characters',
  reference: 'Karpathy, Johnson & Fei-Fei (2015), Visualizing and Understanding Recurrent Networks',
  label: ({ tokens }) => readNesting(flatText(tokens)).map((place) => place?.ifBody),
})
