// When in training units come to tell the answers of probes: at every snapshot the best unit is chosen anew in some
// held-out documents and confirmed in the others.

import { Random } from '../../core/random.ts'
import type { DatasetPart } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Model } from '../../model/model.ts'
import type { EmergenceRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { bestUnits, type FindUnitsOptions } from './find-units.ts'
import { halvesOf } from './halves.ts'
import { chanceScore, strength } from './unit-scores.ts'

/** The weights after a share of all updates. */
export interface ShareOfTraining {
  readonly share: number
  readonly model: Model
}

/** A row for each snapshot and probe. @param part held-out documents, as in `findUnits` */
export async function emergence(
  engine: Engine,
  { name, seed }: Pick<AnalysedModel, 'name' | 'seed'>,
  snapshots: readonly ShareOfTraining[],
  part: DatasetPart,
  end: string,
  options: Omit<FindUnitsOptions, 'permutations'>,
): Promise<EmergenceRow[]> {
  const { probes, halves } = halvesOf(part, end, options, new Random(options.randomSeed ?? 1).fork('find-units'))
  const rows: EmergenceRow[] = []
  for (const { share, model } of snapshots) {
    const { units, best } = await bestUnits(engine, model, halves, options)
    probes.forEach((probe, index) => {
      const { unit, heldOut } = best[index]
      rows.push({
        model: name, seed, probe: probe.name, answers: probe.answers === 'yes-no' ? 'yes-no' : 'amount', share,
        unit: units[0][unit].unit, heldOut, strength: strength(heldOut, probe), chance: chanceScore(probe),
      })
    })
  }
  return rows
}
