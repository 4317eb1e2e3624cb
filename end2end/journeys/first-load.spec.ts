// What travels for the first sight of a page, as Chromium counts it: a budget of bytes, whatever the machine.
import { type Page } from '@playwright/test';
import { expect, signInAsRoot, test } from '../fixtures/test';

// Half of what the same page weighs in the framework that the original is built with, fonts aside.
const USERS_PAGE = 237_000;
const SCRIPTS = 200_000;
const STYLES = 25_000;

/** Bytes on the wire by kind, of a page that this browser has never seen. */
async function weigh(page: Page, path: string): Promise<Record<string, number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.clearBrowserCache');
  const kinds = new Map<string, string>();
  const bytes: Record<string, number> = {};
  session.on('Network.responseReceived', ({ requestId, response }) => kinds.set(requestId, response.mimeType));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? 'other';
    bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', 'true');
  return bytes;
}

test('the Users page keeps within its bytes', async ({ page, context, account }) => {
  await signInAsRoot(page, account);
  await page.waitForURL(/\/console\/home/);
  // What the page before still loads is not this one's: on a slow machine it begins after the network was idle.
  const fresh = await context.newPage();
  await page.close();
  const bytes = await weigh(fresh, '/iam/users');
  test.info().annotations.push({ type: 'bytes', description: JSON.stringify(bytes) });
  const scripts = (bytes['application/wasm'] ?? 0) + (bytes['text/javascript'] ?? 0);
  const fonts = Object.entries(bytes).filter(([kind]) => kind.startsWith('font/'));
  const fontBytes = fonts.reduce((sum, [, size]) => sum + size, 0);
  const all = Object.values(bytes).reduce((sum, size) => sum + size, 0) - fontBytes;
  expect(scripts, 'wasm and its script').toBeGreaterThan(1_000);
  expect(scripts, 'wasm and its script').toBeLessThan(SCRIPTS);
  expect(bytes['text/css'], 'styles').toBeLessThan(STYLES);
  expect(all, `everything but fonts: ${JSON.stringify(bytes)}`).toBeLessThan(USERS_PAGE);
});

test('only a page with a wizard loads the wizards', async ({ page, account }) => {
  await signInAsRoot(page, account);
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  await page.goto('/iam/users', { waitUntil: 'networkidle' });
  expect(loaded.filter((path) => path.includes('wizards'))).toEqual([]);
  loaded.length = 0;
  await page.getByTestId('add-user').click();
  await expect(page.getByTestId('create-user-wizard')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', 'true');
  expect(loaded.some((path) => /\/wizards\..*\.wasm$/.test(path))).toBe(true);
  expect(loaded.some((path) => /\/frontend\..*\.wasm$/.test(path)), 'the smaller module is not needed then').toBe(false);
});
