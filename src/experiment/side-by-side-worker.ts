// A process that works on models: the other side of side-by-side.ts.

import type { Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import { loadEngine } from '../engine/load.ts'
import { prepareAnalyses } from './analyses/index.ts'
import { gatherMaterials } from './analyses/material.ts'
import { askModel } from './ask-model.ts'
import { modelInStore, obtainModel } from './obtain-model.ts'
import { planModels, type PlannedModel } from './plan.ts'
import { receivedError, sentError } from './sent-error.ts'
import type { WorkerOrder, WorkerReport, WorkerTask, WorkOf } from './side-by-side.ts'
import { openStore, type Store } from './store.ts'
import { subjectOf } from './subject.ts'

/** Between two reports of progress, milliseconds. */
const TELL = 100

/** What is done to one model; gives what the other side is to know of it. */
type Work = (plan: PlannedModel) => Promise<unknown>

const stopped = new AbortController()
let planned: readonly PlannedModel[] = []
let work: Work
process.once('disconnect', () => stopped.abort())
process.on('message', (order: WorkerOrder) => {
  switch (order.kind) {
    case 'prepare':
      return void tell(async () => {
        await prepare(order.task)
        return { kind: 'ready' }
      })
    case 'begin':
      return void tell(async () => ({ kind: 'done', answer: await work(planned[order.number]) }))
    case 'stop':
      return stopped.abort(receivedError(order.reason))
  }
})

async function prepare(task: WorkerTask): Promise<void> {
  const engine = await loadEngine({ engine: 'native', threads: 1 })
  const store = openStore(task.store)
  planned = await planModels(task.loaded, engine, store)
  work = task.work.kind === 'train' ? training(task.work, engine, store) : await analysing(task, engine, store)
}

/** What is trained is in the store: there is nothing more to know. */
function training({ fresh, checkpointSeconds }: WorkOf<'train'>, engine: Engine, store: Store): Work {
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
  return async (plan) => void (await obtainModel(plan, options))
}

async function analysing({ loaded: { experiment, folder } }: WorkerTask, engine: Engine, store: Store): Promise<Work> {
  const sections = await prepareAnalyses(experiment.analyses, planned, gatherMaterials(planned, folder))
  return (plan) => askModel(subjectOf(plan, modelInStore(plan, store), store), plan, sections, {
    engine,
    tell: (share, note) => report({ kind: 'progress', share, note }),
    onChoice: (section, choice) => report({ kind: 'choice', section, choice }),
    signal: stopped.signal,
  })
}

/** Tells the other side how a piece of work ended. */
async function tell(piece: () => Promise<WorkerReport>): Promise<void> {
  try {
    report(await piece())
  } catch (error) {
    report({ kind: 'failure', error: sentError(error as Error) })
  }
}

/** Nobody is told once the other side has gone, which may be while a message is on its way. */
function report(message: WorkerReport): void {
  if (process.connected) process.send!(message, undefined, {}, () => {})
}
