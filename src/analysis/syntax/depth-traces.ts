// What units remember word by word in the sentences with most nodes open at once.

import type { Engine } from '../../engine/engine.ts'
import { memoryOf, parseUnit, siteName } from '../../model/sites.ts'
import { record } from '../../recording/record.ts'
import type { InitialState } from '../../recording/sequences.ts'
import type { DepthTraceRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import type { DepthPoints } from './depth-points.ts'

const SENTENCES = 2

export async function depthTraces(
  engine: Engine,
  { name, seed, model }: AnalysedModel,
  units: readonly { readonly unit: string; readonly isSyntaxUnit: boolean }[],
  { sequences, openNodes }: DepthPoints,
  { initial, signal }: { readonly initial?: InitialState; readonly signal?: AbortSignal },
): Promise<DepthTraceRow[]> {
  const depth = (sentence: number) => Math.max(...openNodes[sentence])
  const deepest = [...sequences.keys()]
    .sort((a, b) => depth(b) - depth(a) || openNodes[b].length - openNodes[a].length || a - b)
    .slice(0, SENTENCES)
  const remembering = units.map(({ unit, isSyntaxUnit }) => {
    const { site, index } = parseUnit(unit, model.config)
    return { site: siteName({ ...site, quantity: memoryOf(model.config.cell) }), index, isSyntaxUnit }
  })
  const sites = [...new Set(remembering.map(({ site }) => site))]
  const recording = await record(model, deepest.map((sentence) => sequences[sentence]), { sites, engine, state: initial, signal })
  const rows: DepthTraceRow[] = []
  for await (const block of recording) {
    for (let row = 0; row < block.count; row++) {
      const at = block.start + row
      const place = recording.rows.sequence[at]
      const position = recording.rows.position[at]
      const nodes = openNodes[deepest[place]][position]
      if (nodes === undefined) continue // the token that ends the sentence
      for (const { site, index, isSyntaxUnit } of remembering) {
        rows.push({
          model: name,
          seed,
          unit: `${site}.${index}`,
          isSyntaxUnit,
          sentence: place + 1,
          position,
          word: model.vocabulary.tokens[recording.rows.token[at]],
          openNodes: nodes,
          value: block.values[site][row * recording.widths[site] + index],
        })
      }
    }
  }
  recording.dispose()
  return rows
}
