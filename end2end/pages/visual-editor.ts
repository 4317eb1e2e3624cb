// The visual editor of policies: a block for each service, with sections that fold.
import { expect, type Page } from '@playwright/test';
import { openJson, writePolicy } from './policy-editor';

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

/** Opens the tab of the visual editor. */
export async function openVisual(page: Page): Promise<void> {
  await page.getByTestId('tab-visual').click();
  await expect(page.getByTestId('tab-visual')).toHaveAttribute('aria-selected', 'true');
}

/** A policy as somebody wrote it by hand: some of it the editor would not offer. */
export const written = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Bills',
      Effect: 'Allow',
      Action: ['s3:ListBucket', 's3:GetObject'],
      Resource: ['arn:aws:s3:::bills', 'arn:aws:s3:::bills/*', 'arn:aws:sqs:us-east-1:*:bills'],
      Condition: { StringLike: { 'aws:SourceIp': '10.*' } },
    },
  ],
};

/** Opens the visual editor with that policy. */
export async function openWritten(page: Page): Promise<void> {
  await page.goto('/iam/policies/create');
  await openJson(page);
  await writePolicy(page, 'policy-document', JSON.stringify(written));
  await openVisual(page);
}

/** The button that edits an ARN. */
export const editButton = (page: Page, arn: string) => page.getByRole('button', { name: `Edit ${arn}`, exact: true });

/** What a list lets choose. */
export const offered = (page: Page, testid: string) => page.getByTestId(testid).locator('option:not([disabled])');
