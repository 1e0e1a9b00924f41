import { expect, test } from 'vitest'
import { once, onceFor, oncePer } from '../../src/core/once.ts'

/** Says how often it was called, false first. */
function counting() {
  const calls: unknown[] = []
  return { calls, make: (given?: unknown) => calls.push(given) > 1 }
}

test('a value is made when it is first asked for, even where it is false', () => {
  const { calls, make } = counting()
  const value = once(make)
  expect(calls).toHaveLength(0)
  expect([value(), value()]).toEqual([false, false])
  expect(calls).toHaveLength(1)
})

test('one value for each list of arguments that is the same as JSON', () => {
  const { calls, make } = counting()
  const valueOf = onceFor((given: readonly number[]) => make(given))
  expect([valueOf([1, 2]), valueOf([2]), valueOf([1, 2])]).toEqual([false, true, false])
  expect(calls).toEqual([[1, 2], [2]])
})

test('one value for each object, not for each that looks alike', () => {
  const { calls, make } = counting()
  const valueOf = oncePer((given: object) => make(given))
  const [one, other] = [{ a: 1 }, { a: 1 }]
  expect([valueOf(one), valueOf(other), valueOf(one)]).toEqual([false, true, false])
  expect(calls).toEqual([one, other])
})
