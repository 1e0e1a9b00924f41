// The benchmark's four questions, each answered by a Markdown table: how fast is a training step beside PyTorch's, how fast
// is a counter trained on words, what does a busy neighbour cost, what does recording cost.

import type { ChildProcess } from 'node:child_process'
import { type Configuration, describe, trainingOperations } from './configurations.ts'
import { fastest, interleave, median, type Ratio, ratioOf } from './measure.ts'
import type { Side } from './side.ts'

/** The processes of one configuration, one for each number of threads. `pytorch` is empty where there is no PyTorch. */
export interface Sides {
  readonly configuration: Configuration
  readonly ours: readonly Side[]
  readonly pytorch: readonly Side[]
}

export const TRAINING_HEADER = header([
  'training step', 'ours, ms', 'PyTorch, ms', 'times faster', 'goal', 'share of SGEMM', 'memory, MB: ours, PyTorch',
])

/** Ours, best number of threads, against PyTorch's best. The share is of PyTorch's own matrix product on as many threads. */
export async function trainingRow({ configuration, ours, pytorch }: Sides, rounds: number): Promise<string> {
  const sides = [...ours, ...pytorch]
  const times = await interleave(
    [...sides.map((side) => () => side.time('train')), ...pytorch.map((side) => () => side.time('sgemm'))],
    rounds,
  )
  const ourTimes = times.slice(0, ours.length)
  const theirTimes = times.slice(ours.length, sides.length)
  const productTimes = times.slice(sides.length)
  const best = fastest(ourTimes)
  const memory = await Promise.all([ours[best], pytorch[fastest(theirTimes)]].map((side) => side?.memory()))
  const share = (trainingOperations(configuration) / median(ourTimes[best])) * (median(productTimes[best] ?? [NaN]) / 2 ** 31)
  return row([
    describe(configuration),
    byThreads(ours, ourTimes),
    pytorch.length ? byThreads(pytorch, theirTimes) : '–',
    pytorch.length ? spread(ratioOf(theirTimes[fastest(theirTimes)], ourTimes[best])) : '–',
    `${configuration.target}`,
    pytorch.length ? `${Math.round(100 * share)} %` : '–',
    memory.map((bytes) => (bytes ? Math.round(bytes / 1e6) : '–')).join(', '),
  ])
}

export const COUNTING_HEADER = header(['update on drawn words', 'ours, ms', 'PyTorch, ms', 'times faster', 'goal'])

/** The same words on both sides; PyTorch reads them padded. Ours, best number of threads, against PyTorch's best. */
export async function countingRow({ configuration, ours, pytorch }: Sides, rounds: number): Promise<string> {
  const times = await interleave([...ours, ...pytorch].map((side) => () => side.time('count')), rounds)
  const each = times.map((own) => own.map((seconds) => seconds / configuration.words!.length))
  const [ourTimes, theirTimes] = [each.slice(0, ours.length), each.slice(ours.length)]
  return row([
    describe(configuration),
    byThreads(ours, ourTimes),
    pytorch.length ? byThreads(pytorch, theirTimes) : '–',
    pytorch.length ? spread(ratioOf(theirTimes[fastest(theirTimes)], ourTimes[fastest(ourTimes)])) : '–',
    `${configuration.target}`,
  ])
}

export const BUSY_HEADER = header([
  'beside one busy process', 'ours, ms: quiet, busy', 'times slower', 'PyTorch, ms: quiet, busy', 'times slower',
])

/** Both at the most threads, where a neighbour hurts. The neighbour is stopped and continued in turn, round by round. */
export async function busyRow({ configuration, ours, pytorch }: Sides, neighbour: ChildProcess, rounds: number): Promise<string> {
  const sides = [ours.at(-1), pytorch.at(-1)].filter((side) => side !== undefined)
  const beside = (signal: 'SIGSTOP' | 'SIGCONT', side: Side) => async () => {
    neighbour.kill(signal)
    return side.time('train')
  }
  const contestants = sides.flatMap((side) => [beside('SIGSTOP', side), beside('SIGCONT', side)])
  const times = await interleave(contestants, rounds)
  neighbour.kill('SIGSTOP')
  const cells = sides.flatMap((_, index) => {
    const [quiet, busy] = times.slice(2 * index)
    return [`${milliseconds(median(quiet))}, ${milliseconds(median(busy))}`, spread(ratioOf(busy, quiet))]
  })
  return row([describe(configuration), ...cells, ...Array<string>(4 - cells.length).fill('–')])
}

export const RECORDING_HEADER = header([
  'reading a batch, recording every site', 'states only, ms', 'times longer', 'with log p of every token, ms', 'times longer',
])

/** Ours only, at the most threads: a plain forward pass against one that keeps every site of every layer. */
export async function recordingRow({ configuration, ours }: Sides, rounds: number): Promise<string> {
  const side = ours.at(-1)!
  const [forward, recorded, decoded, decodedRecorded] = await interleave(
    (['forward', 'forward-recording', 'decode', 'decode-recording'] as const).map((work) => () => side.time(work)),
    rounds,
  )
  return row([
    describe(configuration),
    `${milliseconds(median(forward))}, ${milliseconds(median(recorded))}`,
    spread(ratioOf(recorded, forward)),
    `${milliseconds(median(decoded))}, ${milliseconds(median(decodedRecorded))}`,
    spread(ratioOf(decodedRecorded, decoded)),
  ])
}

function byThreads(sides: readonly Side[], times: readonly (readonly number[])[]): string {
  return sides.map((side, index) => `${milliseconds(median(times[index]))} (${side.threads})`).join(', ')
}

function milliseconds(seconds: number): string {
  return `${Number((1000 * seconds).toPrecision(3))}`
}

function spread({ median, low, high }: Ratio): string {
  return `${median.toPrecision(3)} [${low.toPrecision(3)}, ${high.toPrecision(3)}]`
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function header(cells: readonly string[]): string {
  return `${row(cells)}\n${row(cells.map(() => '---'))}`
}
