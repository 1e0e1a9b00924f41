// Ctrl-C: the first asks the work to stop and save, the second ends the process at once. A kill that can be caught is
// the same.

import { UserError } from '../core/errors.ts'
import type { TerminalLog } from './terminal.ts'

/** What a shell expects of a process that ended by Ctrl-C: 128 + 2. */
const INTERRUPTED = 130

/**
 * Runs work that can be stopped.
 * @param work is given a signal; what it throws once that is aborted is a stop and no failure. Work that ends all the
 *   same was finished when the stop came, and has succeeded.
 */
export async function interruptible<T>(log: TerminalLog, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED)
    log.info('Stopping; once more stops at once.')
    controller.abort(new UserError('Stopped. What was finished is kept: the same command goes on.'))
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    return await work(controller.signal)
  } catch (error) {
    if (!controller.signal.aborted) throw error
    process.exitCode = INTERRUPTED
    // Timers and streams of Node.js reject with an AbortError of their own, whatever the signal's reason is.
    throw error instanceof UserError ? error : controller.signal.reason
  } finally {
    log.clear()
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
