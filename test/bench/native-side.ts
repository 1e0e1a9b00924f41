// Our side: the native engine in a process of its own. See side.ts for what it is asked and how it answers.

import { createInterface } from 'node:readline'
import { Random } from '../../src/core/random.ts'
import type { TrainingBatch } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import { initializeWeights } from '../../src/model/initialization.ts'
import { siteName, sitesOf, siteWidth } from '../../src/model/sites.ts'
import { type Configuration, modelConfig } from './configurations.ts'
import type { Reply, Work } from './side.ts'

const settings = JSON.parse(process.argv[2]) as Configuration & { threads: number }
const engine = await loadEngine({ engine: 'native', threads: settings.threads })
const config = modelConfig(settings)
const random = new Random('bench')
const model = { config, weights: initializeWeights(config, random.fork('weights')) }
const batch: TrainingBatch = {
  tokens: randomTokens('tokens'),
  targets: randomTokens('targets'),
  rows: settings.batch,
  steps: settings.steps,
  carry: true,
}
const trainer = engine.trainer(model, {
  optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  clip: 1,
  loss: 'mean',
  seed: 1,
})
const { tokens, targets, rows, steps } = batch
const text = { tokens, rows, steps }
const everySite = sitesOf(config).map(siteName)
const into = Object.fromEntries(
  sitesOf(config).map((site) => [siteName(site), new Float32Array(rows * steps * siteWidth(site, config))]),
)

const works: Partial<Record<Work, () => void>> = {
  train: () => trainer.update(batch, 0.001),
  forward: () => engine.run(model, text),
  'forward-recording': () => engine.run(model, text, { record: everySite, into }),
  decode: () => engine.run(model, text, { targets }),
  'decode-recording': () => engine.run(model, text, { targets, record: everySite, into }),
}

for await (const line of createInterface({ input: process.stdin })) {
  const { work, repetitions } = JSON.parse(line) as { work: Work; repetitions: number }
  const run = works[work]
  if (!run) throw new Error(`this side cannot do ${work}`)
  const start = performance.now()
  for (let repetition = 0; repetition < repetitions; repetition++) run()
  const reply: Reply = { seconds: (performance.now() - start) / 1000, memory: process.resourceUsage().maxRSS * 1024 }
  process.stdout.write(`${JSON.stringify(reply)}\n`)
}

function randomTokens(name: string): Int32Array {
  const stream = random.fork(name)
  return Int32Array.from({ length: settings.batch * settings.steps }, () => stream.integer(settings.vocabulary))
}
