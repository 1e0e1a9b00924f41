// What the models write, coloured by units, and with these units held at values.

import { writeSamples } from '../../analysis/samples.ts'
import { Random } from '../../core/random.ts'
import { encode, tokensOf } from '../../data/vocabulary.ts'
import { chosenUnits, rowsOfEach, type AnalysisRunner } from './context.ts'

export const runSamples: AnalysisRunner<'samples'> = async (section, context) => {
  const { engine, material, signal } = context
  const { hold: held, length, temperature: temperatures, prompt, initial } = section
  const { vocabulary } = material.dataset
  const read = encode(vocabulary, tokensOf(prompt, vocabulary))
  const random = new Random('samples')
  const written = await rowsOfEach(section, context, async (subject) => {
    const samples = []
    for (const unit of chosenUnits(section.units, subject, context)) {
      const options = { held, length, temperatures, prompt: read, initial, random, signal }
      samples.push(await writeSamples(engine, subject, unit, options))
    }
    return samples
  })
  return [{ analysis: 'samples', texts: written.map(({ text }) => text), rows: written.flatMap(({ rows }) => rows) }]
}
