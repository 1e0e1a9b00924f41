import { describe, expect, it } from 'vitest'
import { count, fixed, interval, listed, percent, plural } from '../../src/report/format.ts'

describe('numbers for people', () => {
  it('have thousands separated by commas and a true minus sign', () => {
    expect([count(1_321_640), count(999), count(-12_000), count(0)]).toEqual(['1,321,640', '999', '−12,000', '0'])
  })

  it('never show a negative zero', () => {
    expect([fixed(-0.04, 1), fixed(-0.06, 1), fixed(-0, 2)]).toEqual(['0.0', '−0.1', '0.00'])
  })

  it('say what is not a number', () => {
    expect([fixed(NaN, 1), fixed(-Infinity, 1)]).toEqual(['undefined', '−∞'])
  })

  it('read as percent, intervals, counts and lists', () => {
    expect(percent(0.8725)).toBe('87.3 %')
    expect(interval(-1.25, 2, 2)).toBe('[−1.25, 2.00]')
    expect([plural(1, 'unit'), plural(2400, 'unit')]).toEqual(['1 unit', '2,400 units'])
    expect([listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['a', 'a, b and c'])
  })
})
