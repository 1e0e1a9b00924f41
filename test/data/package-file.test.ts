// A file of a package, by npm itself: the package is a local archive that npm packed, so that no network is needed.

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../src/core/files.ts'
import { readTarFile } from '../../src/core/tar.ts'
import { obtainPackageFile } from '../../src/data/package-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'rnn-probe-package-'))
const archive = join(folder, 'fixture-1.2.3.tgz')
const downloads = join(folder, 'downloads')
const npm = `fixture@file:${archive}`
const LONG = `${'folder-of-a-long-name/'.repeat(12)}deep.c`
const TEXTS: Readonly<Record<string, string>> = {
  'src/main.c': 'int main() { return 0; }\n'.repeat(100),
  'src/empty.c': '',
  [LONG]: '/* deep */\n',
}

beforeAll(() => {
  const source = join(folder, 'source')
  for (const [name, text] of Object.entries({ ...TEXTS, 'package.json': '{"name":"fixture","version":"1.2.3"}' })) {
    mkdirSync(join(source, name, '..'), { recursive: true })
    writeFileSync(join(source, name), text)
  }
  execFileSync('npm', ['pack', source, '--pack-destination', folder, '--loglevel=error'], { stdio: 'pipe' })
})
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string) => ({ npm, file: name, sha256: sha256(TEXTS[name]) })

describe('an archive of npm', () => {
  const read = (name: string) => readTarFile(gunzipSync(readFileSync(archive)), name)

  test.each(Object.keys(TEXTS))('holds %s', (name) => {
    expect(Buffer.from(read(name) ?? 'none').toString()).toBe(TEXTS[name])
  })

  test('has no file that is not there, and no folder', () => {
    expect(read('main.c')).toBeNull()
    expect(read('src')).toBeNull()
    expect(readTarFile(new Uint8Array(0), 'src/main.c')).toBeNull()
    expect(readTarFile(new Uint8Array(1024), 'src/main.c')).toBeNull()
  })
})

describe('a file of a package', { timeout: 30_000 }, () => {
  test('is fetched once, and again where it was damaged', async () => {
    const path = await obtainPackageFile(file('src/main.c'), downloads)
    expect(readFileSync(path, 'utf8')).toBe(TEXTS['src/main.c'])
    expect(readdirSync(downloads)).toEqual([sha256(TEXTS['src/main.c'])])

    const nowhere = { ...file('src/main.c'), npm: 'fixture@file:/nowhere/fixture.tgz' }
    expect(await obtainPackageFile(nowhere, downloads)).toBe(path)
    writeFileSync(path, 'int main() {')
    await expect(obtainPackageFile(nowhere, downloads)).rejects.toThrow(
      /^fixture@file:\/nowhere\/fixture\.tgz could not be fetched \(.*no such file.*\)\. .* text: file\.c\.$/,
    )
    expect(readFileSync(await obtainPackageFile(file('src/main.c'), downloads), 'utf8')).toBe(TEXTS['src/main.c'])
  })

  test('that is another than was meant is refused with its checksum', async () => {
    const expected = 'a'.repeat(64)
    const found = sha256(TEXTS[LONG])
    await expect(obtainPackageFile({ ...file(LONG), sha256: expected }, downloads)).rejects.toThrow(
      `has the SHA-256 ${found}, not ${expected}. If this is the file that you mean, write sha256: ${found}.`,
    )
    expect(readdirSync(downloads)).not.toContain(expected)
  })

  test('that the package does not have is said to be missing', async () => {
    await expect(obtainPackageFile({ npm, file: 'a.c', sha256: 'b'.repeat(64) }, downloads)).rejects.toThrow(
      `The package ${npm} has no file "a.c".`,
    )
  })
})
