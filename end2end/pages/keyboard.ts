// A person without a mouse: Tab until something has the focus, and a ring must show where that is.
import { expect, type Page } from '@playwright/test';

/** Presses Tab until the element with this test id, or another attribute of this value, has the focus. */
export async function reach(page: Page, value: string, attribute = 'data-testid'): Promise<void> {
  const focused = () => page.evaluate((name) => document.activeElement?.getAttribute(name), attribute);
  for (let presses = 0; presses < 120; presses++) {
    if ((await focused()) === value) {
      const ring = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement ?? document.body);
        return style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      });
      expect(ring, `the focus on ${value} can be seen`).toBe(true);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${value} cannot be reached with Tab`);
}

/** Goes to a field and types over what stands in it. */
export async function type(page: Page, testid: string, text: string): Promise<void> {
  await reach(page, testid);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
}
