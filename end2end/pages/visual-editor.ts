// The visual editor of policies: a block for each service, with sections that fold.
import { expect, type Page } from '@playwright/test';

export type Section = 'service' | 'actions' | 'resources' | 'conditions';

/** Opens a section of a block, unless it is open. */
export async function openSection(page: Page, number: number, section: Section): Promise<void> {
  const heading = page.getByTestId(`${section}-${number}`);
  if ((await heading.getAttribute('aria-expanded')) !== 'true') await heading.click();
  await expect(heading).toHaveAttribute('aria-expanded', 'true');
}

/** Chooses a block's service by its prefix; its actions are shown then. */
export async function chooseService(page: Page, number: number, prefix: string): Promise<void> {
  await openSection(page, number, 'service');
  await page.locator('#main').getByTestId(`service-${prefix}`).click();
  await expect(page.getByTestId(`actions-${number}`)).toHaveAttribute('aria-expanded', 'true');
}

/** Ticks single actions of the block whose actions are shown. */
export async function tickActions(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) {
    await page.getByTestId('find-action').fill(name);
    await page.getByTestId(`action-${name}`).check();
  }
  await page.getByTestId('find-action').fill('');
}

/** The document that the tab JSON holds. */
export async function documentOf(page: Page): Promise<unknown> {
  return JSON.parse(await page.getByTestId('policy-document').inputValue());
}
