// The two kinds of failure. A UserError is a sentence for the person who can mend it: what was given, what is allowed,
// what to do. Anything else that is thrown is a bug and prints a stack.

/** One thing wrong in a file or on the command line. `path` names the place, as in `models[0].cell`; '' for the whole. */
export interface Problem {
  readonly path: string
  readonly message: string
}

/** A mistake of the user's. Printed without a stack; the process exits with `exitCode` (1; 2 for wrong usage). */
export class UserError extends Error {
  override readonly name = 'UserError'
  readonly problems: readonly Problem[]
  readonly exitCode: 1 | 2

  constructor(message: string, options: { problems?: readonly Problem[]; exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.problems = options.problems ?? []
    this.exitCode = options.exitCode ?? 1
  }
}

/** Mistakes as one: the only one as it is; of several, each with its own problems below it. */
export function togetherAs(headline: string, errors: readonly { readonly path: string; readonly error: UserError }[]): UserError {
  if (errors.length === 1) return errors[0].error
  const problems = errors.flatMap(({ path, error }) => [{ path, message: error.message }, ...error.problems])
  return new UserError(headline, { problems })
}

/** `"ltsm" is not a cell. Cells are: lstm, gru, rnn.` The one wording for a value outside a list. */
export function notOneOf(given: unknown, noun: string, plural: string, allowed: readonly string[]): string {
  return `${JSON.stringify(given)} is not ${article(noun)} ${noun}. ${capitalised(plural)} are: ${allowed.join(', ')}.`
}

function article(noun: string): string {
  return /^(?:[aeio]|u(?!ni))/.test(noun) ? 'an' : 'a'
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
