// The shape of an experiment file as JSON Schema, for editors: completion, descriptions, red lines while typing. It
// stands in experiments/schema.json; a test holds that it is current, and `npx vitest run test/experiment -u` writes it
// anew.

import * as z from 'zod'
import { experimentSchema } from './config.ts'

/** The text of experiments/schema.json. */
export function experimentJsonSchema(): string {
  const schema = z.toJSONSchema(experimentSchema, { io: 'input', target: 'draft-7', unrepresentable: 'any' })
  return `${JSON.stringify(schema, null, 1)}\n`
}
