import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname

/** Need no database: the engine, the small values, and what is drawn. */
const pure = ['lib/engine/**/*.test.ts', 'lib/*.test.ts', 'components/**/*.test.{ts,tsx}']

export default defineConfig({
  resolve: {
    alias: [
      { find: /^server-only$/, replacement: resolve(root, 'server/empty.ts') },
      { find: /^@\//, replacement: `${root}/` },
    ],
  },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    unstubGlobals: true,
    restoreMocks: true,
    projects: [
      // They keep nothing between them, so that each process reads the engine once for all.
      { extends: true, test: { name: 'unit', include: pure, isolate: false } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{app,db,lib,server}/**/*.test.{ts,tsx}'],
          exclude: pure,
          globalSetup: ['server/testing/global-setup.ts'],
          setupFiles: ['db/testing/environment.ts'],
        },
      },
    ],
  },
})
