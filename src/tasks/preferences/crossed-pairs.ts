// Pairs of contexts that differ in one word, and two continuations, each right in one of them and wrong in the other:
// "The family moved … because they wanted a larger" house, "The team …" market. How frequent the continuations are, and
// what all other words say of them, cancels. Read from data/preferences/pairs.yaml, or from a file of the same form.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { UserError, type Problem } from '../../core/errors.ts'
import { packageRoot } from '../../core/package-root.ts'
import { tokenId, type Vocabulary } from '../../data/vocabulary.ts'
import type { Choice } from '../items.ts'

export interface CrossedPair {
  /** up to the continuation; the first side's word stands at `place` */
  readonly frame: readonly string[]
  readonly place: number
  readonly sides: readonly [Side, Side]
}

/** One of the two words, and what goes best with it. */
export interface Side {
  readonly word: string
  readonly continuation: string
}

/** Stands for the two words in a frame. */
const GAP = '_'

const sides = z.record(z.string().trim().min(1), z.string().trim().min(1))
const fileSchema = z.record(z.string(), z.array(sides).min(1))

/** @throws UserError for a text that is not such a file, with every problem and its place */
export function parseCrossedPairs(yaml: string, file: string): CrossedPair[] {
  const result = fileSchema.safeParse(parseYaml(yaml, file))
  if (!result.success) {
    throw invalid(file, result.error.issues.map(({ path, message }) => ({ path: path.join(': '), message })))
  }
  const problems: Problem[] = []
  const pairs = Object.entries(result.data).flatMap(([frame, crossings]) => {
    const words = frame.trim().split(/\s+/)
    const place = words.indexOf(GAP)
    if (place === -1 || place !== words.lastIndexOf(GAP)) {
      problems.push({ path: frame, message: `needs one ${GAP}, which stands for the two words.` })
    }
    return crossings.flatMap((crossing) => {
      const problem = problemOf(crossing)
      if (problem !== null) problems.push({ path: frame, message: problem })
      const [first, second] = Object.entries(crossing).map(([word, continuation]) => ({ word, continuation }))
      return [{ frame: words, place, sides: [first, second] as const }]
    })
  })
  if (problems.length > 0) throw invalid(file, problems)
  return pairs
}

/** The pairs that come with the package. */
export function loadCrossedPairs(): CrossedPair[] {
  const file = join(packageRoot(), 'data', 'preferences', 'pairs.yaml')
  return parseCrossedPairs(readFileSync(file, 'utf8'), file)
}

/** Words between the one that is crossed and the continuation. */
export function distanceOf({ frame, place }: CrossedPair): number {
  return frame.length - place - 1
}

/** The two items of a pair: after each word its own continuation against the other's. */
export function choicesOf({ frame, place, sides: [first, second] }: CrossedPair): [Choice, Choice] {
  const choice = (own: Side, other: Side): Choice => (
    { prefix: frame.with(place, own.word), right: own.continuation, wrong: other.continuation }
  )
  return [choice(first, second), choice(second, first)]
}

/**
 * The pairs whose four words the model knows.
 * @throws UserError where there is none
 */
export function knownPairs(pairs: readonly CrossedPair[], vocabulary: Vocabulary): CrossedPair[] {
  const isKnown = (word: string) => tokenId(vocabulary, word) !== undefined
  const known = pairs.filter((pair) => pair.sides.every(({ word, continuation }) => isKnown(word) && isKnown(continuation)))
  if (known.length > 0) return known
  throw new UserError(
    `The model does not know the words of any of the ${pairs.length} crossed pairs. Use a larger vocabulary, or pairs of ` +
      'commoner words.',
  )
}

function problemOf(crossing: Readonly<Record<string, string>>): string | null {
  const entries = Object.entries(crossing)
  const given = `{ ${entries.map(([word, continuation]) => `${word}: ${continuation}`).join(', ')} }`
  if (entries.length !== 2) return `${given} has ${entries.length} entries. Write two: { family: house, team: market }.`
  const long = entries.flat().find((word) => /\s/.test(word))
  if (long !== undefined) return `"${long}" is more than one word; words that both sides share belong to the frame.`
  return entries[0][1] === entries[1][1] ? `${given} has one continuation for both.` : null
}

function parseYaml(yaml: string, file: string): unknown {
  try {
    return parse(yaml)
  } catch (cause) {
    throw new UserError(`${file} is not YAML: ${(cause as Error).message}`, { cause })
  }
}

function invalid(file: string, problems: readonly Problem[]): UserError {
  return new UserError(`${file} is not a file of crossed pairs.`, { problems })
}
