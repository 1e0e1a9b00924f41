// A process that trains: the other side of side-by-side.ts.

import { UserError } from '../core/errors.ts'
import type { Log } from '../core/log.ts'
import { loadEngine } from '../engine/load.ts'
import { obtainModel } from './obtain-model.ts'
import { planModels } from './plan.ts'
import type { Failure, WorkerOrder, WorkerReport, WorkerTask } from './side-by-side.ts'
import { openStore } from './store.ts'

const stopped = new AbortController()
const stop = () => stopped.abort(new UserError('Stopped.'))
process.once('disconnect', stop)
process.once('message', (task: WorkerTask) => void answer(work(task)))

/** Between two reports of progress, milliseconds. */
const TELL = 100

/** Makes ready for orders, and says so. */
async function work({ loaded, store: directory, fresh, checkpointSeconds }: WorkerTask): Promise<void> {
  const engine = await loadEngine({ engine: 'native', threads: 1 })
  const store = openStore(directory)
  const planned = await planModels(loaded, engine, store)
  let told = 0
  const log: Log = {
    progress({ done, total }) {
      if (performance.now() - told < TELL) return
      told = performance.now()
      report({ kind: 'progress', share: done / total })
    },
    info: (message) => report({ kind: 'info', message }),
    warn: (message) => report({ kind: 'warning', message }),
  }
  const options = { engine, store, fresh, checkpointSeconds, log, signal: stopped.signal }
  process.on('message', (order: WorkerOrder) => {
    if (order.kind === 'stop') stop()
    else void answer(obtainModel(planned[order.number], options))
  })
}

/** Tells the other side how a piece of work ended. */
async function answer(work: Promise<unknown>): Promise<void> {
  try {
    await work
    report({ kind: 'ready' })
  } catch (error) {
    report({ kind: 'failure', failure: failureOf(error as Error) })
  }
}

/** Nobody is told once the other side has gone, which may be while a message is on its way. */
function report(message: WorkerReport): void {
  if (process.connected) process.send!(message, undefined, {}, () => {})
}

function failureOf(error: Error): Failure {
  const isMistake = error instanceof UserError
  return { message: error.message, problems: isMistake ? error.problems : [], stack: isMistake ? null : error.stack ?? '' }
}
