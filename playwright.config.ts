import { defineConfig, devices } from '@playwright/test'

const chromium = process.env['BATON_CHROMIUM']
const report = process.env['BATON_E2E_REPORT']

/** A closed machine refuses what Chromium does on its own; as root it has no sandbox. */
const quietly = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/browser',
  globalSetup: './e2e/global-setup.ts',
  // Whoever is free takes the next test, also out of the middle of a file.
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env['BATON_E2E_URL'] ?? '',
    viewport: { width: 1440, height: 900 },
    // Animations are waited for: what is shown by one is there at once.
    contextOptions: { reducedMotion: 'reduce' },
    // A trace of every test costs about as much as the tests: `npx playwright test --trace on` makes one when it is wanted.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { args: quietly, ...(chromium && { executablePath: chromium }) },
  },
})
