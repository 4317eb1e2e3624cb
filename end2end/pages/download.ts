// Files that a page offers.
import type { Page } from '@playwright/test';

/** Saves what the button or link with this test id offers: the file's name and text. */
export async function saved(page: Page, testid: string): Promise<{ name: string; text: string }> {
  const waiting = page.waitForEvent('download');
  await page.getByTestId(testid).click();
  const file = await waiting;
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return { name: file.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
}
