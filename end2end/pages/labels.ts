// The switch between the labels of 2020 and of today.
import { expect, type Page } from '@playwright/test';

/** Chooses today's labels for whoever is signed in. */
export async function currentLabels(page: Page): Promise<void> {
  await page.goto('/console/settings');
  await page.getByTestId('labels-choice-current').check();
  await page.getByTestId('save-settings').click();
  await expect(page.getByText('Settings saved.')).toBeVisible();
}
