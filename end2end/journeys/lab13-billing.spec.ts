// Money that moves: the sandbox clock, the spend simulator, the cost ledger, imports, and Lab 2's billing preferences.
import { boto3, keysOf } from '../fixtures/clients';
import { createAccount, enterAsRoot, enterAsUser, expect, expectAccessible, picture, test } from '../fixtures/test';
import type { Page } from '@playwright/test';

const PASSWORD = 'Invented-Pass-1!';
const SUBJECT = 'Understudy Budgets: Practice has exceeded your alert threshold';

async function makeBudget(page: Page, amount: string): Promise<void> {
  await page.goto('/billing/budgets/create');
  await page.getByTestId('next').click();
  await page.getByTestId('budget-name').fill('Practice');
  await page.getByTestId('budget-amount').fill(amount);
  await page.getByTestId('next').click();
  await page.getByTestId('alert-0-threshold-input').fill('80');
  await page.getByTestId('alert-0-emails-input').fill('ann@example.com');
  await page.getByTestId('next').click();
  await page.getByTestId('create-budget').click();
  await expect(page.getByText('Your budget Practice has been created')).toBeVisible();
}

async function mails(page: Page): Promise<number> {
  await page.goto('/inbox');
  return page.getByText(SUBJECT).count();
}

async function advance(page: Page, step: 'hour' | 'day' | 'month'): Promise<void> {
  await page.goto('/billing/clock');
  await page.getByTestId(`advance-${step}`).click();
  await expect(page.getByText('The sandbox clock was moved ahead.')).toBeVisible();
}

test('a runaway plan meets a budget as the clock moves', async ({ page, account, browser }) => {
  test.setTimeout(120_000);
  await enterAsRoot(page, account);
  await page.goto('/billing/clock');
  await expect(page.getByTestId('clock-state')).toContainText('at the real time');
  await expect(page.getByTestId('sandbox-time')).toHaveCount(0);
  await expect(page.getByTestId('reset-clock')).toHaveCount(0);
  await expectAccessible(page);
  await advance(page, 'month');
  await expect(page.getByTestId('clock-state')).toContainText('ahead of the real time');
  await expect(page.getByTestId('sandbox-time')).toContainText('-01 00:0');
  await expectAccessible(page);
  await picture(browser, page, 'sandbox-clock');

  await makeBudget(page, '60');
  await page.goto('/billing/simulator');
  await expect(page.getByText('Nothing was simulated or imported yet.')).toBeVisible();
  await page.getByTestId('plan').selectOption('runaway-nat-gateway');
  await page.getByTestId('plan-days').fill('0');
  await page.getByTestId('add-plan-submit').click();
  await expect(page.getByTestId('plan-days-field-error')).toBeVisible();
  await expect(page.getByTestId('plan'), 'nothing chosen is lost').toHaveValue('runaway-nat-gateway');
  await expectAccessible(page);
  await page.getByTestId('plan-days').fill('5');
  await page.getByTestId('add-plan-submit').click();
  await expect(page.getByText('The plan was added to the ledger.')).toBeVisible();
  await expect(page.getByTestId('cost-entries-row')).toContainText('$117.90');
  await expectAccessible(page);
  await picture(browser, page, 'spend-simulator');

  await page.goto('/billing/ledger');
  await expect(page.getByTestId('value-total-so-far')).toHaveText('$23.58');
  await expect(page.getByTestId('value-scheduled')).toHaveText('$94.32');
  await expect(page.getByTestId('line-items-row')).toHaveCount(10);
  await expect(page.getByTestId('scheduled')).toHaveCount(8);
  await expectAccessible(page);
  await picture(browser, page, 'cost-ledger');
  expect(await mails(page)).toBe(0);
  await advance(page, 'day');
  expect(await mails(page), '47.16 of 48').toBe(0);
  await advance(page, 'day');
  expect(await mails(page)).toBe(1);
  await page.goto('/billing/home');
  await expect(page.getByTestId('value-month-to-date-total')).toHaveText('$70.74');

  await advance(page, 'month');
  await page.goto('/billing/budgets');
  await expect(page.getByTestId('budgets-row'), 'a new month begins at nothing').toContainText('$0.00');
  await page.goto('/cloudtrail/events?EventName=AdvanceSandboxClock');
  await page.getByRole('link', { name: 'AdvanceSandboxClock' }).first().click();
  await expect(page.getByTestId('value-sandbox-time')).toContainText('UTC');

  await page.goto('/billing/clock');
  await page.getByTestId('reset-clock').click();
  await expect(page.getByText('The account is back at the real time.')).toBeVisible();
  await expect(page.getByTestId('sandbox-time')).toHaveCount(0);
  await page.goto('/billing/simulator');
  await page.getByTestId('delete-entry').click();
  await expect(page.getByText('A runaway NAT gateway was taken out of the ledger.')).toBeVisible();
  await expect(page.getByTestId('cost-entries-row')).toHaveCount(0);
});

