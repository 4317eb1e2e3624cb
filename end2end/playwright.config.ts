// Journeys through the real console in the distribution's Chromium. scripts/test sets the environment.
import { defineConfig } from '@playwright/test';

const LONG = /\/(lab12-visual|xss-everywhere|lab3-budget|read-only|clients|lab6-add-user|lab21-reports|classroom)\.spec\.ts$/;

export default defineConfig({
  testDir: 'journeys',
  outputDir: 'artefacts/results',
  globalSetup: './fixtures/servers.ts',
  globalTeardown: './fixtures/contact-sheet.ts',
  fullyParallel: true,
  // A journey waits as often as it computes: three keep two cores busy.
  workers: process.env.UNDERSTUDY_WORKERS ? Number(process.env.UNDERSTUDY_WORKERS) : 3,
  forbidOnly: true,
  retries: 0,
  // Patience for a machine that others use too: no journey measures time.
  timeout: 360_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  // The longest begin first: whatever is left at the end has the machine to itself.
  projects: [
    { name: 'long', testMatch: LONG },
    { name: 'others', testIgnore: LONG },
  ],
  use: {
    baseURL: process.env.UNDERSTUDY_URL,
    testIdAttribute: 'data-testid',
    viewport: { width: 1440, height: 900 },
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        // Without a graphics card the pages are drawn by the processor either way; imitating one costs a fifth more.
        '--disable-gpu-rasterization',
        '--disable-software-rasterizer',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
