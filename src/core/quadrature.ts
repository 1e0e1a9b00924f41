// Integrals by Gauss and Legendre's rule of 8 nodes: exact for polynomials up to degree 15.

export interface Node {
  readonly at: number
  readonly weight: number
}

/** On [−1, 1], of one side; Abramowitz & Stegun (1964), table 25.4. */
const HALF = [
  { at: 0.1834346424956498, weight: 0.362683783378362 },
  { at: 0.525532409916329, weight: 0.3137066458778873 },
  { at: 0.7966664774136267, weight: 0.2223810344533745 },
  { at: 0.9602898564975363, weight: 0.1012285362903763 },
] as const
const NODES = [...HALF.toReversed().map(({ at, weight }) => ({ at: -at, weight })), ...HALF]

/** From left to right; the weights add up to the width. */
export function quadrature(from: number, to: number): Node[] {
  const half = (to - from) / 2
  return NODES.map(({ at, weight }) => ({ at: from + half * (1 + at), weight: half * weight }))
}
