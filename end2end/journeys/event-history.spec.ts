// The event history: who did what, found by one attribute and a range of days, with each event's record; and LookupEvents.
import { CLIS, aws, boto3, keysOf } from '../fixtures/clients';
import { createAccount, enterAsRoot, expect, expectAccessible, picture, signInAsUser, test } from '../fixtures/test';

const PASSWORD = 'Invented-Ann-1!';

async function furnished() {
  const account = await createAccount(true);
  const keys = keysOf(account);
  for (const words of [
    ['create-user', '--user-name', 'ann'],
    ['create-login-profile', '--user-name', 'ann', '--password', PASSWORD],
    ['create-group', '--group-name', 'staff'],
  ]) {
    const done = await aws(CLIS.v1, ['iam', ...words], keys);
    expect(done.code, done.err).toBe(0);
  }
  return { account, keys };
}

test('a teacher sees who did what', async ({ page, browser }) => {
  const { account, keys } = await furnished();
  await signInAsUser(page, account.id, 'ann', PASSWORD);
  await expect(page).toHaveURL(/console\/home/);
  await page.goto('/iam/users');
  await page.goto('/cloudtrail/home');
  await expect(page.locator('main'), 'without permission the page names it').toContainText('cloudtrail:LookupEvents');
  await page.context().clearCookies();

  await enterAsRoot(page, account);
  await page.goto('/cloudtrail/home#/events');
  await expect(page).toHaveURL(/\/cloudtrail\/events/);
  await expect(page.getByTestId('page-title')).toContainText('Event history');
  await expect(page.getByTestId('lookup-attribute'), 'first what changed something').toHaveValue('ReadOnly');
  await expect(page.getByTestId('events-row').filter({ hasText: 'CreateGroup' })).toHaveCount(1);
  await expect(page.getByTestId('events-row').filter({ hasText: 'ListUsers' })).toHaveCount(0);
  await expectAccessible(page);
  await picture(browser, page, 'event-history');

  await page.getByTestId('lookup-attribute').selectOption('Username');
  await page.getByTestId('lookup-value').fill('ann');
  await page.getByTestId('lookup-events').click();
  await expect(page.getByTestId('events-row').filter({ hasText: 'ConsoleLogin' })).toHaveCount(1);
  await expect(page.getByTestId('events-row').filter({ hasText: 'CreateGroup' })).toHaveCount(0);
  await expect(page.getByTestId('lookup-value'), 'the form keeps what was asked').toHaveValue('ann');

  await page.goto('/cloudtrail/events?EventName=CreateLoginProfile');
  await page.getByRole('link', { name: 'CreateLoginProfile' }).click();
  await expect(page.getByTestId('event-details')).toContainText('iam.amazonaws.com');
  await expect(page.getByTestId('event-record')).toContainText('HIDDEN_DUE_TO_SECURITY_REASONS');
  await expect(page.getByTestId('event-record')).not.toContainText(PASSWORD);
  await expectAccessible(page);

  await page.goto('/cloudtrail/events?attribute=EventName&value=NoSuchEvent');
  await expect(page.getByTestId('no-events')).toBeVisible();
  await page.goto('/cloudtrail/events/00000000-0000-4000-8000-000000000000');
  await expect(page.getByTestId('no-such-event')).toBeVisible();
  await page.goto('/cloudtrail/events?attribute=&value=&from=2099-01-01&to=2001-01-01');
  await expect(page.locator('main')).toContainText('start time');

  const found = await aws(
    CLIS.v1,
    ['cloudtrail', 'lookup-events', '--lookup-attributes', 'AttributeKey=EventName,AttributeValue=CreateUser'],
    keys,
  );
  expect(found.code, found.err).toBe(0);
  const events = JSON.parse(found.out).Events;
  expect(events).toHaveLength(1);
  expect(events[0].EventSource).toBe('iam.amazonaws.com');
  expect(events[0].Resources).toContainEqual({ ResourceType: 'AWS::IAM::User', ResourceName: 'ann' });
  expect(JSON.parse(events[0].CloudTrailEvent).userIdentity.type).toBe('Root');
});

test('older events are on further pages', async ({ page }) => {
  const { account, keys } = await furnished();
  const made = await boto3('for at in range(55):\n    iam.create_group(GroupName=f"g{at}")\nprint("{}")', keys);
  expect(made.err).toBe('');
  await enterAsRoot(page, account);
  await page.goto('/cloudtrail/events?EventName=CreateGroup');
  await expect(page.getByTestId('events-row')).toHaveCount(50);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByTestId('events-row')).toHaveCount(6);
});
