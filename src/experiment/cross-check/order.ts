// Units that an analysis above chooses.

import type { Problem } from '../../core/errors.ts'
import type { AnalysisKeys } from '../schema/analyses.ts'
import { choicesOf, type OneChoice } from '../schema/units.ts'
import type { Entry } from './entries.ts'

/** What is chosen by an analysis above needs that analysis. */
export function orderProblems({ path, value }: Entry<AnalysisKeys>, above: readonly Entry<AnalysisKeys>[]): Problem[] {
  const stands = (name: AnalysisKeys['analysis']) => above.some((analysis) => analysis.value.analysis === name)
  return choicesOf(value.units).flatMap((choice, index) => {
    const missing = missingAbove(choice)
    if (missing === null) return []
    const place = typeof value.units === 'string' ? 'units' : `units[${index}]`
    return [{ path: `${path}.${place}`, message: missing }]
  })

  function missingAbove(choice: OneChoice): string | null {
    switch (choice.kind) {
      case 'unit':
        return null
      case 'top':
        return stands('ablation-sweep')
          ? null
          : `"top ${choice.count}" needs an ablation-sweep above it, which says which units are on top.`
      case 'syntax':
        return stands('syntax-units')
          ? null
          : `"syntax ${choice.count}" needs a syntax-units above it, which says which units follow the depth of phrases.`
      case 'best':
        return above.some(({ value: { analysis, probes } }) => analysis === 'find-units' && probes?.includes(choice.probe))
          ? null
          : `"best for ${choice.probe}" needs a find-units above it with the probe ${choice.probe}, which says which unit is best.`
      case 'typical':
        return stands('find-units') ? null : '"typical" needs a find-units above it, which looks at every unit.'
    }
  }
}
