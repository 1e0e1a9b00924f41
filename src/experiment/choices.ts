// What was chosen before it was judged: choices.json in the run directory, written anew the moment an analysis has chosen and
// before it looks at anything else. The report prints its SHA-256. Models that are asked side by side choose in any
// order; the file has that of the experiment.

import { readFileSync, rmSync } from 'node:fs'
import type { UnitsChosen } from '../analysis/chosen-unit.ts'
import { sha256, writeFileAtomic } from '../core/files.ts'
import { readableJson } from '../core/json.ts'

/** The units that one analysis chose in one trained model. */
export interface Choice extends UnitsChosen {
  readonly analysis: string
  readonly model: string
  readonly seed: number
}

/** What the report says of them. */
export interface ChoicesSummary {
  readonly choices: number
  readonly sha256: string
}

export interface ChoicePlace {
  readonly section: number
  readonly model: number
}

export interface Choices {
  /** @param place of the section and of the model in it: choices are in the order of their places */
  freeze(choice: Choice, place: ChoicePlace): void
  /** null where nothing was chosen */
  summary(): ChoicesSummary | null
}

/** @param path of the file; one of an earlier run is taken away */
export function openChoices(path: string): Choices {
  const frozen: { readonly choice: Choice; readonly place: ChoicePlace }[] = []
  rmSync(path, { force: true })
  return {
    freeze(choice, place) {
      frozen.push({ choice, place })
      frozen.sort(({ place: a }, { place: b }) => a.section - b.section || a.model - b.model)
      writeFileAtomic(path, readableJson(frozen.map((each) => each.choice)))
    },
    summary() {
      return frozen.length === 0 ? null : { choices: frozen.length, sha256: sha256(readFileSync(path, 'utf8')) }
    },
  }
}
