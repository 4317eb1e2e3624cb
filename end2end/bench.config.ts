// Figures of pages, not tests: scripts/bench-pages starts what they need and sets the environment.
import { defineConfig } from '@playwright/test';
import journeys from './playwright.config';

export default defineConfig({
  testDir: 'bench',
  outputDir: 'artefacts/bench',
  workers: 1,
  timeout: 600_000,
  reporter: [['line']],
  use: { ...journeys.use, baseURL: process.env.UNDERSTUDY_URL },
});
