// States seen from other axes: each site times a random rotation. If a unit means something because it is a unit, no
// rotated direction is as good; if any direction would do, its being a unit says nothing.

import { orthonormal } from '../../core/orthonormal.ts'
import type { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import type { UnitSamples } from './unit-samples.ts'

/** As many directions as there are units, site by site. */
export function rotateUnits(units: readonly UnitSamples[], random: Random): UnitSamples[] {
  return [...groupBy(units, ({ site }) => site)].flatMap(([site, own]) => {
    const rotation = orthonormal(own.length, own.length, random.fork(site))
    return own.map((_, direction) => {
      const values = new Float32Array(own[0].values.length)
      own.forEach((unit, index) => {
        const weight = rotation[direction * own.length + index]
        for (let sample = 0; sample < values.length; sample++) values[sample] += weight * unit.values[sample]
      })
      return { unit: `${site} rotated ${direction}`, site, values }
    })
  })
}
