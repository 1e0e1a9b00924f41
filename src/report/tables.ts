// Results as tables with described columns: what tables/NAME.csv holds and what stands under each chart. Fractions stay
// fractions; sentences and charts turn them into percent and points.

import type { AnalysisResult } from '../analysis/results.ts'
import { groupBy, type Table } from '../core/rows.ts'
import { agreementTables } from './tables/agreement.ts'
import { attributionTables } from './tables/attribution.ts'
import { classifierTables } from './tables/classifiers.ts'
import { contextualTables } from './tables/contextual.ts'
import { counterTables, countingTables, precisionTables, traceTables } from './tables/counting.ts'
import { emergenceTables, findingTables } from './tables/finding.ts'
import { generalizationTables } from './tables/generalization.ts'
import { jacobianTables, lagTables, marginTraceTables, sensitivityTables } from './tables/gradients.ts'
import { ablationKindTables, patchingTables, verbWeightTables } from './tables/number-units.ts'
import { minimalPairTables } from './tables/minimal-pairs.ts'
import { preferenceTables } from './tables/preferences.ts'
import { saturationTables } from './tables/saturation.ts'
import { syntaxTables } from './tables/syntax.ts'
import { taggingTables } from './tables/tagging.ts'
import { sampleTables, textTables } from './tables/text.ts'
import { perplexityTables, trainingTables } from './tables/training.ts'
import { ablationTables, dynamicsTables, rankingTables } from './tables/units.ts'

/** Every table of the results, each name once: rows of two results of one kind are joined. */
export function tablesOf(results: readonly AnalysisResult[]): Table[] {
  return [...groupBy(results.flatMap(tablesOfResult), (table) => table.name).values()].map(joined)
}

/** Columns that only some of the tables have are empty in the rows of the others. */
function joined(tables: readonly Table[]): Table {
  if (tables.length === 1) return tables[0]
  const columns = new Map(tables.flatMap((table) => table.columns).map((column) => [column.key, column]))
  const empty = Object.fromEntries([...columns.keys()].map((key) => [key, null]))
  const rows = tables.flatMap((table) => table.rows).map((row) => ({ ...empty, ...row }))
  return { ...tables[0], columns: [...columns.values()], rows }
}

/** The tables of one result; those without rows are left out. */
export function tablesOfResult(result: AnalysisResult): Table[] {
  return allTables(result).filter((table) => table.rows.length > 0)
}

function allTables(result: AnalysisResult): Table[] {
  switch (result.analysis) {
    case 'training':
      return trainingTables(result)
    case 'perplexity':
      return perplexityTables(result)
    case 'agreement':
      return agreementTables(result)
    case 'ablation-sweep':
      return ablationTables(result)
    case 'unit-ranking':
      return rankingTables(result)
    case 'dynamics':
      return dynamicsTables(result)
    case 'generalization':
      return generalizationTables(result)
    case 'verb-weights':
      return verbWeightTables(result)
    case 'ablation-kinds':
      return ablationKindTables(result)
    case 'patching':
      return patchingTables(result)
    case 'syntax-units':
      return syntaxTables(result)
    case 'diagnostic-classifiers':
      return classifierTables(result)
    case 'attribution':
      return attributionTables(result)
    case 'text':
      return textTables(result)
    case 'saturation':
      return saturationTables(result)
    case 'samples':
      return sampleTables(result)
    case 'counting':
      return countingTables(result)
    case 'counters':
      return counterTables(result)
    case 'traces':
      return traceTables(result)
    case 'precision':
      return precisionTables(result)
    case 'emergence':
      return emergenceTables(result)
    case 'find-units':
      return findingTables(result)
    case 'selectional-preferences':
      return preferenceTables(result)
    case 'minimal-pairs':
      return minimalPairTables(result)
    case 'contextual-vectors':
      return contextualTables(result)
    case 'tagging':
      return taggingTables(result)
    case 'lag-curves':
      return lagTables(result)
    case 'jacobians':
      return jacobianTables(result)
    case 'sensitivity-map':
      return sensitivityTables(result)
    case 'margin-trace':
      return marginTraceTables(result)
  }
}
