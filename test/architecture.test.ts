// The rules of the source tree that a compiler does not know: which folder may import which, what is named only once.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

/** Bottom first: each imports only from itself and from what stands before it. */
const LAYERS = [
  'core', 'probe.ts', 'data', 'model', 'engine', 'training', 'recording', 'intervention', 'tasks', 'analysis', 'report',
  'experiment', 'cli', 'index.ts',
]

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

interface Source {
  /** from the root, with forward slashes */
  readonly path: string
  readonly text: string
  /** `text` without comments */
  readonly code: string
  /** what it imports: a path from the root, or a package */
  readonly imports: readonly string[]
}

const sources = [...filesUnder('src'), ...filesUnder('probes')].map(readSource)

function filesUnder(folder: string): string[] {
  if (!existsSync(join(ROOT, folder))) return []
  const entries = readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && /\.(ts|mjs|js)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}

function readSource(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const code = withoutComments(text)
  const specifiers = code.matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g)
  const resolve = (name: string) => (name.startsWith('.') ? posix.join(posix.dirname(path), name) : name)
  const imports = [...specifiers].map(([, , name]) => resolve(name))
  return { path, text, code, imports }
}

/** Text without comments; what stands in quotes is kept. */
function withoutComments(text: string): string {
  const token = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g
  return text.replace(token, (match) => (match.startsWith('/') ? '' : match))
}

/** `src/engine/load.ts` belongs to `engine`, `src/probe.ts` to itself. */
function layerOf(path: string): string {
  return path.split('/')[1]
}

function within(path: string, folder: string): boolean {
  return path.startsWith(`${folder}/`)
}

/** `path: what` for every file whose code contains the pattern, outside the places where it belongs. */
function occurrences(pattern: RegExp, allowed: (path: string) => boolean): string[] {
  return sources
    .filter(({ path }) => !allowed(path))
    .flatMap(({ path, code }) => [...code.matchAll(pattern)].map(([match]) => `${path}: ${match}`))
}

test('imports are seen, those at run time too', () => {
  const load = sources.find(({ path }) => path === 'src/engine/load.ts')
  expect(load?.imports).toEqual(expect.arrayContaining(['src/core/errors.ts', 'src/engine/tfjs/engine.ts']))
})

test('every file and folder of src has its place in the order', () => {
  const places = new Set(sources.filter(({ path }) => within(path, 'src')).map(({ path }) => layerOf(path)))
  expect([...places].filter((place) => !LAYERS.includes(place))).toEqual([])
})

test('a folder imports only from the folders below it', () => {
  const wrong = sources
    .filter(({ path }) => within(path, 'src'))
    .flatMap(({ path, imports }) =>
      imports
        .filter((target) => within(target, 'src') && LAYERS.indexOf(layerOf(target)) > LAYERS.indexOf(layerOf(path)))
        .map((target) => `${path} imports ${target}`),
    )
  expect(wrong).toEqual([])
})

test('no file imports itself by way of others', () => {
  const importsOf = new Map(sources.map(({ path, imports }) => [path, imports]))
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '))
    if (done.has(path) || trail.includes(path)) return
    for (const target of importsOf.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of importsOf.keys()) visit(path, [])
  expect(cycles).toEqual([])
})

test('a probe imports only src/probe.ts and probes/reading, and only experiment imports the list of probes', () => {
  const wrong = sources.flatMap(({ path, imports }) =>
    imports
      .filter((target) => {
        if (path === 'probes/index.ts') return !within(target, 'probes')
        if (within(path, 'probes')) return target !== 'src/probe.ts' && !within(target, 'probes/reading')
        return within(target, 'probes') && (target !== 'probes/index.ts' || layerOf(path) !== 'experiment')
      })
      .map((target) => `${path} imports ${target}`),
  )
  expect(wrong).toEqual([])
})

test('randomness is passed, never taken from Math.random', () => {
  expect(occurrences(/\bMath\.random\b/g, () => false)).toEqual([])
})

test('only the command line prints', () => {
  const scripts = (path: string) => within(path, 'src/cli') || path.endsWith('.mjs') // build scripts run by npm
  expect(occurrences(/\bconsole\.\w+|\bprocess\.std(?:out|err)\b/g, scripts)).toEqual([])
})

test('TensorFlow.js is named only in src/engine/tfjs, and danfojs in one file', () => {
  expect(occurrences(/@tensorflow\/[\w-]+|['"]tfjs-node\b/g, (path) => within(path, 'src/engine/tfjs'))).toEqual([])
  const danfo = sources.filter(({ code }) => /['"]danfojs/.test(code)).map(({ path }) => path)
  expect(danfo.length, danfo.join(', ')).toBeLessThanOrEqual(1)
})

test('functions whose last bits differ between machines come from core/math.ts', () => {
  const named = 'a?(?:sin|cos|tan)h?|atan2|exp|expm1|log|log1p|log2|log10|pow|cbrt|hypot'
  const inexact = new RegExp(`\\bMath\\.(?:${named})\\b|\\*\\*=?\\s*\\(?-?\\d*\\.\\d+`, 'g') // or a fraction as power
  expect(occurrences(inexact, (path) => path === 'src/core/math.ts' || within(path, 'src/engine/tfjs'))).toEqual([])
})

test('nothing sorts or formats by locale', () => {
  expect(occurrences(/\btoLocale\w+|\blocaleCompare\b|\bIntl\./g, () => false)).toEqual([])
})

test('types are never switched off', () => {
  const typescript = sources.filter(({ path }) => path.endsWith('.ts'))
  const suppressed = typescript.filter(({ text }) => /@ts-(?:ignore|nocheck|expect-error)|eslint-disable/.test(text))
  expect(suppressed.map(({ path }) => path)).toEqual([])
  const any = /(?<=[:<,|&]\s*|\bas\s+)any\b(?=\s*[\[\]>,;)=|&}\n])/g
  expect(occurrences(any, (path) => !path.endsWith('.ts'))).toEqual([])
})

test('a file of src opens by saying what it is', () => {
  const silent = sources.filter(({ path, text }) => within(path, 'src') && !/^(?:#!.*\n)?\/[/*]/.test(text))
  expect(silent.map(({ path }) => path)).toEqual([])
})

test('src/index.ts only re-exports', () => {
  const index = sources.find(({ path }) => path === 'src/index.ts')
  const rest = index?.code.replaceAll(/export\s+(?:type\s+)?(?:\{[^}]*\}|\*(?:\s+as\s+\w+)?)\s+from\s+'[^']+'/g, '')
  expect(rest?.trim() ?? '').toBe('')
})
