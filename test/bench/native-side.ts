// Our side: the native engine in a process of its own. See side.ts for what it is asked and how it answers.

import { createInterface } from 'node:readline'
import { Random } from '../../src/core/random.ts'
import type { Sentences, TrainingBatch } from '../../src/engine/engine.ts'
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

const updates = settings.words ?? []
const sentences = words(settings.steps)
const draws = Int32Array.from(updates.flat(), (n) => n - 1)
const rates = new Float64Array(updates.length).fill(0.01)

const works: Partial<Record<Work, () => void>> = {
  count: () => trainer.updateOn(sentences, draws, rates),
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

/** Every aⁿbⁿ with its end that is no longer than `longest`. */
function words(longest: number): Sentences {
  const [end, a, b] = [0, 1, 2]
  const every = Array.from({ length: (longest - 1) >> 1 }, (_, index) => index + 1)
  const tokens = every.flatMap((n) => [...Array<number>(n).fill(a), ...Array<number>(n).fill(b), end])
  return { tokens: Int32Array.from(tokens), starts: Int32Array.from(every, (n) => n * n - 1), context: end }
}
