// Compiles the kernels with the system's C++ compiler (CXX, or c++, g++, clang++) into build/kernels.node. Runs when the
// package is installed and never fails the install: without a compiler the package works on TensorFlow.js, and
// build/kernels.json says why. Plain JavaScript, because it runs before TypeScript is compiled.

import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const output = join(here, '..', '..', '..', 'build')
const common = ['-std=c++17', '-O3', '-fPIC', '-pthread', '-fvisibility=hidden', '-fno-math-errno', '-ffp-contract=off']

/** One object file each; a set of instructions has its own flags, and its own namespace inside. */
const x86 = process.arch === 'x64'
const instructionSets = {
  'kernels/portable.cc': [],
  ...(x86 && {
    'kernels/avx2.cc': ['-mavx2', '-mfma'],
    'kernels/avx512.cc': ['-mavx512f', '-mavx512dq', '-mavx512bw', '-mavx512vl', '-mfma', '-mprefer-vector-width=512'],
  }),
}
const plain = ['kernels/team.cc', 'kernels/watch.cc', 'kernels/config.cc', 'kernels/drawn.cc', 'addon.cc']

function findCompiler() {
  const names = process.env.CXX ? [process.env.CXX] : ['c++', 'g++', 'clang++']
  const found = names.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0)
  if (!found) throw new Error(`no C++ compiler was found (tried ${names.join(', ')}).`)
  return found
}

function findHeaders() {
  const require = createRequire(import.meta.url)
  return join(dirname(require.resolve('node-api-headers/package.json')), 'include')
}

function run(compiler, commandLine) {
  return new Promise((resolve, reject) => {
    const child = spawn(compiler, commandLine, { stdio: ['ignore', 'ignore', 'pipe'] })
    let complaints = ''
    child.stderr.on('data', (text) => (complaints += text))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`${compiler} failed: ${complaints.split('\n').find((line) => /error/i.test(line)) ?? code}`))
    })
  })
}

function fingerprint(compiler) {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url))).update(compiler)
  hash.update(spawnSync(compiler, ['--version']).stdout)
  const sources = readdirSync(here, { recursive: true }).filter((name) => /\.(cc|h)$/.test(name))
  for (const name of sources.sort()) hash.update(readFileSync(join(here, name)))
  return hash.digest('hex')
}

function alreadyBuilt(fingerprint) {
  try {
    return JSON.parse(readFileSync(join(output, 'kernels.json'), 'utf8')).fingerprint === fingerprint &&
      existsSync(join(output, 'kernels.node'))
  } catch {
    return false
  }
}

async function build() {
  const compiler = findCompiler()
  const print = fingerprint(compiler)
  if (alreadyBuilt(print)) return
  const objects = mkdtempSync(join(output, 'objects-'))
  try {
    const defines = x86 ? ['-DPROBE_HAS_AVX2', '-DPROBE_HAS_AVX512'] : []
    const sources = [...Object.entries(instructionSets), ...plain.map((source) => [source, defines])]
    const files = await Promise.all(
      sources.map(async ([source, flags]) => {
        const object = join(objects, `${source.replaceAll('/', '-')}.o`)
        await run(compiler, [...common, ...flags, `-I${findHeaders()}`, '-DNAPI_VERSION=8', '-c', join(here, source), '-o', object])
        return object
      }),
    )
    const link = process.platform === 'darwin' ? ['-undefined', 'dynamic_lookup'] : []
    const library = join(objects, 'kernels.node')
    await run(compiler, ['-shared', '-pthread', ...link, ...files, '-o', library])
    renameSync(library, join(output, 'kernels.node'))
    writeFileSync(join(output, 'kernels.json'), JSON.stringify({ fingerprint: print, compiler }))
  } finally {
    rmSync(objects, { recursive: true, force: true })
  }
}

mkdirSync(output, { recursive: true })
try {
  await build()
} catch (error) {
  rmSync(join(output, 'kernels.node'), { force: true })
  writeFileSync(join(output, 'kernels.json'), JSON.stringify({ problem: error.message }))
  console.warn(`rnn-probe: the fast engine was not compiled: ${error.message}`)
  console.warn('rnn-probe: everything small works without it. Install a C++ compiler, then: npm rebuild')
}
