import { defineConfig } from 'vitest/config';

/** Tests that need a Temporal server share one, started before them; the others start at once. */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'parts', include: ['tests/{unit,contracts,activities}/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'temporal',
          include: ['tests/{workflows,replay,python,cli}/**/*.test.ts'],
          globalSetup: ['tests/support/server.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
