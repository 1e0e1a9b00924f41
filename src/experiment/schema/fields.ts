// The kinds of value that an experiment file is made of. Each says in one sentence what it allows, whatever is wrong
// with what was given; editors show the description.

import * as z from 'zod'
import { notOneOf } from '../../core/errors.ts'

/** `0 is not a whole number from 1 up.`, or what is missing. */
export function mustBe(what: string): (issue: { readonly input?: unknown }) => string {
  return ({ input }) => (input === undefined ? `is missing. It is ${what}.` : `${show(input)} is not ${what}.`)
}

/** A value as the file has it, short enough for a line. */
export function show(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value) ?? String(value)
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

export function wholeNumber(description: string, least: number, most = Number.MAX_SAFE_INTEGER) {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} up` : `from ${least} to ${most}`
  const error = mustBe(`a whole number ${range}`)
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error }).describe(description)
}

/** A number above zero. */
export function positive(description: string) {
  const error = mustBe('a number above 0')
  return z.number({ error }).positive({ error }).describe(description)
}

/** A number from 0 up to, but not including, 1: a dropout probability, a share of a corpus, a decay. */
export function fraction(description: string) {
  const error = mustBe('a number from 0 up to, but not including, 1')
  return z.number({ error }).min(0, { error }).lt(1, { error }).describe(description)
}

export function anyNumber(description: string) {
  return z.number({ error: mustBe('a number') }).describe(description)
}

export function flag(description: string) {
  return z.boolean({ error: mustBe('true or false') }).describe(description)
}

/** One of a few words. */
export function choice<const Allowed extends readonly string[]>(
  description: string, noun: string, plural: string, allowed: Allowed,
) {
  const error = ({ input }: { readonly input?: unknown }) =>
    input === undefined ? `is missing. It is one of: ${allowed.join(', ')}.` : notOneOf(input, noun, plural, allowed)
  return z.enum(allowed, { error }).describe(description)
}

/** Any text that is not empty. */
export function text(description: string) {
  const error = mustBe('a text')
  return z.string({ error }).min(1, { error }).describe(description)
}

export const fetch = text('What to fetch, and where it lives: said where it is missing.')

/** A name that can stand in a path and a table: letters, digits, dots, hyphens and underscores. */
export function plainName(description: string) {
  const error = mustBe('a name: letters, digits, ".", "-" and "_", starting with a letter or digit')
  return z.string({ error }).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { error }).describe(description)
}

/** A list with at least one entry, and none of them twice: a seed or a site that stood twice would count twice. */
export function list<Entry extends z.ZodType>(entry: Entry, what: string) {
  const error = mustBe(`a list of ${what} with at least one entry`)
  return z.array(entry, { error }).min(1, { error }).refine((entries) => twice(entries) === undefined, {
    error: ({ input }) => `has ${show(twice(input as readonly unknown[]))} twice. Leave one of them out.`,
  })
}

/** The first entry that stands in a list before, too; undefined where there is none. */
function twice(entries: readonly unknown[]): unknown {
  return entries.find((entry, index) => entries.indexOf(entry) < index)
}
