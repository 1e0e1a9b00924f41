// How well each unit tells the probe's answer, over what the best unit reaches by chance; and whether the units that
// tell it are the ones the model uses.

import { isOutsideBand } from '../../analysis/choose-units.ts'
import type { AblationRow, RankingRow } from '../../analysis/results.ts'
import { shortCondition } from '../conditions.ts'
import type { Chart } from '../document.ts'
import { decodes, strength, withoutQuantity } from '../evidence.ts'
import { fixed, points, rounded } from '../format.ts'
import { LEVEL } from '../verdicts/rules.ts'
import { besidePoint, COLORS, INK, layerOf, themed } from './theme.ts'

const LABELLED = 3
const AUC = { type: 'quantitative' as const, scale: { domain: [0, 1] } }

/** The AUC of every unit of one site, in one model and seed. */
export function everyAucChart(rows: readonly RankingRow[], name: string): Chart {
  const values = rows.map((row, position) => ({
    position,
    unit: row.unit,
    auc: rounded(row.auc, 3),
    low: rounded(row.low, 3),
    high: rounded(row.high, 3),
    hint: `${row.unit}: AUC ${fixed(row.auc, 2)} [${fixed(row.low, 2)}, ${fixed(row.high, 2)}]`,
  }))
  const chance = rounded(strength(rows[0].chanceBest), 3)
  const best = [...values].sort((a, b) => strength(b.auc) - strength(a.auc))
  const x = {
    field: 'position',
    type: 'quantitative' as const,
    title: `units ${rows[0].unit} to ${rows[rows.length - 1].unit}`,
    scale: { domain: [-1, rows.length], nice: false },
    axis: { grid: false, tickCount: 6, tickMinStep: 1 },
  }
  const y = { ...AUC, field: 'auc', title: 'AUC before the verb' }
  return {
    name,
    title: `Site ${rows[0].site}`,
    description:
      `AUC of each of ${rows.length} units of ${rows[0].site}; the best, ${best[0].hint}. Under shuffled labels the ` +
      `best of so many reaches ${fixed(rows[0].chanceBest, 2)}.`,
    spec: themed({
      height: 210,
      data: { values },
      layer: [
        {
          data: { values: [{ low: 0.5 - chance, high: 0.5 + chance }] },
          mark: { type: 'rect', color: INK.band, opacity: 0.6 },
          encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.quiet }, encoding: { y: { datum: 0.5 } } },
        {
          mark: { type: 'rule', strokeWidth: 1, color: COLORS.blue, opacity: 0.35 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        {
          mark: { type: 'point', size: 18, color: COLORS.blue, opacity: 1 },
          encoding: { x, y, tooltip: { field: 'hint' } },
        },
        ...layerOf(best.slice(0, LABELLED).filter((value) => strength(value.auc) > chance), {
          mark: { type: 'text' as const, ...besidePoint(`datum.position < ${rows.length / 2}`) },
          encoding: { x, y, text: { field: 'unit' } },
        }),
      ],
    }),
  }
}

const ROLES = ['decodes and is used', 'only decodes', 'only used', 'neither'] as const

/** Decoding against use: the AUC of each unit and what its removal costs in one condition. */
export function useChart(ranking: readonly RankingRow[], ablation: readonly AblationRow[], name: string): Chart {
  const drops = new Map(ablation.map((row) => [withoutQuantity(row.unit), row]))
  const values = ranking.flatMap((row) => {
    const removed = drops.get(withoutQuantity(row.unit))
    if (!removed) return []
    const role = roleOf(decodes(row, LEVEL), isOutsideBand(removed))
    return [
      {
        unit: row.unit,
        auc: rounded(row.auc, 3),
        drop: rounded(removed.drop * 100, 2),
        role,
        hint: `${row.unit}: AUC ${fixed(row.auc, 2)}; ${removed.unit} costs ${points(removed.drop)}: ${role}`,
      },
    ]
  })
  const labelled = values.filter((value) => value.role === 'decodes and is used' || value.role === 'only used')
  const chance = rounded(strength(ranking[0].chanceBest), 3)
  const title = `AUC before the verb (${ranking[0].site})`
  const x = { ...AUC, field: 'auc', title, axis: { grid: false, tickCount: 5 } }
  const y = { field: 'drop', type: 'quantitative' as const, title: 'drop with the mean, points' }
  const color = {
    field: 'role',
    type: 'nominal' as const,
    scale: { domain: [...ROLES], range: [COLORS.vermillion, COLORS.blue, COLORS.orange, INK.axis] },
    legend: { columns: 2 },
  }
  const shape = { ...color, scale: { domain: [...ROLES], range: ['circle', 'triangle-up', 'square', 'circle'] } }
  const { task, condition, site } = { ...ablation[0], site: ranking[0].site }
  return {
    name,
    title: `${site} against ${shortCondition(task, condition)}`,
    description:
      `Scatter plot of ${values.length} units: AUC in ${site} against the drop on ` +
      `${shortCondition(task, condition)}. ` +
      ROLES.map((role) => `${role}: ${values.filter((value) => value.role === role).length}`).join('; ') + '.',
    spec: themed({
      height: 260,
      data: { values },
      layer: [
        {
          data: { values: [{ low: 0.5 - chance, high: 0.5 + chance }] },
          mark: { type: 'rect', color: INK.band, opacity: 0.6 },
          encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.quiet }, encoding: { y: { datum: 0 } } },
        {
          mark: { type: 'point', size: 34, opacity: 0.9 },
          encoding: { x, y, color, shape, tooltip: { field: 'hint' } },
        },
        ...layerOf(labelled, {
          mark: { type: 'text' as const, ...besidePoint('datum.auc < 0.5') },
          encoding: { x, y, text: { field: 'unit' } },
        }),
      ],
    }),
  }
}

function roleOf(decoding: boolean, used: boolean): (typeof ROLES)[number] {
  if (decoding && used) return 'decodes and is used'
  return decoding ? 'only decodes' : used ? 'only used' : 'neither'
}
