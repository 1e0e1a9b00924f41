// One side of the comparison: a child process that keeps a model in memory and, when asked on its standard input, runs it
// some times and answers with the time taken. Both sides live at once and are asked in turn, so that whatever else happens
// on the machine happens to both.

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Configuration } from './configurations.ts'

/** `train`: updates. `forward`: reads the batch. `decode`: the same with log p of every next token. `…-recording`: keeps
 *  every site. `sgemm`: products of two 1024 × 1024 matrices. `count`: all updates on the configuration's words. `sweep`: all
 *  sentences without a unit. */
export type Work = 'count' | 'sweep' | 'train' | 'forward' | 'forward-recording' | 'decode' | 'decode-recording' | 'sgemm'

export interface Reply {
  /** for all the repetitions together */
  readonly seconds: number
  /** most memory that the process has held so far, bytes */
  readonly memory: number
}

/** Seconds that one request should last: long against the clock and the scheduler, short against the machine's moods. */
const TARGET_SECONDS = 0.3

interface Running {
  readonly child: ChildProcessByStdio<Writable, Readable, null>
  readonly replies: AsyncIterator<string>
}

export class Side {
  readonly threads: number
  private readonly start: () => Running
  private running: Running | null = null
  private readonly repetitions = new Map<Work, number>()

  /** The process starts when it is first asked. */
  private constructor(command: readonly string[], configuration: Configuration, threads: number) {
    this.threads = threads
    this.start = () => {
      const [program, ...parameters] = [...command, JSON.stringify({ ...configuration, threads })]
      const environment = { ...process.env, OMP_NUM_THREADS: `${threads}`, OPENBLAS_NUM_THREADS: `${threads}` }
      const child = spawn(program, parameters, { stdio: ['pipe', 'pipe', 'inherit'], env: environment })
      return { child, replies: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
    }
  }

  static native(configuration: Configuration, threads: number): Side {
    return new Side([process.execPath, fileURLToPath(new URL('native-side.js', import.meta.url))], configuration, threads)
  }

  static pytorch(python: string, script: string, configuration: Configuration, threads: number): Side {
    return new Side([python, script], configuration, threads)
  }

  /** Seconds of one repetition. The first call warms up and finds out how many repetitions make a request long enough. */
  async time(work: Work): Promise<number> {
    let repetitions = this.repetitions.get(work)
    if (repetitions === undefined) {
      await this.ask(work, 2)
      const { seconds } = await this.ask(work, 2)
      repetitions = Math.max(1, Math.ceil((TARGET_SECONDS * 2) / seconds))
      this.repetitions.set(work, repetitions)
    }
    return (await this.ask(work, repetitions)).seconds / repetitions
  }

  /** Most memory that the process has held, bytes. */
  async memory(): Promise<number> {
    return (await this.ask('train', 0)).memory
  }

  close(): void {
    this.running?.child.stdin.end()
  }

  private async ask(work: Work, repetitions: number): Promise<Reply> {
    this.running ??= this.start()
    const { child, replies } = this.running
    child.stdin.write(`${JSON.stringify({ work, repetitions })}\n`)
    const { value, done } = await replies.next()
    if (done) throw new Error(`${child.spawnargs.slice(0, 2).join(' ')} ended early`)
    return JSON.parse(value) as Reply
  }
}
