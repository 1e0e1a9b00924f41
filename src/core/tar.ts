// Reads one file out of a tar archive (POSIX.1-1988 ustar, with the long names of POSIX.1-2001), as npm packs them.

/** Bytes of a header, and of the unit that contents are padded to. */
const BLOCK = 512

/**
 * The contents of a file; null where the archive has none of this name.
 * @param archive not compressed
 * @param name without the archive's top folder, which has any name: `lib/index.js`
 */
export function readTarFile(archive: Uint8Array, name: string): Uint8Array | null {
  let longName: string | null = null
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
    const header = archive.subarray(at, at + BLOCK)
    const size = parseInt(textOf(header, 124, 12), 8) || 0
    const contents = archive.subarray(at + BLOCK, at + BLOCK + size)
    const kind = String.fromCharCode(header[156])
    if (kind === 'x') {
      longName = /^\d+ path=(.*)$/m.exec(textOf(contents, 0, size))?.[1] ?? null
    } else {
      const [folder, file] = [textOf(header, 345, 155), textOf(header, 0, 100)]
      const path: string = longName ?? (folder === '' ? file : `${folder}/${file}`)
      if ((kind === '0' || kind === '\0') && path.slice(path.indexOf('/') + 1) === name) return contents
      longName = null
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return null
}

/** Text up to a NUL byte. */
function textOf(bytes: Uint8Array, from: number, length: number): string {
  const text = Buffer.from(bytes.subarray(from, from + length)).toString('utf8')
  const end = text.indexOf('\0')
  return (end === -1 ? text : text.slice(0, end)).trim()
}
