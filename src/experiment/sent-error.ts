// An error on its way from one process to another, which keeps what the user is told of it.

import { UserError, type Problem } from '../core/errors.ts'

/** `stack` is null for a mistake of the user's. */
export interface SentError {
  readonly message: string
  readonly problems: readonly Problem[]
  readonly stack: string | null
}

export function sentError(error: Error): SentError {
  const { message, stack = '' } = error
  if (error instanceof UserError) return { message, problems: error.problems, stack: null }
  return { message, problems: [], stack }
}

export function receivedError({ message, problems, stack }: SentError): Error {
  if (stack === null) return new UserError(message, { problems })
  return Object.assign(new Error(message), { stack })
}
