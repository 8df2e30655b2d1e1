import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/support/fixedSeed.ts'],
    // Only what hangs takes so long, also on a machine that is busy with other things.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    coverage: { provider: 'v8', include: ['src/**'], reporter: ['text-summary', 'html'] },
  },
})
