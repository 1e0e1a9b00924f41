// A unit removed in several ways. The mean keeps its constant share, zero does not, values of other items of the task
// keep it within what it does at that word, and a factor from 1 to −1 shows whether the cost grows with the dose. Who
// sees the change is told apart, too: the next step, or the layer above and the decoder (the released code of Lakretz
// et al. 2019 cuts the recurrent weights and the decoder's). All on items that did not choose the units.

import { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { silent } from '../../core/log.ts'
import type { Engine } from '../../engine/engine.ts'
import { ablate, scale } from '../../intervention/edits.ts'
import { READERS, type Edit, type Reader } from '../../model/edits.ts'
import { parseUnit, siteName } from '../../model/sites.ts'
import type { Item } from '../../tasks/items.ts'
import { recordItems } from '../../tasks/record-items.ts'
import { scoreItems } from '../../tasks/score-items.ts'
import { marginsOf, type AblationKindsOptions, type KindsSetting } from './ablation-setting.ts'
import { compareUnits } from './compared-units.ts'
import { dropRows, resampleConditions } from '../drop-rows.ts'
import { judgedItems } from '../judged-items.ts'
import type { AblationKind, AblationKindRow, AblationKindsResult } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { headlineSensitivity } from './headline-sensitivity.ts'
import { trialDrops, type TrialDrops } from './over-seeds.ts'
import { unitGroups } from './unit-groups.ts'
import { unitLosses } from './unit-losses.ts'

/** Items that lend their values, of each task and length. */
const DONORS = 16

export async function ablationKinds(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: AblationKindsOptions,
): Promise<Pick<AblationKindsResult, 'rows' | 'groups' | 'losses' | 'sensitivity'> & { readonly trials: readonly TrialDrops[] }> {
  const { units, initial, signal, randomSeed = 1, log = silent } = options
  if (units.length === 0) return { rows: [], groups: [], losses: [], sensitivity: [], trials: [] }
  const own = judgedItems(items)
  const setting: KindsSetting = {
    ...options,
    engine,
    subject,
    items: own,
    conditions: resampleConditions(own, options.resamples, randomSeed),
    intact: await scoreItems(engine, subject.model, own, { initial, signal }),
    compared: await compareUnits(engine, subject, units, { ...options, quantity: 'hidden' }),
    random: new Random(randomSeed).fork('ablation-kinds'),
  }
  const rows: AblationKindRow[] = []
  for (const [done, { unit, like }] of setting.compared.units.entries()) {
    const total = setting.compared.units.length
    log.progress({ stage: 'ablation-kinds', done, total, unit: 'units', note: unit })
    for (const kind of kindsOf(unit, setting)) rows.push(...(await rowsOfKind(setting, unit, like, kind)))
  }
  return {
    rows,
    groups: await unitGroups(setting),
    losses: await unitLosses(setting),
    sensitivity: await headlineSensitivity(setting, items),
    trials: await trialDrops(setting),
  }
}

/** A layer is read by the next step, and by the layer above or the decoder. */
function kindsOf(unit: string, { subject: { model: { config } }, doses }: KindsSetting): AblationKind[] {
  const top = parseUnit(unit, config).site.layer === config.layers - 1
  const readers = READERS.filter((reader) => reader !== (top ? 'above' : 'decoder'))
  return [
    ...(['mean', 'zero', 'resample'] as const).map((set) => ({ set, factor: null, readers: 'all' as const })),
    ...readers.map((reader) => ({ set: 'mean' as const, factor: null, readers: reader })),
    ...doses.map((factor) => ({ set: 'scale' as const, factor, readers: 'all' as const })),
  ]
}

async function rowsOfKind(
  setting: KindsSetting,
  unit: string,
  like: readonly string[],
  kind: AblationKind,
): Promise<AblationKindRow[]> {
  const { subject, items, conditions, intact } = setting
  const changed = [unit, ...like]
  const margins = kind.set === 'resample' ? await resampled(setting, changed) : await marginsOf(setting, items, changed.map(
    (own) => editsOf(own, kind, setting),
  ))
  const removed = changed.map((_, place) => place)
  const rows = dropRows(subject, { items, conditions, intact, removed, margins }, {
    reported: [0], neighbours: [removed.slice(1)], name: () => unit,
  })
  return rows.map((row) => ({ ...row, ...kind }))
}

function editsOf(unit: string, { set, factor, readers }: AblationKind, { compared: { means } }: KindsSetting): Edit[] {
  const where: { readonly readers?: readonly Reader[] } = readers === 'all' ? {} : { readers: [readers] }
  if (set === 'scale') return [scale(unit, factor!, where)]
  return ablate([unit], set === 'zero' ? 'zero' : means, where)
}

/** Each item with the values that the unit has in another item of its task and length, word by word, [units, items]. */
async function resampled(setting: KindsSetting, units: readonly string[]): Promise<Float32Array> {
  const { engine, subject: { model }, items, initial, signal, random } = setting
  const sites = [...new Set(units.map((unit) => siteName(parseUnit(unit, model.config).site)))]
  const margins = new Float32Array(units.length * items.length)
  const layouts = groupBy(items.map((_, index) => index), (index) => `${items[index].task} ${items[index].prefix.length}`)
  for (const [layout, own] of layouts) {
    const dealt = random.fork(layout).shuffle(own)
    const count = Math.min(DONORS, dealt.length)
    // the donor's own recipients start one place further on, so that no item lends to itself
    const donors = dealt.slice(0, count)
    const recording = await recordItems(engine, model, donors.map((index) => items[index]), { sites, initial, signal })
    const words = items[own[0]].prefix.length
    for (let donor = 0; donor < count; donor++) {
      const recipients = dealt.filter((_, place) => place % count === (donor + 1) % count)
      const read = recording.read(recording.offsets[donor], words, sites).values
      const variants = units.map((unit) => Array.from({ length: words }, (_, step): Edit => {
        const { site, index } = parseUnit(unit, model.config)
        const name = siteName(site)
        return { unit, set: read[name][step * recording.widths[name] + index], steps: [step] }
      }))
      const found = await marginsOf(setting, recipients.map((index) => items[index]), variants)
      recipients.forEach((item, place) => {
        for (let unit = 0; unit < units.length; unit++) {
          margins[unit * items.length + item] = found[unit * recipients.length + place]
        }
      })
    }
    recording.dispose()
  }
  return margins
}
