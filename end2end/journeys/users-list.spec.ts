// The list of users: columns, order, search, pages, deleting one and many, in the labels of 2020 and of today.
import type { Page } from '@playwright/test';
import { accountWith, boto3, keysOf } from '../fixtures/clients';
import { enterAsRoot, enterAsUser, expect, expectAccessible, picture, signInAsRoot, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { chooseLabels } from '../pages/labels';

const PASSWORD = 'Invented-Kim-1!';

const names = (page: Page) => page.getByTestId('users-row').getByRole('rowheader');
const order = (page: Page, column: string) => page.getByRole('columnheader', { name: column }).getByRole('link').click();
const row = (page: Page, name: string) => page.getByTestId('users-row').filter({ has: page.getByRole('link', { name, exact: true }) });
const choose = (page: Page, name: string) => row(page, name).getByRole('checkbox').check();

const TWELVE = `
import string
for n in range(12):
    iam.create_user(UserName="user%02d" % n)
iam.create_group(GroupName="Admins")
iam.create_group(GroupName="Dev")
iam.create_group(GroupName="Ops")
for group in ["Admins", "Dev", "Ops"]:
    iam.add_user_to_group(GroupName=group, UserName="user03")
iam.create_login_profile(UserName="user05", Password="${PASSWORD}", PasswordResetRequired=False)
print(iam.create_access_key(UserName="user07")["AccessKey"]["AccessKeyId"])
`;

test('the columns of 2020 and what Manage Columns adds to them, kept for the principal', async ({ page, browser }) => {
  const { account, out } = await accountWith(TWELVE);
  const key = out.trim();
  await enterAsRoot(page, account);
  await page.goto('/iam/users');
  await expect(page.getByRole('columnheader')).toHaveText(['', 'User name', 'Groups', 'Access key age', 'Password age', 'Last activity', 'MFA']);
  await expect(page.getByTestId('page-title')).toHaveText('Users (12)');
  await expect(page.getByTestId('filter-count')).toHaveText('Showing 12 results');
  await expect(row(page, 'user03')).toContainText('Admins, Dev + 1 more');
  await expect(row(page, 'user05')).toContainText('Today');
  await expect(row(page, 'user07')).toContainText('Never');
  await expect(row(page, 'user00')).toContainText('Not enabled');
  await expectAccessible(page);
  await picture(browser, page, 'users-2020');

  await awake(page);
  await page.getByTestId('manage-columns-button').click();
  const dialog = page.getByRole('dialog', { name: 'Manage Columns' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await picture(browser, page, 'users-manage-columns');
  await dialog.getByTestId('page-size-10').check();
  await dialog.getByTestId('column-password-age').uncheck();
  await dialog.getByTestId('column-access-key-id').check();
  await dialog.getByTestId('column-arn').check();
  await dialog.getByTestId('save-columns').click();
  await expect(page.getByRole('columnheader', { name: 'Password age' })).toHaveCount(0);
  await expect(page.getByTestId('users-row')).toHaveCount(10);
  await expect(row(page, 'user07')).toContainText(`${key} (Active)`);
  await expect(row(page, 'user00')).toContainText(`arn:aws:iam::${account.id}:user/user00`);
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'ARN' })).toBeVisible();

  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(names(page)).toHaveText(['user10', 'user11']);
  await page.getByRole('link', { name: 'Previous page' }).click();
  await expect(page.getByTestId('users-row')).toHaveCount(10);
  await expect(names(page).first()).toHaveText('user00');

  // Another principal of the account has the usual columns.
  await page.context().clearCookies();
  const allowed = await boto3('iam.attach_user_policy(UserName="user05", PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")', keysOf(account));
  expect(allowed.err).toBe('');
  await enterAsUser(page, account.id, 'user05', PASSWORD);
  await page.goto('/iam/users');
  await expect(page.getByRole('columnheader', { name: 'Password age' })).toBeVisible();
  await expect(page.getByTestId('users-row')).toHaveCount(12);
});

