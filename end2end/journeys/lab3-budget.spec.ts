// Lab 3, a budget with an alert that mails, and Lab 13, IAM access to billing. Then the same by boto3.
import { boto3, keysOf } from '../fixtures/clients';
import { createAccount, enterAsRoot, enterAsUser, expect, expectAccessible, picture, signInAsRoot, test } from '../fixtures/test';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

const SUBJECT = 'Understudy Budgets: Practice budget has exceeded your alert threshold';

async function fillBudget(page: Page, name: string, amount: string): Promise<void> {
  await page.getByTestId('budget-name').fill(name);
  await page.getByTestId('budget-amount').fill(amount);
  await page.getByTestId('next').click();
}

async function fillAlert(page: Page, at: number, threshold: string, emails: string): Promise<void> {
  await page.getByTestId(`alert-${at}-threshold-input`).fill(threshold);
  await page.getByTestId(`alert-${at}-emails-input`).fill(emails);
}

async function spend(page: Page, amount: string): Promise<void> {
  await page.goto('/billing/home');
  await page.getByTestId('spend-amount').fill(amount);
  await page.getByTestId('add-spend-submit').click();
  await expect(page.getByText(`$${amount} for`)).toBeVisible();
}

async function mails(page: Page): Promise<number> {
  await page.goto('/inbox');
  return page.getByText(SUBJECT).count();
}

async function toBudgetStep(page: Page): Promise<void> {
  await page.goto('/billing/budgets/create');
  await expect(page.getByTestId('step-title')).toContainText('Select budget type');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('step-title')).toContainText('Set your budget');
}

