// Every probe that comes with the toolkit. Another one is one file and a line here.

import { number } from './number.ts'

export const PROBES = [number]
