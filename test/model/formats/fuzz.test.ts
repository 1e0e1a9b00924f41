// Damaged files by the thousand, always the same ones: each is a model or a sentence, never a crash, a hang or an error of
// ours. PROBE_FUZZ says how many; CI takes a minute's worth.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { UserError } from '../../../src/core/errors.ts'
import { Random } from '../../../src/core/random.ts'
import { importModel } from '../../../src/model/formats/import.ts'
import { smallVocabulary } from '../../small.ts'

const TRIES = Number(process.env['PROBE_FUZZ'] ?? 1000)
const FIXTURES = fileURLToPath(new URL('fixtures/', import.meta.url))

test(`${TRIES} damaged files give a model or a sentence each`, { timeout: 600_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'probe-fuzz-'))
  const path = join(folder, 'model.pt')
  const names = readdirSync(FIXTURES).filter((name) => /\.(pt|npz|safetensors)$/.test(name)).sort()
  const whole = names.map((name) => readFileSync(join(FIXTURES, name)))
  const vocabulary = smallVocabulary(11)
  const random = new Random('fuzz')
  let refused = 0
  try {
    for (let index = 0; index < TRIES; index++) {
      const file = random.integer(whole.length)
      writeFileSync(path, damage(whole[file], random))
      try {
        importModel(path, vocabulary, { map: new Map(), ignore: [] })
      } catch (error) {
        if (!(error instanceof UserError)) throw new Error(`try ${index}, ${names[file]}`, { cause: error })
        refused++
      }
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
  expect(refused).toBeGreaterThan(TRIES / 4)
  expect(refused).toBeLessThan(TRIES)
})

/** Some bytes are changed, a run of them is doubled, lost or overwritten by another one's, or the end is cut off. */
function damage(bytes: Buffer, random: Random): Buffer {
  let result = Buffer.from(bytes)
  for (let left = 1 + random.integer(4); left > 0; left--) {
    const at = random.integer(result.length)
    const run = 1 + random.integer(Math.min(32, result.length))
    const kind = random.integer(6)
    if (kind <= 1) result[at] = random.integer(256)
    else if (kind === 2) result[at] ^= 1 << random.integer(8)
    else if (kind === 3) result = Buffer.concat([result.subarray(0, at + run), result.subarray(at)])
    else if (kind === 4) result = Buffer.concat([result.subarray(0, at), result.subarray(at + run)])
    else result.copy(result, at, random.integer(result.length), result.length)
    if (result.length === 0) return result
  }
  return random.integer(20) === 0 ? result.subarray(0, random.integer(result.length)) : result
}