test('a budget is made, watched, changed and deleted', async ({ page, account, browser }) => {
  await enterAsRoot(page, account);
  await page.goto('/billing/budgets');
  await expect(page.getByTestId('no-budgets')).toContainText('No budgets to display');
  await expectAccessible(page);
  await page.getByTestId('create-first-budget').click();
  await expect(page.getByTestId('step-title')).toContainText('Select budget type');
  await expectAccessible(page);
  await page.getByTestId('next').click();
  for (const [name, amount, wrong] of [
    ['', '10', 'budget-name-field-error'],
    ['a:b', '10', 'budget-name-field-error'],
    ['Practice budget', '', 'budget-amount-field-error'],
    ['Practice budget', '0', 'budget-amount-field-error'],
    ['Practice budget', '-5', 'budget-amount-field-error'],
  ]) {
    await fillBudget(page, name, amount);
    await expect(page.getByTestId(wrong), `${name} ${amount}`).toBeVisible();
  }
  await expectAccessible(page);
  await fillBudget(page, 'Practice budget', '10');
  await expect(page.getByText('Alert will trigger if your actual cost is greater than 80% ($8.00)')).toBeVisible();
  const eleven = Array.from({ length: 11 }, (_, at) => `a${at}@example.com`).join(', ');
  for (const [threshold, emails, wrong] of [
    ['80', '', 'alert-0-emails-error'],
    ['80', 'no-address', 'alert-0-emails-error'],
    ['80', eleven, 'alert-0-emails-error'],
    ['', 'ann@example.com', 'alert-0-threshold-error'],
    ['0', 'ann@example.com', 'alert-0-threshold-error'],
  ]) {
    await fillAlert(page, 0, threshold, emails);
    await page.getByTestId('next').click();
    await expect(page.getByTestId(wrong), `${threshold} ${emails}`).toBeVisible();
  }
  for (let alert = 2; alert <= 5; alert++) await page.getByTestId('add-alert').click();
  await expect(page.getByTestId('alert-count')).toHaveText('5 of 5 alerts');
  await expect(page.getByTestId('add-alert')).toHaveCount(0);
  for (let alert = 5; alert > 1; alert--) await page.getByTestId('remove-alert').last().click();
  await fillAlert(page, 0, '80', 'ann@example.com, ben@example.com');
  await expectAccessible(page);
  await picture(browser, page, 'budget-alerts');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('step-title')).toContainText('Confirm budget');
  await expect(page.getByText('> 80% ($8.00)')).toBeVisible();
  await expectAccessible(page);
  await picture(browser, page, 'budget-confirm');
  await page.getByTestId('edit-budget').click();
  await expect(page.getByTestId('budget-name')).toHaveValue('Practice budget');
  await page.getByTestId('next').click();
  await page.getByTestId('next').click();
  await page.getByTestId('create-budget').click();
  await expect(page.getByText('Your budget Practice budget has been created')).toBeVisible();
  await expect(page.getByTestId('budgets-row')).toContainText('$10.00');
  await expectAccessible(page);

  await toBudgetStep(page);
  await fillBudget(page, 'Practice budget', '5');
  await fillAlert(page, 0, '80', 'ann@example.com');
  await page.getByTestId('next').click();
  await page.getByTestId('create-budget').click();
  await expect(page.getByTestId('budget-name-field-error')).toContainText(
    'Error creating budget: Practice budget - the budget already exists.',
  );

  await spend(page, '7.90');
  expect(await mails(page)).toBe(0);
  await spend(page, '0.20');
  expect(await mails(page)).toBe(2);
  await spend(page, '5.00');
  expect(await mails(page)).toBe(2);
  await page.getByText(SUBJECT).first().click();
  await expect(page.locator('main')).toContainText('ACTUAL Amount');
  await expect(page.locator('main')).toContainText('$8.10');

  await page.goto('/billing/home');
  await expectAccessible(page);
  await picture(browser, page, 'billing-home');
  await page.goto('/billing/budgets');
  await picture(browser, page, 'budgets');
  await page.getByTestId('budget-name').click();
  await expect(page.getByTestId('value-amount-used')).toHaveText('$13.10');
  await expect(page.getByTestId('value-current-vs-budgeted')).toHaveText('131%');
  await expectAccessible(page);
  await page.getByTestId('tab-alerts').click();
  await expect(page.getByTestId('alerts-row')).toContainText('Exceeded');
  await expectAccessible(page);
  await page.getByTestId('new-threshold').fill('90');
  await page.getByTestId('new-contact').fill('cleo@example.com');
  await page.getByTestId('add-alert-submit').click();
  await expect(page.getByTestId('alerts-row')).toHaveCount(2);
  expect(await mails(page), 'an alert made above its threshold mails at once').toBe(3);

  await page.goto('/billing/budgets/Practice%20budget/edit');
  await page.getByTestId('budget-amount').fill('0');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('budget-amount-field-error')).toBeVisible();
  await page.getByTestId('budget-amount').fill('12');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('step-title')).toContainText('Confirm budget');
  await expectAccessible(page);
  await page.getByTestId('save-budget').click();
  await expect(page.getByTestId('value-budgeted-amount')).toHaveText('$12.00');
  expect(await mails(page), 'a new amount arms all alerts again').toBe(6);

  await page.goto('/billing/budgets/Practice%20budget');
  await page.getByTestId('delete-budget-button').click();
  await page.getByTestId('confirmation').fill('delete');
  await page.getByTestId('confirm-delete').click();
  await expect(page.getByText('Budget Practice budget deleted.')).toBeVisible();
  await expect(page.getByTestId('no-budgets')).toBeVisible();
});

/** The first instant of the month that is `away` from this one, as the choices of months have it. */
function month(away: number): string {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + away, 1)).toISOString().replace('.000Z', 'Z');
}

