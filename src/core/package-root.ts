// Where the package lies on disk. Compiled code sits in dist/src, sources in src: files that are not code (assets,
// data, experiments) are found from the folder of the package's own package.json instead of by counting `..`.

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = 'rnn-probe'

/** The absolute path of the folder whose package.json is named rnn-probe. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const manifest = join(folder, 'package.json')
    if (existsSync(manifest) && isOurs(readFileSync(manifest, 'utf8'))) return folder
    const parent = dirname(folder)
    if (parent === folder) throw new Error(`no package.json of ${PACKAGE} above ${fileURLToPath(import.meta.url)}`)
    folder = parent
  }
}

function isOurs(manifest: string): boolean {
  return (JSON.parse(manifest) as { name?: string }).name === PACKAGE
}
