// The probes of the list.

import { expect, test } from 'vitest'
import { PROBES } from '../../probes/index.ts'
import { testProbe } from './conformance.ts'

for (const probe of PROBES) testProbe(probe)

test('no two probes have the same name or question', () => {
  expect(new Set(PROBES.map(({ name }) => name)).size).toBe(PROBES.length)
  expect(new Set(PROBES.map(({ question }) => question)).size).toBe(PROBES.length)
})
