// Trainings side by side, each in a process of its own with one thread. A process is given the experiment, plans it as
// this one has, and trains one number of the plan after the other until there are none left. Models go through the
// store, so that it does not matter who trained them.

import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { UserError, type Problem } from '../core/errors.ts'
import { packageRoot } from '../core/package-root.ts'
import type { LoadedExperiment } from './config.ts'
import type { ObtainOptions } from './obtain-model.ts'
import type { PlannedModel } from './plan.ts'

/** What a process is started with. */
export interface WorkerTask {
  readonly loaded: LoadedExperiment
  readonly store: string
  readonly fresh: boolean
  readonly checkpointSeconds: number | undefined
}

/** To a process: a number of the plan to train, or that it is to save and stop. It ends when it is disconnected. */
export type WorkerOrder = { readonly kind: 'train'; readonly number: number } | { readonly kind: 'stop' }

/** From a process: that it wants a number, how far it is with one, something to tell the user, or why it stops. */
export type WorkerReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'info' | 'warning'; readonly message: string }
  | { readonly kind: 'failure'; readonly failure: Failure }

/** An error as it can be sent; `stack` is null for a mistake of the user's. */
export interface Failure {
  readonly message: string
  readonly problems: readonly Problem[]
  readonly stack: string | null
}

export interface SideBySideOptions extends ObtainOptions {
  readonly loaded: LoadedExperiment
  readonly processes: number
}

/** Of more models than these the user is not told every evaluation. */
const FEW = 8

/**
 * @param wanted some of the plan
 * @param planned the whole plan
 * @throws what the first training that fails throws, and the signal's reason where it is aborted
 */
export async function trainSideBySide(
  wanted: readonly PlannedModel[],
  planned: readonly PlannedModel[],
  options: SideBySideOptions,
): Promise<void> {
  const { loaded, store, fresh = false, checkpointSeconds, log, signal } = options
  const processes = Math.min(options.processes, wanted.length)
  const numbers = wanted.map((plan) => planned.indexOf(plan))
  const shares = new Map<number, number>()
  let begun = 0
  const jobs: Jobs = {
    task: { loaded, store: store.directory, fresh, checkpointSeconds },
    next: () => numbers[begun++],
    cancel: () => void (begun = numbers.length),
    progress(number, share) {
      shares.set(number, share)
      const done = [...shares.values()].reduce((sum, each) => sum + each, 0)
      const { name, seed } = planned[number]
      log.progress({ stage: 'training', done, total: numbers.length, unit: 'models', note: `${name}, seed ${seed}` })
    },
    say: ({ kind, message }) => {
      if (kind === 'warning') log.warn(message)
      else if (numbers.length <= FEW) log.info(message)
    },
  }
  log.info(`Training ${numbers.length} small models, ${processes} side by side.`)
  const outcomes = await Promise.allSettled(Array.from({ length: processes }, () => runWorker(jobs, signal)))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
  signal?.throwIfAborted()
}

/** What the processes share. */
interface Jobs {
  readonly task: WorkerTask
  /** undefined when there are no more */
  next(): number | undefined
  /** nothing more is begun */
  cancel(): void
  /** @param share from 0 to 1 */
  progress(number: number, share: number): void
  say(report: Extract<WorkerReport, { message: string }>): void
}

/** One process from its start to its end. */
function runWorker(jobs: Jobs, signal: AbortSignal | undefined): Promise<void> {
  const worker = fork(join(packageRoot(), 'dist/src/experiment/side-by-side-worker.js'), {
    serialization: 'advanced',
    detached: true, // Ctrl-C reaches this process alone; the others end when they are disconnected
  })
  const order = (what: WorkerOrder): void => void worker.send(what)
  const save = (): void => {
    jobs.cancel()
    order({ kind: 'stop' })
  }
  signal?.addEventListener('abort', save)
  let failure: Error | null = null
  let current: number | undefined
  worker.on('message', (report: WorkerReport) => {
    switch (report.kind) {
      case 'ready':
        if (current !== undefined) jobs.progress(current, 1)
        current = jobs.next()
        if (current === undefined) worker.disconnect()
        else order({ kind: 'train', number: current })
        return
      case 'progress':
        return jobs.progress(current!, report.share)
      case 'failure':
        failure = errorOf(report.failure)
        jobs.cancel()
        return worker.disconnect()
      default:
        jobs.say(report)
    }
  })
  worker.send(jobs.task)
  return ended(worker).then((how) => {
    signal?.removeEventListener('abort', save)
    if (failure) throw failure
    if (how !== null) {
      jobs.cancel()
      throw new Error(`a training process ended early (${how})`)
    }
  })
}

/** Resolves when a process has ended: how, where it did not end well. */
function ended(worker: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    worker.once('error', (error) => resolve(error.message))
    worker.once('exit', (code, signal) => resolve(code === 0 ? null : (signal ?? `exit code ${code}`)))
  })
}

function errorOf({ message, problems, stack }: Failure): Error {
  if (stack === null) return new UserError(message, { problems })
  return Object.assign(new Error(message), { stack })
}
