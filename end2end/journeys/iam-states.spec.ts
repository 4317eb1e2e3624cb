// What IAM's pages show when there is nothing, no match, no answer yet, no answer at all, or only half of what was
// asked for; and what they say when something was done.
import { accountWith, keysOf, run } from '../fixtures/clients';
import { expect, expectAccessible, picture, signInAsRoot, signInAsUser, test, type Account } from '../fixtures/test';
import { AddUser, awake } from '../pages/add-user';
import { writePolicy } from '../pages/policy-editor';
import type { Page } from '@playwright/test';

const PASSWORD = 'Invented-Kim-1!';
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

/** Signed in, and the first page is there: going elsewhere cannot overtake it. */
async function rootOf(page: Page, account: Account): Promise<void> {
  await signInAsRoot(page, account);
  await expect(page).toHaveURL(/\/console\/home/);
}

/** Something that happens when the test says so. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

test('no list is shown as empty because it could not be read: each says why, with the request and a way to try again', async ({ page }) => {
  const { account } = await accountWith('iam.create_user(UserName="kim")\niam.create_group(GroupName="Staff")');
  await rootOf(page, account);
  for (const place of [
    '/iam/groups?x=1',
    '/iam/groups/Staff?section=users',
    '/iam/groups/Staff?section=users&action=add',
    '/iam/groups/Staff?section=permissions&action=attach',
    '/iam/users/kim?section=groups&action=add',
    '/iam/users/kim?section=permissions&action=boundary',
    `/iam/policies/${READ_ONLY}?section=policy_usage`,
    `/iam/policies/${READ_ONLY}?section=policy_usage&action=attach`,
    `/iam/policies/${READ_ONLY}?section=policy_versions`,
  ]) {
    await page.goto(`${place}&marker=forged`);
    const problem = page.getByTestId('problem').first();
    await expect(problem, place).toContainText('Invalid Marker.');
    await expect(problem.getByTestId('request-id'), place).toHaveText(/Request ID: [0-9a-f-]{36}/);
    await expect(page.getByText("We can't find a match."), place).toHaveCount(0);
    await problem.getByTestId('retry').click();
    await expect(page, place).not.toHaveURL(/forged/);
    await expect(page.getByTestId('problem'), place).toHaveCount(0);
  }
});

test('what is empty says what it would hold, and what does not match leads back to everything', async ({ page }) => {
  const { account } = await accountWith('iam.create_user(UserName="kim")');
  await rootOf(page, account);
  for (const [place, text] of [
    ['/iam/users/kim', 'No policy is attached to this user or to a group of this user'],
    ['/iam/users/kim?section=groups', 'This user does not belong to any group.'],
    ['/iam/users/kim?section=groups&action=add', 'This account has no groups yet.'],
    ['/iam/users/kim?section=tags', 'No tags associated with the resource.'],
    ['/iam/users/kim?section=security_credentials', 'This user has no access keys.'],
    ['/iam/users/kim/add-permissions', 'This account has no groups yet.'],
  ]) {
    await page.goto(place ?? '');
    await expect(page.getByText(text ?? ''), place).toBeVisible();
  }
  await expectAccessible(page);

  await run('iam.delete_user(UserName="kim")', keysOf(account));
  await page.goto(`/iam/policies/${READ_ONLY}?section=policy_usage&action=attach`);
  await expect(page.getByText('There is no user and no group that this policy could be attached to.')).toBeVisible();
  await run('iam.create_group(GroupName="Staff")', keysOf(account));
  await page.goto('/iam/groups/Staff?section=users&action=add');
  await expect(page.getByText('This account has no users yet.')).toBeVisible();
  await page.goto('/iam/groups/Staff');
  await expect(page.getByTestId('no-members')).toContainText('This group does not contain any users.');
  await expectAccessible(page);
  await page.goto('/iam/policies?action=attach');
  await expect(page.getByTestId('choose-first')).toContainText('Select a policy first.');
  await expect(page.getByTestId('create-policy')).toBeVisible();

  await run('iam.create_user(UserName="kim")', keysOf(account));
  for (const place of [
    '/iam/groups/Staff?section=users&action=add',
    '/iam/groups/Staff?section=permissions&action=attach',
    '/iam/users/kim?section=groups&action=add',
    '/iam/users/kim?section=permissions&action=boundary',
    `/iam/policies/${READ_ONLY}?section=policy_usage`,
  ]) {
    await page.goto(`${place}&query=zzz`);
    await expect(page.getByText("We can't find a match."), place).toBeVisible();
    await page.getByRole('table').getByText('Clear filter').click();
    await expect(page, place).not.toHaveURL(/zzz/);
    await expect(page.getByText("We can't find a match."), place).toHaveCount(0);
  }
});

test('rows that are fetched in place say so while they come, and when they do not', async ({ page, account }) => {
  await rootOf(page, account);
  const wizard = new AddUser(page);
  await wizard.open();
  await wizard.details(['kim'], { keys: true });
  const groups = page.getByRole('table', { name: 'Groups' });
  const answer = gate();
  await page.route(/\/api\/list_group_rows/, async (route) => {
    await answer.opened;
    await route.continue();
  });
  await wizard.next('Set permissions');
  await expect(groups.getByText('Loading resources')).toBeVisible();
  await expectAccessible(page);
  answer.open();
  await expect(page.getByTestId('no-groups')).toContainText('Get started with groups');
  await page.unroute(/\/api\/list_group_rows/);

  await page.route(/\/api\/list_group_rows/, (route) => route.abort());
  await page.getByTestId('refresh-groups').click();
  await expect(groups.getByTestId('problem')).toContainText('The server could not be reached');
  await expect(page.getByTestId('no-groups')).toHaveCount(0);
  await page.unroute(/\/api\/list_group_rows/);
  await groups.getByTestId('retry').click();
  await expect(page.getByTestId('no-groups')).toBeVisible();
  await page.getByTestId('wizard-groups-filter').fill('zzz');
  await expect(page.getByText("We can't find a match.")).toBeVisible();
  await page.getByTestId('permissions-copy').check();
  await expect(page.getByText('There is no user whose permissions could be copied.')).toBeVisible();
});

test('while the next page is on its way, the last one says so', async ({ page, account }) => {
  await rootOf(page, account);
  await page.goto('/iam/users');
  await awake(page);
  await expect(page.locator('html')).not.toHaveAttribute('data-busy');
  const answer = gate();
  await page.route(/\/iam\/groups$/, async (route) => {
    await answer.opened;
    await route.continue();
  });
  // The page tells of itself: what is asked from outside would wait for the next page.
  const said: string[] = [];
  await page.exposeFunction('tell', (text: string) => said.push(text));
  await page.evaluate(() => {
    const { tell } = window as unknown as { tell: (text: string) => void };
    const look = (): void => tell(document.querySelector('[data-announcer]')?.textContent ?? '');
    const watch = new MutationObserver(() => setTimeout(look, 300));
    watch.observe(document.documentElement, { attributes: true, attributeFilter: ['data-busy'] });
  });
  await page.getByRole('navigation', { name: 'Side navigation' }).getByRole('link', { name: 'Groups' }).click({ noWaitAfter: true });
  await expect.poll(() => said).toContain('Loading');
  answer.open();
  await expect(page).toHaveURL(/\/iam\/groups$/);
  await expect(page.getByTestId('no-groups')).toBeVisible();
  await expect(page.locator('html')).not.toHaveAttribute('data-busy');
});

test('what is refused half way is told with what was done before', async ({ page, browser }) => {
  test.slow();
  const { account } = await accountWith(`
for name in ("kim", "bob"):
    iam.create_user(UserName=name)
iam.create_login_profile(UserName="kim", Password="${PASSWORD}", PasswordResetRequired=False)
iam.create_group(GroupName="Ops")
iam.add_user_to_group(GroupName="Ops", UserName="bob")
nearly = [{"Effect": "Allow", "Action": "iam:*", "Resource": "*"},
          {"Sid": "NotQuite", "Effect": "Deny", "Resource": "*",
           "Action": ["iam:DeleteUser", "iam:DeleteGroup", "iam:AttachGroupPolicy", "iam:AttachUserPolicy", "iam:TagUser"]}]
iam.put_user_policy(UserName="kim", PolicyName="nearly", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": nearly}))
`);
  await signInAsUser(page, account.id, 'kim', PASSWORD);
  await expect(page).toHaveURL(/\/console\/home/);
  const denied = page.getByTestId('denied-sentence').first();

  await page.goto('/iam/users');
  await awake(page);
  await page.getByRole('checkbox', { name: 'Select bob' }).check();
  await page.getByTestId('delete-user').click();
  await page.getByTestId('confirm-delete').click();
  await expect(page.getByTestId('not-deleted')).toContainText('User bob was not deleted');
  await expect(page.getByTestId('not-deleted')).toContainText('Done before: RemoveUserFromGroup Ops.');
  await expect(denied).toContainText('iam:DeleteUser on resource: user bob with an explicit deny in an identity-based policy');
  await expectAccessible(page);
  await picture(browser, page, 'user-not-deleted');

  await page.goto('/iam/groups');
  await awake(page);
  await page.getByRole('checkbox', { name: 'Select Ops' }).check();
  await page.getByTestId('group-actions').click();
  await page.getByRole('menuitem', { name: 'Delete Group' }).click();
  await awake(page);
  await page.getByTestId('confirm-delete').click();
  await expect(page.getByTestId('not-deleted')).toContainText('User group Ops was not deleted');
  await expect(page.getByTestId('not-deleted')).toContainText('Nothing was changed.');
  await expect(denied).toContainText('iam:DeleteGroup');

  await page.goto('/iam/groups/create');
  await page.getByTestId('group-name').fill('Half');
  await page.getByTestId('next').click();
  await page.getByTestId('search-PolicyQuery').fill('ReadOnlyAccess');
  await page.getByTestId('go-PolicyQuery').click();
  await page.getByRole('checkbox', { name: 'Select ReadOnlyAccess', exact: true }).check();
  await page.getByTestId('next').click();
  await page.getByTestId('create').click();
  await expect(page.getByTestId('half-made')).toContainText('The group Half was created, but not everything that was to follow');
  await expect(denied).toContainText('iam:AttachGroupPolicy');
  await page.getByTestId('go-to-group').click();
  await expect(page.getByTestId('group-summary')).toContainText('group/Half');

  await page.goto(`/iam/policies/${READ_ONLY}?section=policy_usage&action=attach`);
  await awake(page);
  await page.getByRole('checkbox', { name: 'Select user bob' }).check();
  await page.getByTestId('confirm-attach').click();
  await expect(page.getByTestId('not-changed')).toContainText('Policy ReadOnlyAccess was not attached to user bob');

  await page.goto('/iam/users/bob/create-access-key?step=2&use=cli&confirmed=on');
  await page.getByTestId('description').fill('laptop');
  await page.getByTestId('submit-key').click();
  await expect(page.getByTestId('undescribed')).toContainText('The description was not kept');
  await expect(page.getByTestId('new-access-key-id')).toBeVisible();

  const wizard = new AddUser(page);
  await wizard.open();
  await wizard.details(['new'], { keys: true });
  await wizard.next('Set permissions');
  await page.getByTestId('create-group').click();
  const dialog = page.getByRole('dialog', { name: 'Create group' });
  await dialog.getByTestId('submit-group').click();
  await expect(dialog.getByTestId('group-name-field-error')).toContainText('Enter a group name.');
  await dialog.getByTestId('group-name').fill('OPS');
  await dialog.getByTestId('submit-group').click();
  await expect(dialog.getByTestId('group-name-field-error')).toContainText('Group with name OPS already exists.');
  await dialog.getByTestId('group-name').fill('Partly');
  await dialog.getByRole('searchbox').fill('ReadOnlyAccess');
  await dialog.getByRole('checkbox', { name: 'Select ReadOnlyAccess', exact: true }).check();
  await dialog.getByTestId('submit-group').click();
  await expect(dialog).toContainText('The group Partly was created without all of its policies.');
  await expect(dialog.getByTestId('denied-sentence')).toContainText('iam:AttachGroupPolicy');
  await expectAccessible(page);
  await dialog.getByTestId('cancel-group').click();
  await expect(page.getByRole('row').filter({ hasText: 'Partly' }).getByRole('checkbox')).toBeChecked();
});

const statement = (effect: string, action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: effect, Action: action, Resource: '*' }] });
const python = (value: unknown) => `json.dumps(${JSON.stringify(value)})`;

test("a user's page: each change says what was done, and nothing chosen is lost with a refusal", async ({ page, browser }) => {
  test.slow();
  const { account } = await accountWith(`
for name in ("tom", "model"):
    iam.create_user(UserName=name)
for number in range(11):
    iam.create_group(GroupName="g%02d" % number)
for number in range(9):
    iam.add_user_to_group(GroupName="g%02d" % number, UserName="tom")
iam.attach_user_policy(UserName="tom", PolicyArn="${READ_ONLY}")
for name in ("shared", "mine"):
    iam.put_user_policy(UserName="model", PolicyName=name, PolicyDocument=${python(statement('Allow', 's3:*'))})
iam.put_user_policy(UserName="tom", PolicyName="mine", PolicyDocument=${python(statement('Deny', 'ec2:*'))})
`);
  await rootOf(page, account);

  // Nine groups, two chosen: the tenth is joined, the eleventh is refused and still chosen.
  await page.goto('/iam/users/tom?section=groups&action=add');
  await awake(page);
  for (const name of ['g09', 'g10']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await page.getByTestId('join-groups').click();
  await expect(page.getByTestId('problem')).toContainText('Cannot exceed quota for GroupsPerUser: 10');
  await expect(page.getByRole('checkbox', { name: 'Select g09' })).toBeDisabled();
  await expect(page.getByRole('checkbox', { name: 'Select g10' })).toBeEnabled();
  await expect(page.getByRole('checkbox', { name: 'Select g10' })).toBeChecked();
  await run('iam.remove_user_from_group(GroupName="g00", UserName="tom")', keysOf(account));
  await awake(page);
  await page.getByTestId('join-groups').click();
  await expect(page.getByText('User tom added to groups.')).toBeVisible();
  await awake(page);
  await page.getByTestId('leave-g10').click();
  await page.getByRole('dialog', { name: 'Remove user from group' }).getByTestId('confirm-leave').click();
  await expect(page.getByText('User tom removed from group g10.')).toBeVisible();
  await awake(page);
  await page.getByRole('button', { name: 'Close notification' }).click();
  await expect(page.getByText('User tom removed from group g10.')).toHaveCount(0);

  await page.getByTestId('tab-tags').click();
  const tag = async (key: string, value: string) => {
    await page.locator('#tags-1-key').fill(key);
    await page.locator('#tags-1-value').fill(value);
    await page.getByTestId('save-tags').click();
  };
  await awake(page);
  await page.getByRole('button', { name: 'Add new tag' }).click();
  await tag('aws:team', 'red');
  await expect(page.locator('#tags-1-key-error')).toContainText('reserved prefix aws:');
  await expect(page.locator('#tags-1-key')).toHaveValue('aws:team');
  await tag('', 'red');
  await expect(page.locator('#tags-1-key-error')).toContainText('You must specify a tag key');
  await tag('team', '<red>');
  await expect(page.locator('#tags-1-value-error')).toContainText('A tag value can hold only');
  await expectAccessible(page);
  await tag('team', 'red');
  await expect(page.getByText('Tags of tom saved.')).toBeVisible();
  await expect(page.getByTestId('tab-tags')).toHaveText('Tags (1)');
  await awake(page);
  await page.getByRole('button', { name: 'Add new tag' }).click();
  await page.locator('#tags-2-key').fill('TEAM');
  await page.getByTestId('save-tags').click();
  await expect(page.locator('#tags-2-key-error')).toContainText('You must specify a unique tag key.');

  // The boundary: set from the catalogue, and removed again.
  await page.goto('/iam/users/tom');
  await expect(page.getByTestId('permissions-boundary')).toContainText('(not set)');
  await page.getByTestId('set-boundary').click();
  await page.getByTestId('filter-policies').fill('PowerUserAccess');
  await page.getByTestId('filter-policies').press('Enter');
  await expect(page).toHaveURL(/query=PowerUserAccess/);
  await awake(page);
  await page.getByRole('radio', { name: 'Select PowerUserAccess', exact: true }).check();
  await page.getByTestId('pick-submit').click();
  await expect(page.getByText('Permissions boundary of tom set.')).toBeVisible();
  await expect(page.getByTestId('boundary-policy')).toHaveText('PowerUserAccess');
  await awake(page);
  await page.getByTestId('remove-boundary-button').click();
  await expectAccessible(page);
  await page.getByRole('dialog', { name: 'Remove boundary' }).getByTestId('confirm-remove-boundary').click();
  await expect(page.getByText('Permissions boundary of tom removed.')).toBeVisible();

  // Copying takes inline policies along, and leaves one of the user's own name alone.
  await page.getByTestId('add-permissions').click();
  await page.getByTestId('permissions-copy').click();
  await expect(page.getByRole('row').filter({ hasText: 'model' })).toContainText('mine and shared');
  await page.getByRole('row').filter({ hasText: 'model' }).getByRole('radio').check();
  await page.getByTestId('next').click();
  await expect(page.getByTestId('rights-row')).toHaveText([/Inline policy\s*shared/]);
  await page.getByTestId('confirm-add-permissions').click();
  await expect(page.getByText('Permissions added to tom.')).toBeVisible();
  await expect(page.getByTestId('user-policies-row').filter({ hasText: 'shared' })).toContainText('Inline policy');
  await page.getByTestId('inline-mine').click();
  await expect(page.getByTestId('policy-json')).toContainText('ec2:*');

  // Every policy leads to what it says.
  await page.goto('/iam/users/tom');
  await picture(browser, page, 'user-policies');
  await page.getByTestId('policy-readonlyaccess').click();
  await expect(page).toHaveURL(new RegExp(`/iam/policies/${READ_ONLY}$`));
  await page.getByTestId('tab-access_advisor').click();
  await expect(page.getByTestId('not-in-this-version')).toContainText('the services that this policy allows');
  await expectAccessible(page);

  const key = await run('print(iam.create_access_key(UserName="tom")["AccessKey"]["AccessKeyId"])', keysOf(account));
  await page.goto('/iam/users/tom?section=security_credentials');
  await awake(page);
  await page.getByTestId('switch-key').click();
  await page.getByRole('dialog', { name: 'Make inactive' }).getByTestId('confirm-switch').click();
  await expect(page.getByText(`Access key ${key} is now inactive.`)).toBeVisible();
});

test('the editor of inline policies counts what is left of the quota', async ({ page }) => {
  const other = statement('Allow', 's3:*');
  const { account } = await accountWith(`
iam.create_user(UserName="tom")
iam.create_group(GroupName="Staff")
iam.put_user_policy(UserName="tom", PolicyName="other", PolicyDocument=${python(other)})
`);
  await rootOf(page, account);
  const size = (value: unknown) => JSON.stringify(value).length;
  const left = page.getByTestId('characters-left');
  await page.goto('/iam/groups/Staff/inline');
  await awake(page);
  await expect(left).toContainText(`${(5120 - size({ Version: '2012-10-17', Statement: [] })).toLocaleString('en-US')} of 5,120 characters remaining.`);
  await page.goto('/iam/users/tom/inline?editor=json');
  await awake(page);
  const write = (text: string) => writePolicy(page, 'policy-document', text);
  const own = statement('Deny', 'iam:*');
  const expected = `${(2048 - size(other) - size(own)).toLocaleString('en-US')} of 2,048 characters remaining.`;
  await write(JSON.stringify(own));
  await expect(left).toContainText(expected);
  await expect(left).toContainText(`The other inline policies have ${size(other)}.`);
  await write(JSON.stringify(own, null, 4));
  await expect(left, 'white space is not counted').toContainText(expected);
  await expectAccessible(page);
  await write('x'.repeat(2000));
  await expect(page.getByTestId('over-quota')).toBeVisible();
  await expect(left).toContainText('More than 2,048 characters.');
  await write(JSON.stringify(own));
  await expect(page.getByTestId('over-quota')).toHaveCount(0);
  await page.getByTestId('policy-name').fill('own');
  await page.getByTestId('save-policy').click();
  await expect(page.getByText('Policy own created.')).toBeVisible();
});
