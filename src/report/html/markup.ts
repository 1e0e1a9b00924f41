// Markup that escapes by itself: in html`<p>${text}</p>` a string is text and can never become an element; only what
// this tag made, or `trusted` vouches for, is taken as markup.

import { gzipSync } from 'node:zlib'

export class Markup {
  readonly source: string

  constructor(source: string) {
    this.source = source
  }
}

type Part = Markup | string | number | null | readonly Markup[]

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let source = strings[0]
  parts.forEach((part, index) => {
    source += render(part) + strings[index + 1]
  })
  return new Markup(source)
}

/** Text that is already markup: assets of this package and escaped data. */
export function trusted(source: string): Markup {
  return new Markup(source)
}

/** Data for the page's scripts: JSON, compressed with gzip, in base64. */
export function packedData(value: unknown): Markup {
  return new Markup(gzipSync(JSON.stringify(value), { level: 9 }).toString('base64'))
}

function render(part: Part): string {
  if (part === null) return ''
  if (part instanceof Markup) return part.source
  if (Array.isArray(part)) return (part as readonly Markup[]).map((markup) => markup.source).join('')
  return escape(String(part))
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character])
}
