// User groups under the labels of 2020 and of today, and inline policies: pages, faults, and the real clients.
import { accountWith, boto3, keysOf } from '../fixtures/clients';
import { createAccount, enterAsRoot, enterAsUser, expect, expectAccessible, picture, signInAsRoot, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { reach, type } from '../pages/keyboard';
import { openJson, writePolicy } from '../pages/policy-editor';
import type { Page } from '@playwright/test';

const PASSWORD = 'Invented-Group-1!';

async function todaysLabels(page: Page): Promise<void> {
  await page.goto('/console/settings');
  await page.getByTestId('labels-choice-current').check();
  await page.getByTestId('save-settings').click();
  await expect(page.getByText('Settings saved.')).toBeVisible();
  await page.goto('/iam/groups');
  await expect(page.getByTestId('page-title')).toContainText('User groups');
}

const document = (effect: string, action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'Only', Effect: effect, Action: action, Resource: '*' }] }, null, 2);

for (const scripts of [true, false]) {
  test.describe(`with JavaScript ${scripts ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: scripts });

    test('the three steps of 2020 make a group; its name is checked and nothing typed is lost', async ({ page, account, browser }) => {
      await enterAsRoot(page, account);
      await page.goto('/iam/groups');
      await expect(page.getByTestId('no-groups')).toContainText('There are no groups.');
      if (scripts) {
        await expectAccessible(page);
        await picture(browser, page, 'groups-empty');
      }
      await page.getByTestId('create-group').click();
      await expect(page.getByTestId('page-title')).toHaveText('Create New Group');
      await expect(page.getByTestId('step-title')).toContainText('Set Group Name');
      for (const [bad, fault] of [
        ['', 'at least 1 character'],
        ['a b', 'can hold only'],
        ['x'.repeat(129), 'at most 128 characters'],
      ]) {
        await page.getByTestId('group-name').fill(bad ?? '');
        await page.getByTestId('next').click();
        await expect(page.getByTestId('group-name-field-error')).toContainText(fault ?? '');
        await expect(page.getByTestId('group-name')).toHaveValue(bad ?? '');
      }
      await page.getByTestId('group-name').fill('Admins');
      await page.getByTestId('next').click();
      await expect(page.getByTestId('step-title')).toContainText('Attach Policy');
      if (scripts) await expectAccessible(page);
      const search = async (text: string) => {
        await page.getByTestId('search-PolicyQuery').fill(text);
        await page.getByTestId('go-PolicyQuery').click();
      };
      await search('AdministratorAccess');
      await page.getByRole('checkbox', { name: 'Select AdministratorAccess', exact: true }).check();
      // What was chosen stays chosen while something else is searched for.
      await search('no-such-policy');
      await expect(page.getByText('(1 more selected)')).toBeVisible();
      await search('ReadOnlyAccess');
      await page.getByRole('checkbox', { name: 'Select ReadOnlyAccess', exact: true }).check();
      await page.getByTestId('next').click();
      await expect(page.getByTestId('review')).toContainText('Admins');
      await expect(page.getByTestId('review')).toContainText('AdministratorAccess');
      await page.getByTestId('previous').click();
      await expect(page.getByRole('checkbox', { name: 'Select ReadOnlyAccess', exact: true })).toBeChecked();
      await page.getByTestId('next').click();
      await page.getByTestId('create').click();
      await expect(page).toHaveURL(/\/iam\/groups$/);
      await expect(page.getByText('Admins user group created.')).toBeVisible();
      await expect(page.getByTestId('groups-row')).toHaveCount(1);

      // The same name in another case is taken: back to the first step.
      await page.goto('/iam/groups/create');
      await page.getByTestId('group-name').fill('ADMINS');
      await page.getByTestId('next').click();
      await page.getByTestId('next').click();
      await page.getByTestId('create').click();
      await expect(page.getByTestId('group-name-field-error')).toContainText('Group with name ADMINS already exists.');
      await expect(page.getByTestId('group-name')).toHaveValue('ADMINS');
    });

    test('what is ticked in a list stays ticked while it is searched and its pages are turned', async ({ page }) => {
      const { account } = await accountWith(`
for name in ("ann", "bob", "eve"):
    iam.create_user(UserName=name)
for name in ("Staff", "Other"):
    iam.create_group(GroupName=name)
`);
      await signInAsRoot(page, account);
      const ready = async () => {
        if (scripts) await awake(page);
      };
      const box = (name: string) => page.getByRole('checkbox', { name: `Select ${name}`, exact: true });
      const elsewhere = page.getByTestId('selected-elsewhere');

      await page.goto('/iam/groups/Staff?section=users&action=add');
      await ready();
      await box('ann').check();
      await page.getByTestId('find-users').fill('bob');
      await page.getByTestId('find-users').press('Enter');
      await expect(page.getByTestId('users-to-add-row')).toHaveCount(1);
      await expect(elsewhere).toHaveText('1 more selected: ann');
      await ready();
      await box('bob').check();
      await page.getByTestId('find-users').fill('nobody');
      await page.getByTestId('find-users-go').click();
      await expect(page.getByText("We can't find a match.")).toBeVisible();
      await expect(elsewhere).toHaveText('2 more selected: ann, bob');
      await ready();
      if (scripts) await expectAccessible(page);
      await page.getByTestId('clear-filter').click();
      await expect(page.getByTestId('find-users')).toHaveValue('');
      await expect(elsewhere).toHaveCount(0);
      for (const name of ['ann', 'bob']) await expect(box(name)).toBeChecked();
      await expect(box('eve')).not.toBeChecked();
      await ready();
      await page.getByTestId('confirm-add-users').click();
      await expect(page.getByText('Users added to Staff.')).toBeVisible();
      await expect(page.getByTestId('members-row')).toHaveCount(2);

      // A policy of the first page, one of the second and one that was searched for.
      await page.goto('/iam/groups/Staff?section=permissions&action=attach');
      await ready();
      const nth = async (row: number) => {
        const found = page.getByTestId('policies-row').nth(row).getByRole('checkbox');
        await found.check();
        return ((await found.getAttribute('aria-label')) ?? '').replace('Select ', '');
      };
      const first = await nth(0);
      await page.getByTestId('next-page').click();
      await expect(elsewhere).toHaveText(`1 more selected: ${first}`);
      await ready();
      const second = await nth(1);
      await page.getByTestId('first-page').click();
      await expect(box(first)).toBeChecked();
      await expect(elsewhere).toHaveText(`1 more selected: ${second}`);
      await ready();
      await page.getByTestId('filter-policies').fill('AmazonS3ReadOnlyAccess');
      await page.getByTestId('filter-policies').press('Enter');
      await expect(elsewhere).toContainText('2 more selected');
      await ready();
      await box('AmazonS3ReadOnlyAccess').check();
      await page.getByTestId('confirm-attach').click();
      await expect(page.getByText('Policies attached to Staff.')).toBeVisible();
      await expect(page.getByTestId('group-policies-row')).toHaveCount(3);

      // The user's own list of groups, and everybody that a policy could be attached to.
      await page.goto('/iam/users/eve?section=groups&action=add');
      await ready();
      await box('Staff').check();
      await page.getByTestId('find-groups').fill('Other');
      await page.getByTestId('find-groups').press('Enter');
      await expect(elsewhere).toHaveText('1 more selected: Staff');
      await ready();
      await page.getByTestId('join-groups').click();
      await expect(page.getByText('User eve added to groups.')).toBeVisible();
      await expect(page.getByTestId('user-groups-row')).toHaveText(/Staff/);
      await page.goto('/iam/policies/arn:aws:iam::aws:policy/ReadOnlyAccess?section=policy_usage&action=attach');
      await ready();
      await box('user ann').check();
      await page.getByTestId('entity-type').click();
      await page.getByRole('menuitem', { name: 'Groups' }).click();
      await expect(page.getByTestId('entities-row')).toHaveCount(2);
      await expect(elsewhere).toHaveText('1 more selected: ann');
      await ready();
      await box('group Other').check();
      await page.getByTestId('confirm-attach').click();
      await expect(page.getByTestId('attached-entities-row')).toHaveCount(2);
    });

    test('an inline policy is written, refused with its place, changed and deleted', async ({ page }) => {
      const { account } = await accountWith('iam.create_group(GroupName="staff")');
      await enterAsRoot(page, account);
      await page.goto('/iam/groups/staff?section=permissions');
      await expect(page.getByTestId('permissions-not-defined')).toBeVisible();
      await page.getByTestId('add-inline-policy').click();
      await openJson(page);
      if (scripts) await expectAccessible(page);
      await page.getByTestId('save-policy').click();
      await expect(page.getByTestId('policy-name-field-error')).toContainText('at least 1 character');
      const write = async (name: string, text: string) => {
        await page.getByTestId('policy-name').fill(name);
        await writePolicy(page, 'policy-document', text);
        await page.getByTestId('save-policy').click();
      };
      await write('broken', '{\n  "Version": "2012-10-17",\n}');
      await expect(page.getByTestId('policy-document-field-error')).toContainText('Syntax errors in policy.');
      await expect(page.getByTestId('policy-document-field-error')).toContainText('Line 3, column 1');
      await expect(page.getByTestId('policy-document'), 'a refused document comes back').toHaveValue(/2012-10-17/);
      await write('old', document('Allow', 's3:*').replace('2012', '2008'));
      await expect(page.getByTestId('policy-document-field-error')).toContainText('Policy document must be version 2012-10-17 or greater.');
      await write('large', document('Allow', `s3:${'x'.repeat(5200)}`));
      await expect(page.getByTestId('policy-document-field-error')).toContainText('Maximum policy size of 5120 bytes exceeded for group staff');
      await write('reads', document('Allow', 'iam:ListUsers'));
      await expect(page.getByText('Policy reads created.')).toBeVisible();
      await expect(page.getByTestId('group-policies-row')).toContainText('Inline policy');
      await page.goto('/iam/groups/staff/inline?editor=json');
      await write('reads', document('Allow', 's3:*'));
      await expect(page.getByTestId('policy-name-field-error')).toContainText('A policy called reads already exists.');

      await page.goto('/iam/groups/staff?section=permissions');
      await page.getByTestId('inline-reads').click();
      await expect(page.getByTestId('policy-json')).toContainText('iam:ListUsers');
      if (scripts) await expectAccessible(page);
      await page.getByTestId('edit-policy').click();
      await expect(page.getByTestId('policy-document')).toHaveValue(document('Allow', 'iam:ListUsers'));
      await writePolicy(page, 'policy-document', document('Deny', 'iam:ListUsers'));
      await page.getByTestId('save-policy').click();
      await expect(page.getByText('Policy reads updated.')).toBeVisible();
      await expect(page.getByTestId('policy-json')).toContainText('Deny');
      if (scripts) await awake(page);
      await page.getByTestId('delete-policy').click();
      await page.getByTestId('confirm-delete-policy').click();
      await expect(page.getByText('Policy reads deleted.')).toBeVisible();
      await expect(page.getByTestId('no-policies')).toBeVisible();
      await page.goto('/iam/groups/staff/inline/reads');
      await expect(page.getByTestId('no-such-policy')).toContainText('The group policy with name reads cannot be found.');
    });
  });
}

test('members come and go, the group is renamed and deleted, under the labels of 2020', async ({ page, browser }) => {
  const { account } = await accountWith(`
for name in ("ann", "bob", "eve"):
    iam.create_user(UserName=name)
for name in ("Staff", "Other"):
    iam.create_group(GroupName=name)
`);
  await enterAsRoot(page, account);
  await page.goto('/iam/groups');
  await awake(page);
  const menu = async (entry: string) => {
    await page.getByTestId('group-actions').click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  await expect(page.getByTestId('group-actions')).toBeDisabled();
  await page.getByRole('checkbox', { name: 'Select Staff' }).check();
  await menu('Add Users to Group');
  await expect(page).toHaveURL(/\/iam\/groups\/Staff\?section=users&action=add/);
  await awake(page);
  for (const name of ['ann', 'bob']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await page.getByTestId('confirm-add-users').click();
  await expect(page.getByText('Users added to Staff.')).toBeVisible();
  await expect(page.getByTestId('members-row')).toHaveCount(2);
  await expectAccessible(page);
  await picture(browser, page, 'group-users');
  await awake(page);
  await page.getByRole('checkbox', { name: 'Select bob' }).check();
  await page.getByTestId('members').getByTestId('remove-users').click();
  await page.getByTestId('confirm-remove-users').click();
  await expect(page.getByText('Users removed from Staff.')).toBeVisible();
  await expect(page.getByTestId('members-row')).toHaveCount(1);

  await awake(page);
  await menu('Edit Group Name');
  const rename = async (name: string) => {
    await awake(page);
    await page.getByTestId('new-group-name').fill(name);
    await page.getByTestId('confirm-rename').click();
  };
  await rename('OTHER');
  await expect(page.getByTestId('new-group-name-field-error')).toContainText('Group with name OTHER already exists.');
  await rename('a b');
  await expect(page.getByTestId('new-group-name-field-error')).toContainText('can hold only');
  await rename('Team');
  await expect(page.getByText('User group Staff renamed to Team.')).toBeVisible();
  await expect(page.getByTestId('group-summary')).toContainText(`arn:aws:iam::${account.id}:group/Team`);

  await page.goto('/iam/groups/Team?section=permissions');
  await page.getByTestId('attach-policies').click();
  await awake(page);
  await page.getByTestId('filter-policies').fill('AmazonS3ReadOnlyAccess');
  await page.getByTestId('filter-policies').press('Enter');
  await awake(page);
  await page.getByRole('checkbox', { name: 'Select AmazonS3ReadOnlyAccess', exact: true }).check();
  await page.getByTestId('confirm-attach').click();
  await expect(page.getByText('Policies attached to Team.')).toBeVisible();
  await awake(page);
  await page.getByTestId('remove-amazons3readonlyaccess').click();
  await page.getByRole('dialog').getByTestId('confirm-remove-policy').click();
  await expect(page.getByText('Policy AmazonS3ReadOnlyAccess detached.')).toBeVisible();

  await page.goto('/iam/groups');
  await awake(page);
  for (const name of ['Team', 'Other']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await menu('Delete Group');
  await awake(page);
  const dialog = page.getByRole('dialog', { name: 'Delete Groups' });
  await expect(dialog.getByTestId('groups-to-delete')).toContainText('Team');
  await dialog.getByRole('button', { name: 'Yes, Delete' }).click();
  await expect(page.getByText('2 user groups deleted: Other, Team.')).toBeVisible();
  await expect(page.getByTestId('no-groups')).toBeVisible();
  await page.goto('/iam/groups/Team');
  await expect(page.getByTestId('no-such-group')).toContainText('The group with name Team cannot be found.');
});

test('today one page makes a group with users and policies; lists sort, search and turn pages', async ({ page, browser }) => {
  const { account } = await accountWith(`
iam.create_user(UserName="ann")
for number in range(60):
    iam.create_group(GroupName=f"team-{number:02}")
`);
  await signInAsRoot(page, account);
  await todaysLabels(page);
  await expect(page.getByTestId('groups-row')).toHaveCount(50);
  await expect(page.getByTestId('permissions-state').first()).toHaveText('Not defined');
  await expectAccessible(page);
  await picture(browser, page, 'groups');
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByTestId('groups-row')).toHaveCount(10);
  await page.getByRole('link', { name: 'First page' }).click();
  await page.getByRole('link', { name: 'Group name' }).click();
  await expect(page.getByTestId('groups-row').first()).toContainText('team-59');
  await page.getByTestId('find-groups').fill('zzz');
  await page.getByTestId('find-groups').press('Enter');
  await expect(page.getByText("We can't find a match.")).toBeVisible();
  await page.getByRole('link', { name: 'Clear filter' }).first().click();

  await page.getByTestId('create-group').first().click();
  await expect(page.getByTestId('page-title')).toHaveText('Create user group');
  await expectAccessible(page);
  await picture(browser, page, 'create-group');
  await page.getByRole('checkbox', { name: 'Select ann' }).check();
  await page.getByTestId('search-PolicyQuery').fill('IAMReadOnlyAccess');
  await page.getByTestId('go-PolicyQuery').click();
  await expect(page.getByTestId('group-name-field-error'), 'searching is no try').toBeHidden();
  await page.getByRole('checkbox', { name: 'Select IAMReadOnlyAccess', exact: true }).check();
  await page.getByTestId('create').click();
  await expect(page.getByTestId('group-name-field-error')).toContainText('at least 1 character');
  await page.getByTestId('group-name').fill('auditors');
  await page.getByTestId('create').click();
  await expect(page.getByText('auditors user group created.')).toBeVisible();
  const row = page.getByTestId('groups-row').filter({ hasText: 'auditors' });
  await expect(row).toContainText('Defined');
  await expect(row).toContainText('1');

  // One group is deleted by its name, several by their number.
  await awake(page);
  await page.getByRole('checkbox', { name: 'Select auditors' }).check();
  await page.getByTestId('delete-group').click();
  await awake(page);
  await expect(page.getByTestId('confirm-delete')).toBeDisabled();
  await page.getByTestId('confirmation').fill('auditors');
  await page.getByTestId('confirm-delete').click();
  await expect(page.getByText('auditors user group deleted.')).toBeVisible();
  await page.goto('/iam/groups?query=team-0');
  await awake(page);
  for (const name of ['team-00', 'team-01', 'team-02']) await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await page.getByTestId('delete-group').click();
  await awake(page);
  await page.getByTestId('confirmation').fill('3 user groups');
  await page.getByTestId('confirm-delete').click();
  await expect(page.getByText('3 user groups deleted: team-00, team-01, team-02.')).toBeVisible();
});

test('a group called .. is reached, and everything is done by keyboard', async ({ page, account }) => {
  await enterAsRoot(page, account);
  await page.goto('/iam/groups');
  await awake(page);
  await reach(page, 'create-group');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/iam\/groups\/create/);
  await awake(page);
  await type(page, 'group-name', '..');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('step-title')).toContainText('Attach Policy');
  await awake(page);
  await reach(page, 'next');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('review')).toBeVisible();
  await awake(page);
  await reach(page, 'create');
  await page.keyboard.press('Enter');
  await expect(page.getByText('.. user group created.')).toBeVisible();
  await awake(page);
  await page.getByRole('link', { name: '..', exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('group-summary')).toContainText(`arn:aws:iam::${account.id}:group/..`);
  await awake(page);
  await reach(page, 'group-actions');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Add Users to Group' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Delete Group' })).toBeVisible();
  await reach(page, 'confirm-delete');
  await page.keyboard.press('Enter');
  await expect(page.getByText('.. user group deleted.')).toBeVisible();
});

test('who may list groups but read none sees columns left out; who may nothing sees why', async ({ page }) => {
  const { account } = await accountWith(`
iam.create_group(GroupName="staff")
for name in ("lister", "nobody"):
    iam.create_user(UserName=name)
    iam.create_login_profile(UserName=name, Password="${PASSWORD}", PasswordResetRequired=False)
iam.put_user_policy(UserName="lister", PolicyName="lists", PolicyDocument=json.dumps({"Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "iam:ListGroups", "Resource": "*"}]}))
`);
  await enterAsUser(page, account.id, 'lister', PASSWORD);
  await page.goto('/iam/groups');
  await expect(page.getByTestId('groups-row')).toContainText('Access denied');
  await expect(page.getByTestId('columns-refused')).toContainText('iam:GetGroup');
  await page.goto('/iam/groups/staff');
  await expect(page.getByTestId('denied-sentence').first()).toContainText('iam:GetGroup on resource: group staff');
  await enterAsUser(page, account.id, 'nobody', PASSWORD);
  await page.goto('/iam/groups');
  await expect(page.getByTestId('denied-sentence')).toContainText('is not authorized to perform: iam:ListGroups');
  await page.goto('/iam/groups/create');
  await expect(page.getByTestId('group-name')).toBeVisible();
});

test('a user has inline policies too: from the page, from groups, and gone with one button', async ({ page }) => {
  const { account } = await accountWith(`
iam.create_user(UserName="ann")
iam.create_group(GroupName="staff")
iam.add_user_to_group(GroupName="staff", UserName="ann")
iam.put_group_policy(GroupName="staff", PolicyName="shared", PolicyDocument=json.dumps({"Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}))
`);
  await enterAsRoot(page, account);
  await page.goto('/iam/users/ann');
  const rows = page.getByTestId('user-policies-row');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('Attached from group staff');
  await page.getByTestId('add-inline-policy').click();
  await openJson(page);
  await expect(page.getByTestId('policy-document-field')).toContainText('2,048 characters');
  await page.getByTestId('policy-name').fill('own');
  await writePolicy(page, 'policy-document', document('Allow', 'iam:GetUser'));
  await page.getByTestId('save-policy').click();
  await expect(page.getByText('Policy own created.')).toBeVisible();
  await expect(rows.filter({ hasText: 'own' })).toContainText('Inline policy');
  await expectAccessible(page);
  await page.getByTestId('inline-own').click();
  await expect(page.getByTestId('policy-json')).toContainText('iam:GetUser');
  await page.getByTestId('policy-owner').click();
  await awake(page);
  await page.getByTestId('delete-inline-own').click();
  await page.getByTestId('confirm-delete-inline').click();
  await expect(page.getByText('Policy own deleted.')).toBeVisible();
  await expect(rows).toHaveCount(1);
});

test('boto3 puts, reads and deletes inline policies, and a Deny in one is obeyed and named', async ({ page }) => {
  const account = await createAccount(true);
  const done = await boto3(
    `
allow = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}]}
deny = {"Version": "2012-10-17", "Statement": [{"Sid": "NoUsers", "Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*"}]}
iam.create_user(UserName="tom")
iam.create_login_profile(UserName="tom", Password="${PASSWORD}", PasswordResetRequired=False)
iam.create_group(GroupName="crew")
iam.add_user_to_group(GroupName="crew", UserName="tom")
iam.put_user_policy(UserName="tom", PolicyName="all", PolicyDocument=json.dumps(allow))
iam.put_group_policy(GroupName="crew", PolicyName="careful", PolicyDocument=json.dumps(deny))
assert iam.get_user_policy(UserName="tom", PolicyName="all")["PolicyDocument"] == allow
assert iam.get_group_policy(GroupName="crew", PolicyName="careful")["PolicyDocument"] == deny
assert [n for p in iam.get_paginator("list_user_policies").paginate(UserName="tom") for n in p["PolicyNames"]] == ["all"]
assert iam.list_group_policies(GroupName="crew")["PolicyNames"] == ["careful"]
def refused(call, code, text):
    try:
        call()
        raise SystemExit("not refused: " + text)
    except ClientError as error:
        assert error.response["Error"]["Code"] == code and text in error.response["Error"]["Message"], error
refused(lambda: iam.get_user_policy(UserName="tom", PolicyName="x"), "NoSuchEntity", "The user policy with name x cannot be found.")
refused(lambda: iam.put_user_policy(UserName="tom", PolicyName="x", PolicyDocument="{}"), "MalformedPolicyDocument", "Syntax errors in policy.")
refused(lambda: iam.delete_group(GroupName="crew"), "DeleteConflict", "Cannot delete entity, must delete policies first.")
big = json.dumps({**allow, "Statement": allow["Statement"] * 60})
refused(lambda: iam.put_user_policy(UserName="tom", PolicyName="big", PolicyDocument=big), "LimitExceeded", "Maximum policy size of 2048 bytes exceeded for user tom")
key = iam.create_access_key(UserName="tom")["AccessKey"]
tom = boto3.client("iam", **{**kw, "aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]})
tom.list_users()
refused(lambda: tom.create_user(UserName="x"), "AccessDenied", "with an explicit deny in an identity-based policy")
`,
    keysOf(account),
  );
  expect(done.err).toBe('');
  await enterAsUser(page, account.id, 'tom', PASSWORD);
  await page.goto('/iam/groups/crew?section=permissions');
  await expect(page.getByTestId('group-policies-row')).toContainText('careful');
  const cleared = await boto3(
    `
iam.delete_user_policy(UserName="tom", PolicyName="all")
iam.delete_group_policy(GroupName="crew", PolicyName="careful")
assert iam.list_user_policies(UserName="tom")["PolicyNames"] == []
`,
    keysOf(account),
  );
  expect(cleared.err).toBe('');
  await page.reload();
  await expect(page.getByTestId('access-denied').first()).toBeVisible();
});
