// The tests that need a Chromium browser: PROBE_CHROMIUM, or /usr/bin/chromium.

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/browser/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})