async function download(page: Page): Promise<{ name: string; text: string }> {
  const waiting = page.waitForEvent('download');
  await page.getByTestId('download-csv').click();
  const file = await waiting;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('a budget begins and ends, is copied and saved, and its alerts change', async ({ page, account, browser }) => {
  await signInAsRoot(page, account);
  await toBudgetStep(page);
  await expect(page.getByTestId('budget-start')).toHaveValue(month(0));
  await expect(page.getByTestId('budget-end'), 'a recurring budget has none').toBeHidden();
  await page.locator('[name="Dates"][value="expiring"]').check();
  await expect(page.getByTestId('budget-end')).toBeVisible();
  await page.getByTestId('budget-start').selectOption(month(1));
  await page.getByTestId('budget-end').selectOption(month(1));
  await fillBudget(page, 'Practice budget', '10');
  await expect(page.getByTestId('budget-end-field-error')).toHaveText(/The end month must not be before the start month/);
  await expectAccessible(page);
  await picture(browser, page, 'budget-dates');
  await page.getByTestId('budget-end').selectOption(month(3));
  await page.getByTestId('next').click();
  await fillAlert(page, 0, '80', 'ann@example.com');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('value-budget-effective-dates')).toHaveText('Expiring budget');
  await page.getByTestId('create-budget').click();
  await expect(page.getByText('Your budget Practice budget has been created')).toBeVisible();
  await spend(page, '9.00');
  expect(await mails(page), 'it has not begun').toBe(0);

  await page.goto('/billing/budgets/Practice%20budget');
  await expect(page.getByTestId('value-amount-used')).toHaveText('$0.00');
  await expect(page.getByTestId('value-end-month')).toBeVisible();
  await page.getByTestId('copy-budget').click();
  await expect(page.getByTestId('budget-name')).toHaveValue('Copy of Practice budget');
  await expect(page.getByTestId('budget-amount')).toHaveValue('10');
  await expect(page.getByTestId('budget-start')).toHaveValue(month(1));
  await expect(page.locator('[name="Dates"][value="expiring"]')).toBeChecked();
  await page.getByTestId('budget-start').selectOption(month(0));
  await page.getByTestId('next').click();
  await expect(page.getByTestId('alert-0-emails-input')).toHaveValue('ann@example.com');
  await page.getByTestId('next').click();
  await page.getByTestId('create-budget').click();
  await expect(page.getByText('Your budget Copy of Practice budget has been created')).toBeVisible();
  await page.goto('/inbox');
  await expect(page.getByText('Understudy Budgets: Copy of Practice budget has exceeded your alert threshold')).toHaveCount(1);

  await page.goto('/billing/budgets');
  const all = await download(page);
  expect(all.name).toBe('budgets.csv');
  expect(all.text.split('\n')).toHaveLength(4);
  expect(all.text).toContain('Copy of Practice budget,Cost,Monthly,');
  await page.goto('/billing/budgets/Copy%20of%20Practice%20budget');
  const one = await download(page);
  expect(one.name).toBe('budgets.csv');
  expect(one.text).toContain(',9.0,10.0,');

  await page.getByTestId('tab-alerts').click();
  await page.getByTestId('edit-alert').click();
  await expect(page.getByTestId('edited-threshold')).toHaveValue('80');
  await page.getByTestId('edited-threshold').fill('');
  await page.getByTestId('save-alert').click();
  await expect(page.getByTestId('edited-threshold-field-error')).toBeVisible();
  await page.getByTestId('edited-threshold').fill('95');
  await page.getByTestId('save-alert').click();
  await expect(page.getByText('Alert updated.')).toBeVisible();
  await expect(page.getByTestId('alerts-row')).toContainText('> 95% ($9.50)');
  await expect(page.getByTestId('alerts-row')).toContainText('OK');
  await page.getByTestId('edit-alert').click();
  await page.getByTestId('added-contact').fill('no-address');
  await page.getByTestId('add-contact').click();
  await expect(page.getByTestId('added-contact-field-error')).toBeVisible();
  await expect(page.getByTestId('added-contact'), 'nothing typed is lost').toHaveValue('no-address');
  await page.getByTestId('added-contact').fill('ben@example.com');
  await page.getByTestId('add-contact').click();
  await expect(page.getByTestId('contacts-row')).toHaveCount(2);
  await expectAccessible(page);
  await picture(browser, page, 'budget-alert-edit');
  await page.getByTestId('remove-contact').first().click();
  await expect(page.getByTestId('contacts-row')).toHaveText(/ben@example.com/);
  await expect(page.getByTestId('remove-contact'), 'the last one stays').toHaveCount(0);

  await page.goto('/billing/budgets/Copy%20of%20Practice%20budget/edit');
  await page.getByTestId('budget-start').selectOption(month(1));
  await page.getByTestId('budget-end').selectOption(month(1));
  await page.getByTestId('next').click();
  await expect(page.getByTestId('budget-end-field-error')).toContainText('The end month must not be before the start month');
  await page.locator('[name="Dates"][value="recurring"]').check();
  await page.getByTestId('next').click();
  await page.getByTestId('save-budget').click();
  await expect(page.getByTestId('value-period')).toHaveText('Monthly, recurring');
});

