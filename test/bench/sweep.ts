// npm run bench:sweep: every unit of an LSTM 2×650 with 50,000 words removed in turn, on 4,000 sentences of the kind that
// Lakretz et al. (2019) use, beside the same written the obvious way in PyTorch: cut a unit's outgoing weights, read all
// sentences as one batch, take the log softmax, compare two words. Some units a round on either side; then ours in whole.

import { mkdtempSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../../src/core/package-root.ts'
import { Random } from '../../src/core/random.ts'
import { loadEngine } from '../../src/engine/load.ts'
import type { Vocabulary } from '../../src/data/vocabulary.ts'
import { initializeWeights } from '../../src/model/initialization.ts'
import type { Choice } from '../../src/tasks/items.ts'
import { sweepUnits } from '../../src/tasks/sweep.ts'
import { modelConfig, type Configuration } from './configurations.ts'
import { interleave, median, ratioOf } from './measure.ts'
import { Side } from './side.ts'

const [units, vocabularySize, frames] = [650, 50_000, 1000]
const threads = Number(process.argv[2] ?? 2)
const rounds = Number(process.argv[3] ?? 5)
const python = process.argv[4] ?? '/usr/bin/python3'
const SHARE = 10 // units of each layer that we remove in a round; PyTorch removes one

const configuration: Configuration = {
  name: 'sweep', cell: 'lstm', layers: 2, units, embedding: units, vocabulary: vocabularySize, batch: 500, steps: 6, target: 20,
}
const config = modelConfig(configuration)
const vocabulary: Vocabulary = {
  kind: 'words', tokens: Array.from({ length: vocabularySize }, (_, id) => `w${id}`), rare: 'unknown', lowercase: false, end: 'w0',
}
const model = { config, vocabulary, weights: initializeWeights(config, new Random('sweep')) }
const engine = await loadEngine({ engine: 'native', threads })
const items = sentences()

const file = join(mkdtempSync(join(tmpdir(), 'probe-sweep-')), 'sentences.json')
writeFileSync(file, JSON.stringify(items.map(({ prefix, right, wrong }) => [['w0', ...prefix], [right, wrong]].map((words) => words.map((word) => Number(word.slice(1)))))))
const theirs = Side.pytorch(python, join(packageRoot(), 'test', 'bench', 'sweep.py'), { ...configuration, name: file }, threads)

const some = Array.from({ length: SHARE }, (_, unit) => unit * 7)
const [ours, pytorch] = await interleave([() => secondsFor(some), () => theirs.time('sweep')], rounds)
theirs.close()
const perUnit = ours.map((seconds) => seconds / (2 * SHARE))
const ratio = ratioOf(pytorch, perUnit)
const whole = await secondsFor(Array.from({ length: units }, (_, unit) => unit))
console.log(`${cpus()[0].model}, ${threads} threads, ${rounds} rounds, ${items.length} sentences of ${configuration.steps} tokens`)
console.log(`a unit: ours ${(1000 * median(perUnit)).toFixed(0)} ms, PyTorch ${(1000 * median(pytorch)).toFixed(0)} ms, ` +
  `${ratio.median.toFixed(1)} times [${ratio.low.toFixed(1)}, ${ratio.high.toFixed(1)}]`)
console.log(`all ${2 * units} units: ours ${whole.toFixed(0)} s, PyTorch ${(2 * units * median(pytorch)).toFixed(0)} s by that`)

/** Both layers. */
async function secondsFor(own: readonly number[]): Promise<number> {
  const start = performance.now()
  for (const site of ['0.hidden', '1.hidden']) await sweepUnits(engine, model, items, { site, set: 'zero', units: own })
  return (performance.now() - start) / 1000
}

/** “The N near the N V” in four conditions: 20 nouns, 3 prepositions, 10 nouns of places, 15 verbs, each in two numbers. */
function sentences(): Choice[] {
  const random = new Random('sentences')
  const noun = (lemma: number, plural: boolean) => `w${100 + 2 * lemma + Number(plural)}`
  const place = (lemma: number, plural: boolean) => `w${200 + 2 * lemma + Number(plural)}`
  const verb = (lemma: number, plural: boolean) => `w${300 + 2 * lemma + Number(plural)}`
  return Array.from({ length: frames }, () => [20, 3, 10, 15].map((count) => random.integer(count))).flatMap(
    ([subject, preposition, object, action]) => [[false, false], [false, true], [true, false], [true, true]].map(([own, other]) => ({
      prefix: ['w1', noun(subject, own), `w${10 + preposition}`, 'w1', place(object, other)],
      right: verb(action, own),
      wrong: verb(action, !own),
    })),
  )
}
