// How well each unit tells the probe's answer, over what the best unit reaches by chance; and whether the units that
// tell it are the ones the model uses.

import { isOutsideBand } from '../../analysis/choose-units.ts'
import type { AblationRow, RankingRow } from '../../analysis/results.ts'
import { shortCondition } from '../conditions.ts'
import type { Chart } from '../document.ts'
import { beatsChance, decodes, strength, withoutQuantity } from '../evidence.ts'
import { fixed, points, rounded } from '../format.ts'
import { LEVEL } from '../verdicts/rules.ts'
import { besidePoint, COLORS, INK, layerOf, spreadLabels, themed } from './theme.ts'

const LABELLED = 3
const AUC = { type: 'quantitative' as const, scale: { domain: [0, 1] } }

const KINDS = ['tells the subject', 'follows the last noun', 'neither'] as const
/** Pixels between two labels. */
const LABEL_HEIGHT = 13
const AUC_HEIGHT = 210

/** The AUC of every unit of one site, in one model and seed. @param rows in the order of the analysis, best first */
export function everyAucChart(rows: readonly RankingRow[], name: string): Chart {
  const values = rows.map((row, place) => ({
    rank: place + 1,
    unit: row.unit,
    kind: kindOf(row),
    auc: rounded(row.auc, 3),
    low: rounded(row.low, 3),
    high: rounded(row.high, 3),
    hint: `${row.unit}: AUC ${fixed(row.auc, 2)} [${fixed(row.low, 2)}, ${fixed(row.high, 2)}], ${kindOf(row)}`,
  }))
  const chance = rounded(strength(rows[0].chanceBest), 3)
  const best = values.filter((value) => value.kind === KINDS[0])
  const x = {
    field: 'rank',
    type: 'quantitative' as const,
    title: 'rank on the subject’s side',
    scale: { domain: [0, rows.length + 1], nice: false },
    axis: { grid: false, tickCount: 6, tickMinStep: 1 },
  }
  const y = { ...AUC, field: 'auc', title: 'AUC before the verb' }
  const color = {
    field: 'kind',
    type: 'nominal' as const,
    scale: { domain: [...KINDS], range: [COLORS.blue, COLORS.orange, INK.axis] },
    legend: { symbolOpacity: 1 },
  }
  const shape = { ...color, scale: { domain: [...KINDS], range: ['circle', 'square', 'circle'] } }
  return {
    name,
    title: `Site ${rows[0].site}`,
    description:
      `AUC of each of ${rows.length} units of ${rows[0].site}. ` +
      `${KINDS.map((kind) => `${kind}: ${values.filter((value) => value.kind === kind).length}`).join('; ')}. The first ` +
      `is ${values[0].hint}. Under shuffled labels the best of so many reaches ${fixed(rows[0].chanceBest, 2)}.`,
    spec: themed({
      height: AUC_HEIGHT,
      data: { values },
      layer: [
        {
          data: { values: [{ low: 0.5 - chance, high: 0.5 + chance }] },
          mark: { type: 'rect', color: INK.band, opacity: 0.6 },
          encoding: { y: { ...y, field: 'low' }, y2: { field: 'high' } },
        },
        { data: { values: [{}] }, mark: { type: 'rule', color: INK.quiet }, encoding: { y: { datum: 0.5 } } },
        {
          mark: { type: 'rule', strokeWidth: 1, opacity: 0.4 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
        },
        {
          mark: { type: 'point', size: 18, opacity: 1 },
          encoding: { x, y, color, shape, tooltip: { field: 'hint' } },
        },
        ...layerOf(spreadLabels(best.slice(0, LABELLED), (value) => value.auc, LABEL_HEIGHT / AUC_HEIGHT), {
          mark: { type: 'text' as const, align: 'left' as const, dx: 10 },
          encoding: { x, y: { ...y, field: 'labelY' }, text: { field: 'unit' } },
        }),
      ],
    }),
  }
}

function kindOf(row: RankingRow): (typeof KINDS)[number] {
  if (decodes(row, LEVEL)) return 'tells the subject'
  return beatsChance(row, LEVEL) ? 'follows the last noun' : 'neither'
}

const USE_HEIGHT = 260
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
  const costly = values.filter((value) => value.role === 'decodes and is used' || value.role === 'only used')
  const named = [...costly].sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || b.drop - a.drop)
  const drawn = values.map((value) => value.drop)
  const gap = (LABEL_HEIGHT / USE_HEIGHT) * (Math.max(0, ...drawn) - Math.min(0, ...drawn))
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
      height: USE_HEIGHT,
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
        ...layerOf(spreadLabels(named.slice(0, LABELLED), (value) => value.drop, gap), {
          mark: { type: 'text' as const, ...besidePoint('datum.auc < 0.5') },
          encoding: { x, y: { ...y, field: 'labelY' }, text: { field: 'unit' } },
        }),
      ],
    }),
  }
}

function roleOf(decoding: boolean, used: boolean): (typeof ROLES)[number] {
  if (decoding && used) return 'decodes and is used'
  return decoding ? 'only decodes' : used ? 'only used' : 'neither'
}
