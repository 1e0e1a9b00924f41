// What the user sees while work is under way. On a terminal one line is redrawn: a bar, how much is done, the rate, the
// time left. Elsewhere a plain line now and then. Messages go to standard error, results to standard output.

import type { Log, Progress } from '../core/log.ts'

type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'> & { readonly hasColors?: () => boolean }

export interface TerminalOptions {
  readonly stream?: Stream
  /** milliseconds, of a clock that only goes forward */
  readonly now?: () => number
}

/** Between two redrawn bars, and between two plain lines of one stage, milliseconds. */
const REDRAW = 100
const PLAIN = 30_000
const BAR = 24

/** A log that can take its bar away before something else is printed. */
export interface TerminalLog extends Log {
  clear(): void
}

export function terminalLog(options: TerminalOptions = {}): TerminalLog {
  const { stream = process.stderr, now = () => performance.now() } = options
  let stage = ''
  let began = { at: 0, done: 0 }
  let shown = -Infinity
  let drawn = false

  function clear(): void {
    if (drawn) stream.write('\r\x1b[K')
    drawn = false
  }
  function line(text: string): void {
    clear()
    stream.write(`${text}\n`)
  }
  function progress(state: Progress): void {
    const at = now()
    const finished = state.done >= state.total
    if (state.stage !== stage) {
      stage = state.stage
      began = { at, done: state.done }
      shown = stream.isTTY ? -Infinity : at
    }
    if (!finished && at - shown < (stream.isTTY ? REDRAW : PLAIN)) return
    shown = at
    if (!stream.isTTY) {
      if (!finished || at - began.at > PLAIN) line(plainLine(state, began, at))
      return
    }
    clear()
    if (finished) return
    stream.write(barLine(state, began, at).slice(0, (stream.columns || 80) - 1))
    drawn = true
  }
  return {
    info: line,
    warn: (message) => line(`${paint('yellow', '!', stream)} ${message}`),
    progress,
    clear,
  }
}

interface Start {
  readonly at: number
  readonly done: number
}

function barLine(state: Progress, began: Start, at: number): string {
  const full = Math.round((BAR * state.done) / Math.max(1, state.total))
  return `${state.stage}  ${'█'.repeat(full)}${'░'.repeat(BAR - full)}  ${details(state, began, at)}`
}

function plainLine(state: Progress, began: Start, at: number): string {
  return `${state.stage}: ${details(state, began, at)}`
}

/** `43 %, 1200 updates/s, loss 4.51, 2 min left` */
function details({ done, total, unit, note }: Progress, began: Start, at: number): string {
  const rate = (done - began.done) / Math.max(1, at - began.at)
  const parts = [`${Math.floor((100 * done) / Math.max(1, total))} %`]
  if (done > began.done) parts.push(perSecond(rate * 1000, unit))
  if (note) parts.push(note)
  if (done > began.done && done < total) parts.push(`${timeLeft((total - done) / rate / 1000)} left`)
  return parts.join(', ')
}

function perSecond(rate: number, unit: string): string {
  if (rate < 1) return `${(1 / rate).toFixed(1)} s/${unit.replace(/s$/, '')}`
  return `${rate < 10 ? rate.toFixed(1) : Math.round(rate)} ${unit}/s`
}

function timeLeft(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

const CODES = { bold: [1, 22], red: [31, 39], green: [32, 39], yellow: [33, 39], dim: [2, 22] } as const

/** Whether a stream shows colours. NO_COLOR (no-color.org) is respected, and FORCE_COLOR where there is no terminal. */
export function showsColors(stream: Stream): boolean {
  if (process.env['NO_COLOR']) return false
  return process.env['FORCE_COLOR'] ? true : stream.isTTY && stream.hasColors?.() !== false
}

/** Text in a style where the stream shows one. */
export function paint(style: keyof typeof CODES, text: string, stream: Stream = process.stdout): string {
  if (!showsColors(stream)) return text
  const [open, close] = CODES[style]
  return `\x1b[${open}m${text}\x1b[${close}m`
}