test('order, search by name and by access key, no match', async ({ page }) => {
  const { account, out } = await accountWith(TWELVE);
  await enterAsRoot(page, account);
  await page.goto('/iam/users');
  await order(page, 'User name');
  await expect(names(page).first()).toHaveText('user11');
  await expect(page.getByRole('columnheader', { name: 'User name' })).toHaveAttribute('aria-sort', 'descending');
  await order(page, 'Access key age');
  await expect(names(page).first()).toHaveText('user07');
  await order(page, 'Groups');
  await expect(page.getByRole('columnheader', { name: 'Groups' })).toHaveAttribute('aria-sort', 'ascending');
  await order(page, 'Groups');
  await expect(names(page).first()).toHaveText('user03');

  const search = async (text: string) => {
    await page.getByTestId('find-users').fill(text);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/query=/);
  };
  await search('USER1');
  await expect(names(page)).toHaveCount(2);
  await expect(page.getByTestId('filter-count')).toHaveText('2 matches');
  await expect(page).toHaveURL(/sort=groups/);
  await search(out.trim().toLowerCase());
  await expect(names(page)).toHaveText(['user07']);
  await search('nobody-here');
  await expect(page.getByText("We can't find a match.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('table', { name: 'Users' }).getByRole('link', { name: 'Clear filter' }).click();
  await expect(page.getByTestId('users-row')).toHaveCount(12);
});

test('a list that cannot be read is an error with its request and a way to try again, never an empty table', async ({ page, account }) => {
  await enterAsRoot(page, account);
  await page.goto('/iam/users?marker=forged');
  const problem = page.getByTestId('problem');
  await expect(problem).toContainText('Invalid Marker.');
  await expect(problem.getByTestId('request-id')).toHaveText(/Request ID: [0-9a-f-]{36}/);
  await expect(problem.getByTestId('retry')).toBeVisible();
  await expect(page.getByTestId('no-users')).toHaveCount(0);
  await expectAccessible(page);
});

test('a column that may not be read says so, and the others stay', async ({ page }) => {
  const { account } = await accountWith(`
iam.create_user(UserName="lister")
iam.create_login_profile(UserName="lister", Password="${PASSWORD}", PasswordResetRequired=False)
iam.attach_user_policy(UserName="lister", PolicyArn="arn:aws:iam::aws:policy/IAMAccessAdvisorReadOnly")
`);
  await enterAsUser(page, account.id, 'lister', PASSWORD);
  await page.goto('/iam/users');
  await expect(page.getByTestId('columns-refused')).toContainText('iam:ListGroupsForUser');
  await expect(row(page, 'lister')).toContainText('Access denied');
  await expect(row(page, 'lister')).toContainText('Today');
  await expectAccessible(page);
});

const FOUR = `
for name in ["ann", "bob", "cid", "dan"]:
    iam.create_user(UserName=name)
iam.attach_user_policy(UserName="ann", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
iam.create_group(GroupName="Ops")
iam.add_user_to_group(GroupName="Ops", UserName="bob")
key = iam.create_access_key(UserName="bob")["AccessKey"]
kw.update(aws_access_key_id=key["AccessKeyId"], aws_secret_access_key=key["SecretAccessKey"])
boto3.client("sts", **kw).get_caller_identity()
`;

test('deleting in 2020: last activity, and a box to tick for who was active', async ({ page, browser }) => {
  const { account } = await accountWith(FOUR);
  await enterAsRoot(page, account);
  await page.goto('/iam/users');
  await awake(page);
  await expect(page.getByTestId('delete-user')).toBeDisabled();
  await choose(page, 'ann');
  await page.getByTestId('delete-user').click();
  const dialog = page.getByRole('dialog', { name: 'Delete user' });
  await expect(dialog.getByTestId('users-to-delete')).toContainText('ann (last activity: never)');
  await expect(dialog.getByTestId('confirm-active')).toHaveCount(0);
  await dialog.getByTestId('confirm-delete').click();
  await expect(page.getByText('User ann deleted.')).toBeVisible();

  await awake(page);
  await choose(page, 'bob');
  await choose(page, 'cid');
  await page.getByTestId('delete-user').click();
  await expect(dialog.getByTestId('users-to-delete')).toContainText('bob (last activity: Today)');
  await expectAccessible(page);
  await picture(browser, page, 'users-delete-2020');
  // The browser asks for the tick; the server would too.
  await dialog.getByTestId('confirm-delete').click();
  await expect(dialog).toBeVisible();
  await dialog.getByTestId('confirm-active').check();
  await dialog.getByTestId('confirm-delete').click();
  await expect(page.getByText('2 users deleted: bob, cid.')).toBeVisible();
  await expect(names(page)).toHaveText(['dan']);

  await page.goto('/iam/users/dan');
  await awake(page);
  await page.getByTestId('delete-user').click();
  await page.getByRole('dialog', { name: 'Delete user' }).getByTestId('confirm-delete').click();
  await expect(page.getByTestId('no-users')).toContainText('There are no IAM users.');
});

test('deleting today: the name for one, the word for several', async ({ page, browser }) => {
  const { account } = await accountWith(FOUR);
  await enterAsRoot(page, account);
  await chooseLabels(page, 'current');
  await page.goto('/iam/users');
  await awake(page);
  await expect(page.getByRole('columnheader')).toContainText(['User name', 'Path', 'Group', 'Last activity', 'MFA', 'Password age', 'Console last sign-in']);
  await expect(page.getByTestId('add-user').first()).toHaveText('Create user');
  await expectAccessible(page);
  await picture(browser, page, 'users-current');
  await choose(page, 'ann');
  await page.getByTestId('delete-user').click();
  const one = page.getByRole('dialog', { name: 'Delete ann?' });
  await expect(one.getByTestId('confirm-delete')).toBeDisabled();
  await one.getByTestId('confirmation').fill('delete');
  await expect(one.getByTestId('confirm-delete')).toBeDisabled();
  await one.getByTestId('confirmation').fill('ann');
  await one.getByTestId('confirm-delete').click();
  await expect(page.getByText('User ann deleted.')).toBeVisible();

  await awake(page);
  await choose(page, 'bob');
  await choose(page, 'dan');
  await page.getByTestId('delete-user').click();
  const several = page.getByRole('dialog', { name: 'Delete 2 users?' });
  await expect(several.getByTestId('recently-active')).toBeVisible();
  await several.getByTestId('confirmation').fill('delete');
  await several.getByTestId('confirm-delete').click();
  await expect(page.getByText('2 users deleted: bob, dan.')).toBeVisible();
  await expect(names(page)).toHaveText(['cid']);

  await awake(page);
  await page.getByTestId('manage-columns-button').click();
  await expect(page.getByRole('dialog', { name: 'Preferences' })).toBeVisible();
  await page.keyboard.press('Escape');
  await choose(page, 'cid');
  await page.getByTestId('delete-user').click();
  await page.getByTestId('confirmation').fill('cid');
  await page.getByTestId('confirm-delete').click();
  await expect(page.getByTestId('no-users')).toContainText('No resources to display');
});

test('users whose names browsers would take for steps, or for another page, have pages of their own', async ({ page }) => {
  const { account } = await accountWith(`
for name in [".", "..", "create"]:
    iam.create_user(UserName=name)
`);
  await signInAsRoot(page, account);
  for (const name of ['.', '..', 'create']) {
    await page.goto('/iam/users');
    await page.getByRole('link', { name, exact: true }).click();
    await expect(page.getByTestId('user-summary')).toContainText(`arn:aws:iam::${account.id}:user/${name}`);
    await page.getByTestId('tab-security_credentials').click();
    await expect(page.getByTestId('console-password')).toContainText('Disabled');
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the list is sorted, and a user deleted', async ({ page }) => {
    const { account } = await accountWith(FOUR);
    await enterAsRoot(page, account);
    await page.goto('/iam/users?sort=user-name&order=desc');
    await expect(names(page)).toHaveText(['dan', 'cid', 'bob', 'ann']);
    await choose(page, 'dan');
    await page.getByTestId('delete-user').click();
    await page.getByTestId('confirm-delete').click();
    await expect(page.getByText('User dan deleted.')).toBeVisible();
  });
});
