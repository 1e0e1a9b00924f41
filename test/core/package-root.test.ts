import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { packageRoot } from '../../src/core/package-root.ts'

it('finds the folder of the package whatever the depth of the code', () => {
  const manifest = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { name: string }
  expect(manifest.name).toBe('rnn-probe')
  expect(readFileSync(join(packageRoot(), 'src/report/assets/page.css'), 'utf8')).toContain('body')
})
