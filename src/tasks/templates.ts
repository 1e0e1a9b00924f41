// Sentence templates of agreement tasks, read from data/agreement/templates.yaml:
// "The {subject} {preposition} the {noun} {verb}". A word in braces is a slot: `subject`, `noun` and `verb` take words
// from the lexicon, any other name a list of the file.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import { UserError, type Problem } from '../core/errors.ts'
import { packageRoot } from '../core/package-root.ts'

/** One place of a template. */
export type Slot =
  | { readonly kind: 'word'; readonly name: string; readonly word: string }
  | { readonly kind: 'list'; readonly name: string; readonly choices: readonly Choice[]; readonly noun: boolean }
  | { readonly kind: 'noun'; readonly name: 'subject' | 'noun' }

/** An entry of a list, in words. */
type Choice = readonly string[]

export interface Template {
  readonly task: string
  /** everything before the verb */
  readonly slots: readonly Slot[]
  /** numbers of the nouns in order, subject first: `S`, `P`, or `SS`, `SP`, … */
  readonly conditions: readonly string[]
}

const fileSchema = z.strictObject({
  templates: z.record(z.string(), z.string()),
  lists: z.record(z.string(), z.array(z.string().trim().min(1)).min(1)).default({}),
  singular: z.array(z.string()).default([]),
})
type TemplateFile = z.output<typeof fileSchema>

/** @throws UserError for a text that is not such a file, with every problem and its place */
export function parseTemplates(yaml: string, file: string): Template[] {
  const problems: Problem[] = []
  const result = fileSchema.safeParse(parseYaml(yaml, file))
  if (!result.success) {
    for (const issue of result.error.issues) problems.push({ path: issue.path.join('.'), message: issue.message })
    throw invalid(file, problems)
  }
  const templates = Object.entries(result.data.templates).map(([task, sentence]) => {
    const slots = parseSlots(task, sentence, result.data, problems)
    return { task, slots, conditions: conditionsOf(slots) }
  })
  if (problems.length > 0) throw invalid(file, problems)
  return templates
}

/** The templates that come with the package. */
export function loadTemplates(): Template[] {
  const file = join(packageRoot(), 'data', 'agreement', 'templates.yaml')
  return parseTemplates(readFileSync(file, 'utf8'), file)
}

function parseYaml(yaml: string, file: string): unknown {
  try {
    return parse(yaml)
  } catch (cause) {
    throw new UserError(`${file} is not YAML: ${(cause as Error).message}`, { cause })
  }
}

function parseSlots(task: string, sentence: string, file: TemplateFile, problems: Problem[]): Slot[] {
  const report = (message: string) => problems.push({ path: `templates.${task}`, message })
  const words = sentence.trim().split(/\s+/)
  if (words.pop() !== '{verb}') report(`${JSON.stringify(sentence)} does not end in {verb}.`)
  const nouns = words.filter((word) => word === '{subject}' || word === '{noun}')
  if (nouns[0] !== '{subject}' || nouns.lastIndexOf('{subject}') > 0) report('needs one {subject}, before any {noun}.')
  return words.flatMap((word): Slot[] => {
    const name = /^\{(.+)\}$/.exec(word)?.[1]
    if (name === undefined) return [{ kind: 'word', name: word.toLowerCase(), word }]
    if (name === 'subject' || name === 'noun') return [{ kind: 'noun', name }]
    if (!Object.hasOwn(file.lists, name)) {
      const known = ['subject', 'noun', ...Object.keys(file.lists)].join(', ')
      report(`{${name}} is neither a noun nor a list. Slots are: ${known}, and {verb} at the end.`)
      return []
    }
    const choices = file.lists[name].map((entry) => entry.split(/\s+/))
    return [{ kind: 'list', name, choices, noun: file.singular.includes(name) }]
  })
}

/** Every combination of numbers; a list of names stays singular. */
function conditionsOf(slots: readonly Slot[]): string[] {
  let conditions = ['']
  for (const slot of slots) {
    if (slot.kind === 'noun') conditions = conditions.flatMap((start) => [`${start}S`, `${start}P`])
    if (slot.kind === 'list' && slot.noun) conditions = conditions.map((start) => `${start}S`)
  }
  return conditions
}

function invalid(file: string, problems: readonly Problem[]): UserError {
  return new UserError(`${file} is not a file of templates.`, { problems })
}
