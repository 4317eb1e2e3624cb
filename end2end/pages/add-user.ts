// The add-user wizard of Lab 6, by its labels of 2020.
import { expect, type Page } from '@playwright/test';

/** The islands are awake: what needs scripts answers from here on. */
export const awake = (page: Page) => expect(page.locator('html')).toHaveAttribute('data-islands', 'ready', { timeout: 30_000 });

export class AddUser {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/iam/users');
    await this.page.getByTestId('add-user').first().click();
    await awake(this.page);
  }

  async details(names: string[], choose: { keys?: boolean; console?: boolean; reset?: boolean; password?: string }): Promise<void> {
    const { page } = this;
    for (const [index, name] of names.entries()) {
      if (index > 0) await page.getByTestId('add-another-user').click();
      await page.getByTestId(`user-name-${index + 1}`).fill(name);
    }
    if (choose.keys) await page.getByLabel('Programmatic access').check();
    if (choose.console) await page.getByLabel('AWS Management Console access').check();
    if (choose.password) {
      await page.getByLabel('Custom password').check();
      await page.getByTestId('custom-password').fill(choose.password);
    }
    if (choose.console && choose.reset === false) await page.getByLabel('Require password reset').uncheck();
  }

  async next(title: string): Promise<void> {
    await this.page.getByTestId('next').click();
    await expect(this.page.getByTestId('step-title')).toContainText(title);
  }

  async createGroup(name: string, policy: string): Promise<void> {
    const { page } = this;
    await page.getByTestId('create-group').click();
    const dialog = page.getByRole('dialog', { name: 'Create group' });
    await dialog.getByTestId('group-name').fill(name);
    await dialog.getByRole('searchbox').fill(policy);
    await dialog.getByRole('row').filter({ hasText: policy }).getByRole('checkbox').first().check();
    await dialog.getByTestId('submit-group').click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('row').filter({ hasText: name }).getByRole('checkbox')).toBeChecked();
  }

  /** The downloaded CSV's text. */
  async download(): Promise<string> {
    const waiting = this.page.waitForEvent('download');
    await this.page.getByTestId('download-csv').click();
    const file = await waiting;
    expect(file.suggestedFilename()).toBe('new_user_credentials.csv');
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  }
}
