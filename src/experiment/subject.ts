// A model of the plan as analyses see it.

import type { Subject } from './analyses/context.ts'
import type { PlannedModel } from './plan.ts'
import { readSnapshots, type Store, type StoredModel } from './store.ts'

export function subjectOf(
  { name, entry, seed, key, making }: PlannedModel,
  { model, training }: StoredModel,
  store: Store,
): Subject {
  return {
    name,
    entry,
    seed,
    model,
    planted: making.kind === 'by hand' ? making.counters : null,
    snapshots: () => readSnapshots(store, key).map((snapshot) => (
      { share: snapshot.updates / training.updates, model: snapshot.model }
    )),
  }
}
