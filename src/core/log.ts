// What long work tells whoever started it. The library is silent by default; the command line prints.

/** How far a piece of long work is. `done` and `total` count `unit`s; `note` is a short text such as a loss. */
export interface Progress {
  readonly stage: string
  readonly done: number
  readonly total: number
  readonly unit: string
  readonly note?: string
}

export interface Log {
  /** A finished step worth a line. */
  info(message: string): void
  /** Something the user should know that does not stop the work. */
  warn(message: string): void
  progress(progress: Progress): void
}

export const silent: Log = { info() {}, warn() {}, progress() {} }
