// Functions that build edits. Ablation says what was set, and to what: zero removes a unit's constant share too and
// so shifts every margin one way, which can look like a finding; the mean keeps it.

import type { Edit, Reader } from '../model/edits.ts'
import { meanOf, type UnitMeans } from './means.ts'

export interface Where {
  /** positions, from 0; all by default */
  readonly steps?: readonly number[]
  /** sequences of the batch, from 0; all by default */
  readonly rows?: readonly number[]
  /** who sees the new value, all by default */
  readonly readers?: readonly Reader[]
}

/** Takes units out: each is set to its mean, or to zero. */
export function ablate(units: readonly string[], to: UnitMeans | 'zero', where: Where = {}): Edit[] {
  return units.map((unit) => ({ unit, set: to === 'zero' ? 0 : meanOf(to, unit), ...where }))
}

/** Holds a unit at a value. */
export function clamp(unit: string, value: number, where: Where = {}): Edit {
  return { unit, set: value, ...where }
}

/** Multiplies what a unit computes. */
export function scale(unit: string, factor: number, where: Where = {}): Edit {
  return { unit, scale: factor, ...where }
}
