// The fast tests: everything under test/ but the browser's, which have a configuration of their own.

import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/browser/**'],
    maxWorkers: '100%', // of the cores; by default one is left idle, which is half of two
    testTimeout: 20_000, // ms; tests that start processes take seconds on a machine that is shared
  },
})
