// The README is true: its TypeScript type-checks, its commands and options exist, its experiment is the shipped one.

import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { packageRoot } from '../src/core/package-root.ts'

const run = promisify(execFile)
const root = packageRoot()
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const program = join(root, 'src', 'cli', 'probe.mjs')

/** The fenced blocks of a language, in order. */
function blocks(text: string, language: string): string[] {
  const fenced = [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)]
  return fenced.filter(([, name]) => name === language).map(([, , body]) => body)
}

/** Command lines of the README: `npx probe run FILE --set seeds=5` → ['run', 'FILE', '--set', 'seeds=5']. */
function commands(): string[][] {
  const lines = blocks(readme, 'sh').flatMap((block) => block.split('\n'))
  return lines.flatMap((line) => {
    const match = /(?:^|&& |\| )(?:npx )?probe ([^#]*)/.exec(line)
    return match ? [match[1].trim().split(/\s+/)] : []
  })
}

test('the TypeScript of the README type-checks, each section from top to bottom as one script', async () => {
  mkdirSync(join(root, 'build'), { recursive: true })
  const folder = mkdtempSync(join(root, 'build', 'readme-'))
  try {
    const scripts = readme.split(/^## /m).map((section) => blocks(section, 'ts').join('\n'))
    scripts.forEach((script, index) => writeFileSync(join(folder, `section-${index}.ts`), `${script}\nexport {}\n`))
    const paths = { 'rnn-probe': [join(root, 'src', 'index.ts')], 'rnn-probe/probes/*': [join(root, 'probes', '*.ts')] }
    const compilerOptions = { noEmit: true, noUnusedLocals: false, rootDir: root, paths }
    const config = { extends: join(root, 'tsconfig.json'), compilerOptions, include: ['*.ts'] }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    const compile = run(process.execPath, [compiler, '-p', folder])
    const mistakes = await compile.then(() => '', ({ stdout }) => stdout as string)
    expect(mistakes).toBe('')
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 60_000)

test('the commands of the README exist, with the options that it gives them', async () => {
  const names = [...new Set(commands().map(([name]) => name))]
  expect(names).toContain('run')
  const helps = await Promise.all(names.map((name) => run(process.execPath, [program, name, '--help'])))
  const missing = commands().flatMap(([name, ...rest]) => {
    const help = helps[names.indexOf(name)].stdout
    const asked = [`probe ${name}`, ...rest.filter((word) => word.startsWith('--'))]
    return asked.filter((word) => !help.includes(word)).map((word) => `probe ${name}: ${word}`)
  })
  expect(missing).toEqual([])
}, 60_000)

test('mistakes are answered in the words that the README shows', async () => {
  const [command, ...answer] = blocks(readme, 'console')[0].trimEnd().split('\n')
  const words = command.replace('$ probe ', '').replaceAll("'", '').split(' ')
  const asked = run(process.execPath, [program, ...words], { cwd: root })
  const printed = await asked.then(({ stdout }) => stdout, ({ stderr }) => stderr as string)
  expect(printed.trimEnd()).toBe(answer.join('\n'))
}, 60_000)

test('the experiment that the README shows is the one that is shipped', () => {
  const [shown] = blocks(readme, 'yaml')
  const shipped = readFileSync(join(root, 'experiments', 'agreement.yaml'), 'utf8')
  expect(parse(shown)).toEqual(parse(shipped))
})

test('every experiment is named in the README', () => {
  const files = readdirSync(join(root, 'experiments')).filter((name) => name.endsWith('.yaml'))
  expect(files.length).toBeGreaterThan(0)
  expect(files.filter((name) => !readme.includes(name))).toEqual([])
})

test('every file that the README and CONTRIBUTING link to or name exists', () => {
  const contributing = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8')
  const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => path)
  const paths = /`((?:src|test|probes|experiments|data)\/[\w./-]*)`/g
  const named = [...contributing.matchAll(paths)].map(([, path]) => path)
  expect([...links, ...named].filter((path) => !existsSync(join(root, path)))).toEqual([])
})
