// Vega-Lite to Vega. Pages carry compiled charts, so that a browser needs only Vega's runtime.

import type { Spec } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'

/** @param warn hears what Vega-Lite thinks is wrong with the chart; tests let none pass */
export function compileChart(spec: TopLevelSpec, warn: (message: string) => void = () => {}): Spec {
  const logger = {
    level: () => logger,
    error: (...messages: readonly string[]) => heard(messages),
    warn: (...messages: readonly string[]) => heard(messages),
    info: () => logger,
    debug: () => logger,
  }
  function heard(messages: readonly string[]) {
    warn(messages.join(' '))
    return logger
  }
  return compile(spec, { logger: logger as never }).spec
}