test('budgets of every type, and templates', async ({ page, account, browser }) => {
  await enterAsRoot(page, account);
  await page.goto('/billing/budgets/create');
  await expectAccessible(page);
  await picture(browser, page, 'budget-types');
  await page.getByTestId('monthly-cost').click();
  await expect(page.getByTestId('budget-name')).toHaveValue('My Monthly Cost Budget');
  await page.getByTestId('budget-amount').fill('10');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('alert-count')).toHaveText('3 of 5 alerts');
  await expect(page.getByText('Alert will trigger if your forecasted cost is greater than 100% ($10.00)')).toBeVisible();
  for (let alert = 0; alert < 3; alert++) await page.getByTestId(`alert-${alert}-emails-input`).fill('ann@example.com');
  await page.getByTestId('alert-2-topic-input').fill('alerts');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('alert-2-topic-error')).toBeVisible();
  await expectAccessible(page);
  await page.getByTestId('alert-2-topic-input').fill(`arn:aws:sns:us-east-1:${account.id}:alerts`);
  await page.getByTestId('next').click();
  await expect(page.getByText('Forecasted costs')).toBeVisible();
  await page.getByTestId('create-budget').click();
  await expect(page.getByText('Your budget My Monthly Cost Budget has been created')).toBeVisible();

  await page.goto('/billing/budgets/create');
  await page.getByTestId('budget-type-USAGE').check();
  await page.getByTestId('next').click();
  await fillBudget(page, 'Hours', '750');
  await expect(page.getByTestId('filter-UsageType-field-error')).toBeVisible();
  await page.getByTestId('filter-UsageType').fill('BoxUsage:t2.micro\nBoxUsage:t3.micro');
  await page.getByTestId('budget-unit').fill('Hrs');
  await expectAccessible(page);
  await page.getByTestId('next').click();
  await fillAlert(page, 0, '80', 'ann@example.com');
  await page.getByTestId('next').click();
  await expect(page.getByText('> 80% (600.0 Hrs)').or(page.getByText('> 80% (600 Hrs)'))).toBeVisible();
  await page.getByTestId('create-budget').click();
  await expect(page.getByText('Your budget Hours has been created')).toBeVisible();

  await page.goto('/billing/budgets/create');
  await page.getByTestId('reservation-utilization').click();
  await expect(page.getByTestId('budget-amount')).toHaveCount(0);
  await page.getByTestId('next').click();
  await expect(page.getByText('Alert will trigger if your utilization is less than 80%')).toBeVisible();
  await page.getByTestId('alert-0-emails-input').fill('ann@example.com');
  await page.getByTestId('next').click();
  await page.getByTestId('create-budget').click();
  await page.getByRole('link', { name: 'My Daily RI Utilization Budget' }).click();
  await expect(page.getByText('there is nothing to take a share of')).toBeVisible();

  await page.goto('/billing/budgets/create');
  await page.getByTestId('next').click();
  await page.locator('[name="Method"][value="planned"]').check();
  await expect(page.getByTestId('budget-amount')).toBeHidden();
  await page.getByTestId('budget-name').fill('Plan');
  await page.getByTestId('budget-plan-0').fill('10');
  await page.getByTestId('budget-plan-1').fill('20');
  await expectAccessible(page);
  await picture(browser, page, 'budget-plan');
  await page.getByTestId('next').click();
  await fillAlert(page, 0, '80', 'ann@example.com');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('value-budget-amount')).toHaveText('Planned');
  await page.getByTestId('create-budget').click();
  await spend(page, '9.00');
  await page.goto('/billing/budgets/Plan');
  await expect(page.getByTestId('value-budgeted-amount')).toHaveText('$10.00');
  await expect(page.getByTestId('history-chart')).toBeVisible();
  await expect(page.getByTestId('history-row').first()).toContainText('$9.00');
  await expectAccessible(page);
  await picture(browser, page, 'budget-history');
  await page.getByTestId('copy-budget').click();
  await expect(page.getByTestId('budget-plan-1')).toHaveValue('20');

  await page.goto('/billing/budgets/My%20Monthly%20Cost%20Budget?section=alerts');
  await expect(page.getByTestId('topic-fault').first(), 'a topic that is missing is said').toContainText('Topic does not exist');
});

