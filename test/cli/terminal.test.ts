// Progress on a terminal and in a log file, with a clock that the test turns.

import { expect, test } from 'vitest'
import { paint, terminalLog } from '../../src/cli/terminal.ts'

function screen(isTTY: boolean) {
  const written: string[] = []
  const stream = { isTTY, columns: 90, hasColors: () => true, write: (text: string | Uint8Array) => written.push(String(text)) > 0 }
  let time = 0
  return { written, stream, now: () => time, wait: (milliseconds: number) => { time += milliseconds } }
}

const at = (done: number) => ({ stage: 'lstm, seed 1', done, total: 1000, unit: 'tokens', note: 'loss 4.20' })

test('a terminal shows a bar with the rate and the time left, and takes it away before a message', () => {
  const { written, stream, now, wait } = screen(true)
  const log = terminalLog({ stream, now })
  log.progress(at(0))
  wait(1000)
  log.progress(at(250))
  expect(written[written.length - 1]).toBe('lstm, seed 1  ██████░░░░░░░░░░░░░░░░░░  25 %, 250 tokens/s, loss 4.20, 3 s left')
  log.info('Epoch 1')
  expect(written.slice(-2)).toEqual(['\r\x1b[K', 'Epoch 1\n'])
  wait(1000)
  log.progress(at(1000))
  log.clear()
  expect(written[written.length - 1]).toBe('Epoch 1\n')
})

test('a bar is redrawn at most ten times a second', () => {
  const { written, stream, now, wait } = screen(true)
  const log = terminalLog({ stream, now })
  for (let done = 0; done < 500; done++) {
    log.progress(at(done))
    wait(1)
  }
  expect(written.filter((text) => text.includes('█') || text.includes('░'))).toHaveLength(5)
})

test('a log file gets a plain line every half minute, and none for what is short', () => {
  const { written, stream, now, wait } = screen(false)
  const log = terminalLog({ stream, now })
  for (let done = 0; done <= 1000; done += 10) {
    log.progress(at(done))
    wait(1000)
  }
  expect(written).toEqual([
    'lstm, seed 1: 30 %, 10 tokens/s, loss 4.20, 70 s left\n',
    'lstm, seed 1: 60 %, 10 tokens/s, loss 4.20, 40 s left\n',
    'lstm, seed 1: 90 %, 10 tokens/s, loss 4.20, 10 s left\n',
    'lstm, seed 1: 100 %, 10 tokens/s, loss 4.20\n',
  ])
  const short = screen(false)
  terminalLog(short).progress({ ...at(1000), stage: 'short' })
  expect(short.written).toEqual([])
})

test('NO_COLOR is respected', () => {
  const { stream } = screen(true)
  const before = process.env['NO_COLOR']
  delete process.env['NO_COLOR']
  expect(paint('red', '✖', stream)).toBe('\x1b[31m✖\x1b[39m')
  process.env['NO_COLOR'] = '1'
  expect(paint('red', '✖', stream)).toBe('✖')
  if (before === undefined) delete process.env['NO_COLOR']
  else process.env['NO_COLOR'] = before
})
