// Which console's words the pages are written in.
import { expect, type Page } from '@playwright/test';

/** Chooses the labels of an era in the settings of whoever is signed in. */
export async function chooseLabels(page: Page, era: '2020' | 'current'): Promise<void> {
  await expect(page).not.toHaveURL(/\/signin/);
  await page.goto('/console/settings');
  await page.getByTestId(`labels-choice-${era}`).check();
  await page.getByTestId('save-settings').click();
  await expect(page.getByText('Settings saved.')).toBeVisible();
}
