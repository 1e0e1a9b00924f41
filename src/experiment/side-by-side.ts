// Work on models side by side, each process with one thread. A process is given the experiment, plans it as this one
// has, and works on one number of the plan after the other until there are none left.

import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { UserError } from '../core/errors.ts'
import { packageRoot } from '../core/package-root.ts'
import type { Choice } from './choices.ts'
import type { LoadedExperiment } from './config.ts'
import type { PlannedModel } from './plan.ts'
import { receivedError, sentError, type SentError } from './sent-error.ts'

/** What all processes are to do. */
export interface WorkerTask {
  readonly loaded: LoadedExperiment
  readonly store: string
  readonly work: WorkKind
}

/** What is done to each model: it is trained into the store, or asked what the analyses ask. */
export type WorkKind =
  | { readonly kind: 'train'; readonly fresh: boolean; readonly checkpointSeconds: number | undefined }
  | { readonly kind: 'analyse' }

export type WorkOf<Kind extends WorkKind['kind']> = Extract<WorkKind, { kind: Kind }>

/** To a process: its task, a number of the plan, or why it is to save and stop. It ends when it is disconnected. */
export type WorkerOrder =
  | { readonly kind: 'prepare'; readonly task: WorkerTask }
  | { readonly kind: 'begin'; readonly number: number }
  | { readonly kind: 'stop'; readonly reason: SentError }

/** From a process: that it is prepared, that it is done with one, or why it stops; and what it says meanwhile. */
export type WorkerReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly answer: unknown }
  | { readonly kind: 'failure'; readonly error: SentError }
  | WorkerNews

/** How far a process is with its number, something to tell the user, or what a section chose. */
export type WorkerNews =
  | { readonly kind: 'progress'; readonly share: number; readonly note?: string }
  | { readonly kind: 'info' | 'warning'; readonly message: string }
  | { readonly kind: 'choice'; readonly section: number; readonly choice: Choice }

export interface SideBySideOptions {
  readonly task: WorkerTask
  /** the whole plan */
  readonly planned: readonly PlannedModel[]
  readonly processes: number
  readonly onNews: (model: PlannedModel, news: WorkerNews) => void
  readonly onDone: (model: PlannedModel, answer: unknown) => void
  readonly signal?: AbortSignal
}

/**
 * @param wanted some of the plan, in the order in which they are begun
 * @throws what the first work that fails throws, and the signal's reason where it is aborted
 */
export async function workSideBySide(wanted: readonly PlannedModel[], options: SideBySideOptions): Promise<void> {
  const { processes, signal } = options
  signal?.throwIfAborted()
  const left = [...wanted]
  const outcomes = await Promise.allSettled(Array.from({ length: processes }, () => runWorker(left, options)))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
  signal?.throwIfAborted()
}

/**
 * One process from its start to its end.
 * @param left models that nobody has begun: all processes take from it, and where one fails nothing is left
 */
async function runWorker(left: PlannedModel[], options: SideBySideOptions): Promise<void> {
  const { task, planned, onNews, onDone, signal } = options
  const worker = fork(join(packageRoot(), 'dist/src/experiment/side-by-side-worker.js'), {
    serialization: 'advanced',
    detached: true, // Ctrl-C reaches this process alone; the others end when they are disconnected
  })
  const order = (what: WorkerOrder): void => void worker.send(what)
  let current: PlannedModel | undefined
  let failure: Error | null = null
  const stop = (): void => {
    left.length = 0
    if (worker.connected) order({ kind: 'stop', reason: sentError(signal!.reason as Error) })
  }
  const fail = (error: Error): void => {
    failure = error
    left.length = 0
    worker.disconnect()
  }
  const hear = (report: WorkerReport): void => {
    if (report.kind === 'failure') return fail(receivedError(report.error))
    if (report.kind !== 'ready' && report.kind !== 'done') return onNews(current!, report)
    if (report.kind === 'done') onDone(current!, report.answer)
    current = left.shift()
    if (current === undefined) worker.disconnect()
    else order({ kind: 'begin', number: planned.indexOf(current) })
  }
  worker.on('message', (report: WorkerReport) => {
    try {
      if (failure === null) hear(report)
    } catch (error) {
      fail(error as Error)
    }
  })
  signal?.addEventListener('abort', stop)
  order({ kind: 'prepare', task })
  const how = await ended(worker)
  signal?.removeEventListener('abort', stop)
  if (failure) throw failure
  if (how !== null) {
    left.length = 0
    throw new UserError(
      `A process that was to ${task.work.kind} models ended early (${how}), as it does for want of memory. ` +
        'Run it again, or with --threads 1.',
    )
  }
}

/** Resolves when a process has ended: how, where it did not end well. */
function ended(worker: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    worker.once('error', (error) => resolve(error.message))
    worker.once('exit', (code, signal) => resolve(code === 0 ? null : (signal ?? `exit code ${code}`)))
  })
}