test('usage and curves are priced, and what is free is marked', async ({ page, account }) => {
  await enterAsRoot(page, account);
  await page.goto('/billing/simulator');
  await page.getByTestId('usage').selectOption('AmazonEC2/BoxUsage:t2.micro');
  await page.getByTestId('usage-quantity').fill('lots');
  await page.getByTestId('add-usage-submit').click();
  await expect(page.getByTestId('usage-quantity-field-error')).toBeVisible();
  await page.getByTestId('usage-quantity').fill('760');
  await page.getByTestId('add-usage-submit').click();
  await expect(page.getByText('The usage was added to the ledger.')).toBeVisible();
  await page.getByTestId('curve-usage').selectOption('AmazonEC2/BoxUsage:m5.large');
  await page.getByTestId('curve-quantity').fill('10');
  await page.getByTestId('curve-shape').selectOption('PERCENT');
  await page.getByTestId('curve-change').fill('100');
  await page.getByTestId('curve-days').fill('1');
  await page.getByTestId('add-curve-submit').click();
  await expect(page.getByText('The curve was added to the ledger.')).toBeVisible();
  await page.goto('/billing/ledger');
  await expect(page.getByTestId('value-total-so-far')).toHaveText('$1.076');
  await expect(page.getByTestId('free-tier')).toHaveCount(1);
  await page.getByTestId('ledger-service').selectOption('Amazon Elastic Compute Cloud - Compute');
  await page.getByTestId('ledger-show').click();
  await expect(page).toHaveURL(/service=Amazon/);
  await expect(page.getByTestId('line-items-row')).toHaveCount(3);
  await page.goto('/inbox');
  await expect(page.getByText('Free Tier usage limit alert: 85%'), 'on where nothing was chosen').toBeVisible();
});

