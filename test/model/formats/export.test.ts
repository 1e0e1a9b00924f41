// What is written for PyTorch is read by PyTorch, where it is installed, and by our own reader of its files everywhere.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadEngine } from '../../../src/engine/load.ts'
import { outputsOf } from '../../../src/model/config.ts'
import { EXPORT_FORMATS, exportModel, pytorchTensors, type ExportFormat } from '../../../src/model/formats/export.ts'
import { importModel } from '../../../src/model/formats/import.ts'
import { CELLS, type Cell, type Size } from '../../engine/models.ts'
import { modelWithVocabulary } from '../../small.ts'

const engine = await loadEngine({ threads: 1 })
const tokens = Int32Array.of(0, 3, 1, 7, 7, 2, 8, 4)
const everyLogit = { logitsAt: Int32Array.from(tokens.keys()) }
const batch = { tokens, rows: 1, steps: tokens.length }
const PYTHON = process.env['PROBE_PYTHON'] ?? '/usr/bin/python3'
const hasTorch = spawnSync(PYTHON, ['-c', 'import torch']).status === 0
const cells = CELLS.filter((cell) => cell !== 'gru before')
const formats = Object.keys(EXPORT_FORMATS) as ExportFormat[]

let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'probe-export-')) })
afterAll(() => rmSync(folder, { recursive: true }))

function write(cell: Cell, format: ExportFormat, size: Partial<Size> = {}, name = 'model') {
  const model = modelWithVocabulary(cell, size)
  const path = join(folder, `${name}${EXPORT_FORMATS[format].extension}`)
  exportModel(path, model, format)
  return { model, path, logits: engine.run(model, batch, everyLogit).logits! }
}

describe.each(formats)('written as %s', (format) => {
  test.each(cells)('a model (%s) that is read again gives the same logits', (cell) => {
    for (const size of [{}, { tied: true, embedding: 5 }, { trained: true }]) {
      const { model, path, logits } = write(cell, format, size)
      const activation = cell === 'rnn relu' ? 'relu' : 'tanh'
      const { model: again } = importModel(path, model.vocabulary, { map: new Map(), ignore: [], activation })
      expect(engine.run(again, batch, everyLogit).logits).toEqual(logits)
      expect(again.config.tied).toBe(model.config.tied && format === 'pytorch')
    }
    expect(readdirSync(folder).every((name) => name.startsWith('model.'))).toBe(true)
  })
})

const LOAD = `
import json, sys, torch
from torch import nn
class Model(nn.Module):
    def __init__(self, cell, layers, width, units, tokens, outputs, both):
        super().__init__()
        kind, *activation = cell.split(" ")
        self.encoder = nn.Embedding(tokens, width)
        options = {"nonlinearity": activation[0]} if kind == "rnn" else {}
        self.rnn = getattr(nn, kind.upper())(width, units, layers, bidirectional=both, **options)
        self.decoder = nn.Linear(2 * units if both else units, outputs)
    def forward(self, ids):
        return self.decoder(self.rnn(self.encoder(ids))[0])
answers = []
for path, sizes, ids in json.load(sys.stdin):
    model = Model(*sizes)
    model.load_state_dict(torch.load(path), strict=True)
    with torch.no_grad():
        answers.append(model.double()(torch.tensor(ids).unsqueeze(1)).flatten().tolist())
print(json.dumps(answers))
`

test.skipIf(!hasTorch)('PyTorch loads every cell with strict=True and has its logits, from both ends too', () => {
  const shapes: Partial<Size>[] = [{}, { layers: 1 }, { tied: true, embedding: 5 }, { layers: 3, bidirectional: true, tags: 4 }]
  const written = cells.flatMap((cell) => shapes.map((size, index) => {
    const { model: { config }, path, logits } = write(cell, 'pytorch', size, `${cell}-${index}`)
    const { layers, embedding, units, vocabulary, bidirectional = false } = config
    return { path, sizes: [cell, layers, embedding, units, vocabulary, outputsOf(config), bidirectional], logits }
  }))
  const input = JSON.stringify(written.map(({ path, sizes }) => [path, sizes, [...tokens]]))
  const answers = JSON.parse(execFileSync(PYTHON, ['-c', LOAD], { input, encoding: 'utf8' })) as number[][]
  expect(answers).toHaveLength(shapes.length * cells.length)
  answers.forEach((theirs, index) => {
    const farthest = Math.max(...theirs.map((value, at) => Math.abs(value - written[index].logits[at])))
    expect(farthest).toBeLessThan(1e-5 * Math.max(...theirs.map(Math.abs)))
  })
}, 60_000)

test('a cell that PyTorch does not have is refused, and a trained start is kept beside', () => {
  expect(() => pytorchTensors(modelWithVocabulary('gru before'))).toThrow('PyTorch has no GRU, reset before')
  expect(() => pytorchTensors(modelWithVocabulary('lstm', { skip: true }))).toThrow('PyTorch has no layers that add what they read')
  expect(() => pytorchTensors(modelWithVocabulary('lstm', { bidirectional: true }))).toThrow('PyTorch has no module for two language models')
  const tensors = pytorchTensors(modelWithVocabulary('lstm', { trained: true }))
  expect(tensors['h0'].shape).toEqual([2, 1, 5])
  expect(tensors['c0'].shape).toEqual([2, 1, 5])
})
