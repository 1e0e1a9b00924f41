// What is written for PyTorch is read by PyTorch, where it is installed, and by our own reader of its files everywhere.

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadEngine } from '../../../src/engine/load.ts'
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

function write(cell: Cell, format: ExportFormat, size: Partial<Size> = {}) {
  const model = modelWithVocabulary(cell, size)
  const path = join(folder, `model${EXPORT_FORMATS[format].extension}`)
  exportModel(path, model, format)
  return { model, path, logits: engine.run(model, batch, everyLogit).logits! }
}

describe.each(formats)('written as %s', (format) => {
  test.each(cells)('a model (%s) that is read again gives the same logits', (cell) => {
    for (const size of [{}, { tied: true, embedding: 5 }]) {
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
kind, layers, width, units, tokens, path, ids = sys.argv[1:]
class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Embedding(int(tokens), int(width))
        nonlinearity = {"nonlinearity": kind.split(" ")[1]} if kind.startswith("rnn") else {}
        self.rnn = getattr(nn, kind.split(" ")[0].upper())(int(width), int(units), int(layers), **nonlinearity)
        self.decoder = nn.Linear(int(units), int(tokens))
    def forward(self, ids):
        return self.decoder(self.rnn(self.encoder(ids))[0])
model = Model()
model.load_state_dict(torch.load(path), strict=True)
with torch.no_grad():
    print(json.dumps(model.double()(torch.tensor(json.loads(ids)).unsqueeze(1)).flatten().tolist()))
`

test.skipIf(!hasTorch).each(cells)('PyTorch loads a model (%s) with strict=True and has its logits', (cell) => {
  for (const size of [{}, { layers: 1 }, { tied: true, embedding: 5 }]) {
    const { model: { config }, path, logits } = write(cell, 'pytorch', size)
    const { layers, embedding, units, vocabulary } = config
    const sizes = [layers, embedding, units, vocabulary].map(String)
    const theirs = JSON.parse(execFileSync(PYTHON, ['-c', LOAD, cell, ...sizes, path, JSON.stringify([...tokens])], { encoding: 'utf8' })) as number[]
    const farthest = Math.max(...theirs.map((value, index) => Math.abs(value - logits[index])))
    expect(farthest).toBeLessThan(1e-5 * Math.max(...theirs.map(Math.abs)))
  }
}, 60_000)

test('a cell that PyTorch does not have is refused, and a trained start is kept beside', () => {
  expect(() => pytorchTensors(modelWithVocabulary('gru before'))).toThrow('PyTorch has no GRU, reset before')
  const tensors = pytorchTensors(modelWithVocabulary('lstm', { trained: true }))
  expect(tensors['h0'].shape).toEqual([2, 1, 5])
  expect(tensors['c0'].shape).toEqual([2, 1, 5])
})
