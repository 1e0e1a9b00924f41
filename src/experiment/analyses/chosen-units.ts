// The units that `units:` of a section means in a model.

import type { ColoringUnit } from '../../analysis/text.ts'
import { UserError } from '../../core/errors.ts'
import { choicesOf, type UnitChoice } from '../schema/units.ts'
import type { ChosenAbove, Subject } from './context.ts'

/** None for a probe that could not be asked, as the audit of find-units says. */
export function chosenUnits(choice: UnitChoice, subject: Subject, chosen: ChosenAbove): readonly ColoringUnit[] {
  return choicesOf(choice).flatMap((one): readonly ColoringUnit[] => {
    switch (one.kind) {
      case 'unit':
        return [{ unit: one.unit, note: '' }]
      case 'top':
        return known(chosen.topUnits, `top ${one.count}`, 'ablation-sweep')
          .slice(0, one.count)
          .map((unit, rank) => ({ unit, note: `${rank + 1} in the ablation sweep` }))
      case 'syntax':
        return known(chosen.syntaxUnits, `syntax ${one.count}`, 'syntax-units')
          .slice(0, one.count)
          .map((unit, rank) => ({ unit, note: `${rank + 1} of the syntax units` }))
      case 'best': {
        const { probe } = one
        const note = `best for ${probe}`
        const unit = known(chosen.best.get(probe), note, `find-units with the probe ${probe}`)
        return unit === null ? [] : [{ unit, note }]
      }
      case 'typical':
        return [{ unit: known(chosen.typical, 'typical', 'find-units'), note: 'typical' }]
    }
  })

  function known<T>(units: T | undefined, given: string, above: string): T {
    if (units !== undefined) return units
    throw new UserError(`"${given}": no ${above} above looked at the model ${subject.name}.`)
  }
}

/** Their names alone. */
export function namesOfChosen(choice: UnitChoice, subject: Subject, chosen: ChosenAbove): readonly string[] {
  return chosenUnits(choice, subject, chosen).map(({ unit }) => unit)
}
