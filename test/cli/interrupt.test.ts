// Ctrl-C while work is under way, and when there is nothing left to stop.

import { afterEach, expect, test } from 'vitest'
import { interruptible } from '../../src/cli/interrupt.ts'
import { silent } from '../../src/core/log.ts'

const log = { ...silent, clear() {} }
afterEach(() => {
  process.exitCode = undefined
})

test('work that a signal stopped exits as shells expect', async () => {
  const stopped = interruptible(log, async (signal) => {
    process.emit('SIGINT')
    signal.throwIfAborted()
  })
  await expect(stopped).rejects.toThrow('Stopped. What was finished is kept: the same command goes on.')
  expect(process.exitCode).toBe(130)
})

test('work that was finished all the same has succeeded', async () => {
  const finished = await interruptible(log, async () => {
    process.emit('SIGINT')
    return 'written'
  })
  expect(finished).toBe('written')
  expect(process.exitCode).toBeUndefined()
})
