// Every probe that comes with the toolkit. Another one is one file and a line here.

import type { Probe } from '../src/probe.ts'
import { number } from './number.ts'

export const PROBES: readonly Probe[] = [number]
