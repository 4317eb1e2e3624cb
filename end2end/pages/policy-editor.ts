// The JSON of a policy: a text area, whose place the editor takes where scripts run.
import { expect, type Locator, type Page } from '@playwright/test';

/** Whether this browser runs scripts, so that the editor is there, or will be. */
const scripted = (page: Page): Promise<boolean> => page.evaluate(() => matchMedia('(scripting: enabled)').matches);

/** Opens the tab JSON of a policy that is being written; what was typed elsewhere stays. */
export async function openJson(page: Page): Promise<void> {
  await page.getByTestId('tab-json').click();
  await expect(page.getByTestId('tab-json')).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByTestId('policy-document')).toHaveCount(1);
}

/** What is typed into, in the editor that belongs to a text area. */
export const editorOf = (page: Page, testid = 'policy-document'): Locator =>
  page.locator('[data-editor]').filter({ has: page.getByTestId(testid) }).locator('.cm-content');

/** Puts a text in place of what is there, as pasting does: nothing is completed and no bracket closed. */
export async function writePolicy(page: Page, testid: string, text: string): Promise<void> {
  const area = page.getByTestId(testid);
  if (!(await scripted(page))) return area.fill(text);
  const editor = editorOf(page, testid);
  await editor.press('ControlOrMeta+a');
  await editor.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await expect(area, 'the form has what the editor shows').toHaveValue(text);
}

/** What a policy is written into is there to be seen, whichever it is. */
export async function expectPolicyField(page: Page, testid = 'policy-document'): Promise<void> {
  await expect((await scripted(page)) ? editorOf(page, testid) : page.getByTestId(testid)).toBeVisible();
}