test('the list of today\'s labels says which thresholds are passed', async ({ page, account }) => {
  await enterAsRoot(page, account);
  await page.goto('/console/settings');
  await page.getByTestId('labels-choice-current').check();
  await page.getByTestId('save-settings').click();
  await page.goto('/billing/budgets/create');
  await page.getByTestId('next').click();
  await fillBudget(page, 'Practice budget', '10');
  await fillAlert(page, 0, '50', 'ann@example.com');
  await page.getByTestId('next').click();
  await page.getByTestId('create-budget').click();
  await expect(page.getByTestId('budgets-row')).toContainText('OK');
  await spend(page, '6.00');
  await page.goto('/billing/budgets');
  await expect(page.getByTestId('budgets-row')).toContainText('Exceeded (1)');
});

test('the wizard works without scripts', async ({ browser, account }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: process.env.UNDERSTUDY_URL });
  const page = await context.newPage();
  await signInAsRoot(page, account);
  await toBudgetStep(page);
  await page.getByTestId('budget-name').fill('Plain');
  await page.getByTestId('budget-amount').fill('20');
  await page.getByTestId('budget-amount').press('Enter');
  await fillAlert(page, 0, '50', 'ann@example.com');
  await page.getByTestId('next').click();
  await page.getByTestId('create-budget').click();
  await expect(page.getByText('Your budget Plain has been created')).toBeVisible();
  await context.close();
});

