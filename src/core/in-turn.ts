// Steps that wait for each other.

/** One after the other: what each takes of memory is free before the next begins. */
export async function inTurn<Given, Made>(
  given: readonly Given[],
  make: (each: Given) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = []
  for (const each of given) made.push(await make(each))
  return made
}
