// node dist/test/bench/export-training.js EXPERIMENT.yaml FOLDER: writes what agreement.py needs to train the experiment's
// first model in PyTorch on the very same numbers: training.json (model and training sections, completed) and the three
// parts as token ids, 32-bit integers (training.i32, validation.i32, test.i32).

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadDataset } from '../../src/data/dataset.ts'
import { loadExperiment } from '../../src/experiment/config.ts'
import { isByHand, isReference, modelConfig } from '../../src/experiment/schema/model.ts'

const [file, folder] = process.argv.slice(2)
if (!folder) throw new Error('usage: node dist/test/bench/export-training.js EXPERIMENT.yaml FOLDER')
const { experiment, folder: baseDirectory } = loadExperiment(file)
const [section] = experiment.models
if (isReference(section) || isByHand(section)) throw new Error(`the first model of ${file} is not trained there`)
const [{ data, training }] = experiment.data
const dataset = await loadDataset(data, { baseDirectory })
const model = modelConfig(section, dataset.vocabulary.tokens.length, 0)

mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'training.json'), JSON.stringify({ model, training }, null, 2))
for (const part of ['training', 'validation', 'test'] as const) {
  const { tokens } = dataset[part]
  writeFileSync(join(folder, `${part}.i32`), new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength))
  console.log(`${part}: ${tokens.length} tokens`)
}