test('IAM users need the switch and the policy; boto3 is told the same', async ({ page }) => {
  const account = await createAccount(true);
  const root = keysOf(account);
  const made = await boto3(
    `
keys = {}
for name, policy in [("admin", "AdministratorAccess"), ("reader", "AWSBillingReadOnlyAccess"), ("other", "AmazonS3ReadOnlyAccess")]:
    iam.create_user(UserName=name)
    iam.attach_user_policy(UserName=name, PolicyArn="arn:aws:iam::aws:policy/" + policy)
    iam.create_login_profile(UserName=name, Password="Invented-Pass-1!", PasswordResetRequired=False)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    keys[name] = {"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}
print(json.dumps(keys))
`,
    root,
  );
  expect(made.err).toBe('');
  const keys = JSON.parse(made.out);
  const job = `
budgets, account = boto3.client("budgets", **kw), "${account.id}"
alert = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80, "ThresholdType": "PERCENTAGE"}
budget = {"BudgetName": "by boto3", "BudgetLimit": {"Amount": "10", "Unit": "USD"}, "TimeUnit": "MONTHLY", "BudgetType": "COST"}
who = [{"SubscriptionType": "EMAIL", "Address": "ann@example.com"}]
def refused(code, call, **members):
    try:
        call(AccountId=account, **members)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code, error
        return error.response["Error"]["Message"]
    raise SystemExit("not refused: " + code)
`;
  const closed = await boto3(
    `${job}
message = refused("AccessDeniedException", budgets.describe_budgets)
assert message.startswith("User: arn:aws:iam::${account.id}:user/admin is not authorized to perform: budgets:ViewBudget"), message
`,
    keys.admin,
  );
  expect(closed.err).toBe('');

  await enterAsUser(page, account.id, 'admin', 'Invented-Pass-1!');
  await page.goto('/billing/budgets');
  await expect(page.getByTestId('billing-denied')).toContainText('You need permissions');
  await expectAccessible(page);
  await page.goto('/billing/account');
  await expect(page.getByTestId('billing-access')).toHaveCount(0);

  await page.context().clearCookies();
  await enterAsRoot(page, account);
  await page.goto('/billing/account');
  await expect(page.getByTestId('billing-access-state')).toContainText('is deactivated');
  await page.getByTestId('edit-billing-access').click();
  await page.getByTestId('activate-iam-access').check();
  await page.getByTestId('update-billing-access').click();
  await expect(page.getByTestId('billing-access-state')).toContainText(
    'IAM user/role access to billing information is activated',
  );
  await expectAccessible(page);

  const open = await boto3(
    `${job}
budgets.create_budget(AccountId=account, Budget=budget, NotificationsWithSubscribers=[{"Notification": alert, "Subscribers": who}])
assert refused("DuplicateRecordException", budgets.create_budget, Budget=budget) == "Error creating budget: by boto3 - the budget already exists."
refused("InvalidParameterException", budgets.create_budget, Budget={**budget, "BudgetName": "x", "BudgetType": "USAGE"})
assert refused("NotFoundException", budgets.describe_budget, BudgetName="x") == "Unable to get budget: x - the budget doesn't exist."
found = budgets.describe_budgets(AccountId=account)["Budgets"]
assert [b["BudgetName"] for b in found] == ["by boto3"] and found[0]["TimePeriod"]["Start"].day == 1, found
assert budgets.describe_notifications_for_budget(AccountId=account, BudgetName="by boto3")["Notifications"][0]["Threshold"] == 80
budgets.create_subscriber(AccountId=account, BudgetName="by boto3", Notification=alert, Subscriber={"SubscriptionType": "EMAIL", "Address": "ben@example.com"})
listed = budgets.describe_subscribers_for_notification(AccountId=account, BudgetName="by boto3", Notification=alert)["Subscribers"]
assert len(listed) == 2, listed
budgets.update_notification(AccountId=account, BudgetName="by boto3", OldNotification=alert, NewNotification={**alert, "Threshold": 99.5})
forecast = {**alert, "NotificationType": "FORECASTED"}
budgets.create_notification(AccountId=account, BudgetName="by boto3", Notification=forecast, Subscribers=who)
every = budgets.describe_budget_notifications_for_account(AccountId=account)["BudgetNotificationsForAccount"]
assert [len(b["Notifications"]) for b in every] == [2], every
budgets.delete_notification(AccountId=account, BudgetName="by boto3", Notification=forecast)
budgets.delete_notification(AccountId=account, BudgetName="by boto3", Notification={**alert, "Threshold": 99.5})
past = budgets.describe_budget_performance_history(AccountId=account, BudgetName="by boto3")["BudgetPerformanceHistory"]
assert len(past["BudgetedAndActualAmountsList"]) == 1, past
arn = f"arn:aws:budgets::{account}:budget/by boto3"
budgets.tag_resource(ResourceARN=arn, ResourceTags=[{"Key": "team", "Value": "red"}])
assert budgets.list_tags_for_resource(ResourceARN=arn)["ResourceTags"] == [{"Key": "team", "Value": "red"}]
budgets.untag_resource(ResourceARN=arn, ResourceTagKeys=["team"])
hours = {"BudgetName": "hours", "BudgetType": "USAGE", "TimeUnit": "QUARTERLY", "CostFilters": {"UsageType": ["BoxUsage:t3.micro"]},
    "BudgetLimit": {"Amount": "750", "Unit": "Hrs"}}
budgets.create_budget(AccountId=account, Budget=hours)
assert budgets.describe_budget(AccountId=account, BudgetName="hours")["Budget"]["BudgetLimit"] == {"Amount": "750.0", "Unit": "Hrs"}
budgets.delete_budget(AccountId=account, BudgetName="hours")
adjusting = {"BudgetName": "adjusting", "BudgetType": "COST", "TimeUnit": "MONTHLY",
    "AutoAdjustData": {"AutoAdjustType": "HISTORICAL", "HistoricalOptions": {"BudgetAdjustmentPeriod": 3}}}
budgets.create_budget(AccountId=account, Budget=adjusting)
budgets.delete_budget(AccountId=account, BudgetName="adjusting")
budgets.update_budget(AccountId=account, NewBudget={**found[0], "BudgetLimit": {"Amount": "20", "Unit": "USD"}})
assert budgets.describe_budget(AccountId=account, BudgetName="by boto3")["Budget"]["BudgetLimit"]["Amount"] == "20.0"
`,
    keys.admin,
  );
  expect(open.err).toBe('');
  const reader = await boto3(
    `${job}
assert len(budgets.describe_budgets(AccountId=account)["Budgets"]) == 1
refused("AccessDeniedException", budgets.delete_budget, BudgetName="by boto3")
`,
    keys.reader,
  );
  expect(reader.err).toBe('');
  const other = await boto3(`${job}\nrefused("AccessDeniedException", budgets.describe_budgets)\n`, keys.other);
  expect(other.err).toBe('');
});