test('an export is checked, corrected and imported, without scripts too', async ({ browser, page: scripted, account }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: process.env.UNDERSTUDY_URL });
  const page = await context.newPage();
  await enterAsRoot(page, account);
  await page.goto('/billing/import');
  await page.getByTestId('import-submit').click();
  await expect(page.getByTestId('import-file-field-error')).toHaveText(/Choose a file/);
  const head = 'BilledCost,BillingCurrency,ChargeCategory,ChargePeriodStart,ServiceName';
  const month = new Date().toISOString().slice(0, 7);
  const good = `1.25,USD,Usage,${month}-01T00:00:00Z,AWS Lambda`;
  const file = (name: string, ...lines: string[]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from([head, ...lines, ''].join('\n')) });
  await page.getByTestId('import-file').setInputFiles(file('wrong.csv', good, good.replace('1.25', 'much')));
  await page.getByTestId('import-submit').click();
  await expect(page.getByTestId('import-outcome')).toContainText('Nothing was imported: one line is at fault.');
  await expect(page.getByTestId('import-errors-row')).toContainText('BilledCost');
  await expect(page.getByTestId('import-errors-row')).toContainText('3');
  // axe is a script.
  await enterAsRoot(scripted, account);
  await scripted.goto('/billing/import');
  await expectAccessible(scripted);
  await scripted.getByTestId('import-file').setInputFiles(file('wrong.csv', good, good.replace('1.25', 'much')));
  await scripted.getByTestId('import-submit').click();
  await expect(scripted.getByTestId('import-errors-row')).toContainText('BilledCost');
  await expectAccessible(scripted);
  const right = file('right.csv', good, good);
  await page.getByTestId('import-file').setInputFiles(right);
  await page.getByTestId('import-submit').click();
  await expect(page.getByTestId('import-outcome')).toContainText('2 lines can be imported. Nothing was changed.');
  await expect(page.getByTestId('value-amount')).toHaveText('$2.50');
  await page.getByTestId('import-file').setInputFiles(right);
  await page.getByTestId('import-dry-run').uncheck();
  await page.getByTestId('import-submit').click();
  await expect(page.getByTestId('import-outcome')).toContainText('2 lines were imported.');
  await page.getByTestId('import-file').setInputFiles(right);
  await page.getByTestId('import-submit').click();
  await expect(page.getByText('This export is in the ledger already, as right.csv')).toBeVisible();
  await page.goto('/billing/home');
  await expect(page.getByTestId('value-month-to-date-total')).toHaveText('$2.50');
  await context.close();
});

test('billing preferences are saved; charges stay published; who may only look is told what is missing', async ({ page, browser }) => {
  const account = await createAccount(true);
  const made = await boto3(
    `
iam.create_user(UserName="reader")
iam.attach_user_policy(UserName="reader", PolicyArn="arn:aws:iam::aws:policy/AWSBillingReadOnlyAccess")
iam.create_login_profile(UserName="reader", Password="${PASSWORD}", PasswordResetRequired=False)
`,
    keysOf(account),
  );
  expect(made.err).toBe('');
  await enterAsRoot(page, account);
  await page.goto('/billing/home');
  await page.getByRole('link', { name: 'Billing preferences' }).click();
  await expect(page.getByTestId('free-tier-alerts')).toBeChecked();
  await expect(page.getByTestId('pdf-invoices')).not.toBeChecked();
  await expectAccessible(page);
  await page.getByTestId('pdf-invoices').check();
  await page.getByTestId('billing-alerts').check();
  await page.getByTestId('free-tier-email').fill('no address');
  await page.getByTestId('save-preferences').click();
  await expect(page.getByTestId('free-tier-email-field-error')).toBeVisible();
  await expect(page.getByTestId('billing-alerts'), 'nothing ticked is lost').toBeChecked();
  await page.getByTestId('free-tier-email').fill('bills@example.com');
  await page.getByTestId('save-preferences').click();
  await expect(page.getByText('Your billing preferences were saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByTestId('pdf-invoices')).toBeChecked();
  await expect(page.getByTestId('free-tier-email')).toHaveValue('bills@example.com');
  await expect(page.getByTestId('billing-alerts')).toBeDisabled();
  await expectAccessible(page);
  await picture(browser, page, 'billing-preferences');
  await page.getByTestId('pdf-invoices').uncheck();
  await page.getByTestId('save-preferences').click();
  await expect(page.getByTestId('billing-alerts'), 'it cannot be turned off').toBeChecked();

  await page.goto('/billing/account');
  await page.getByTestId('edit-billing-access').click();
  await page.getByTestId('activate-iam-access').check();
  await page.getByTestId('update-billing-access').click();
  await expect(page.getByTestId('billing-access-state')).toContainText('is activated');
  await page.context().clearCookies();
  await enterAsUser(page, account.id, 'reader', PASSWORD);
  await page.goto('/billing/preferences');
  await page.getByTestId('pdf-invoices').check();
  await page.getByTestId('save-preferences').click();
  await expect(page.locator('main')).toContainText('billing:UpdateBillingPreferences');
  await page.goto('/billing/clock');
  await page.getByTestId('advance-day').click();
  await expect(page.locator('main')).toContainText('aws-portal:ModifyBilling');
});
