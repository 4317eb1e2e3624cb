// A user's page: access keys (Labs 10.1 to 10.3), console password (Lab 18), permissions in three ways, another name,
// and today's "Retrieve password", in the labels of 2020 and of today.
import type { Download, Page } from '@playwright/test';
import { aws, boto3, CLIS, type Keys } from '../fixtures/clients';
import { createAccount, expect, expectAccessible, picture, signInAsRoot, signInAsUser, test, type Account } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { chooseLabels } from '../pages/labels';

const SECURITY = '/iam/users/tom?section=security_credentials';
const keysOf = (account: Account): Keys => ({ id: account.accessKeyId ?? '', secret: account.secretAccessKey ?? '' });

/** An account with the user tom and what the program adds. */
async function withTom(program = ''): Promise<Account> {
  const account = await createAccount(true);
  const made = await boto3(`iam.create_user(UserName="tom")\n${program}`, keysOf(account));
  expect(made.err).toBe('');
  return account;
}

async function saved(page: Page, testid: string): Promise<{ name: string; text: string }> {
  const waiting = page.waitForEvent('download');
  await page.getByTestId(testid).click();
  const file: Download = await waiting;
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
  return { name: file.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
}

const identity = (keys: Keys) => aws(CLIS.v2, ['sts', 'get-caller-identity'], keys);

test('Lab 10 in 2020: a key is made, used, made inactive and active, and deleted', async ({ page, browser }) => {
  const account = await withTom();
  await signInAsRoot(page, account);
  await page.goto(SECURITY);
  await awake(page);
  await page.getByTestId('create-access-key').click();
  const dialog = page.getByRole('dialog', { name: 'Create access key' });
  await expect(dialog).toContainText('This is the only time that the secret access keys can be viewed or downloaded.');
  await expectAccessible(page);
  await picture(browser, page, 'access-key-2020');
  const file = await saved(page, 'download-key');
  expect(file.name).toBe('accessKeys.csv');
  const [header, line] = file.text.split('\n');
  expect(header).toBe('Access key ID,Secret access key');
  const [id, secret] = line.split(',');
  const importable = await saved(page, 'download-key-cli');
  expect(importable.text.split('\n')[0]).toBe('User Name,Access key ID,Secret access key');
  await dialog.getByTestId('close-new-key').click();
  const keys = { id, secret };

  await page.goto(SECURITY);
  expect(await page.content()).not.toContain(secret);
  const key = page.getByTestId('access-keys-row').filter({ hasText: id });
  await expect(key).toContainText('N/A');
  await expect(key.getByTestId('key-status')).toContainText('Active');
  const works = await identity(keys);
  expect(works.err).toBe('');
  await page.reload();
  await expect(key).toContainText(/with sts in/);

  await awake(page);
  await key.getByTestId('switch-key').click();
  await page.getByRole('dialog', { name: 'Make inactive' }).getByTestId('confirm-switch').click();
  await expect(key.getByTestId('key-status')).toContainText('Inactive');
  expect((await identity(keys)).err).toContain('The security token included in the request is invalid');
  await awake(page);
  await key.getByTestId('switch-key').click();
  await page.getByRole('dialog', { name: 'Make active' }).getByTestId('confirm-switch').click();
  await expect(key.getByTestId('key-status')).toHaveText(/^\s*Active/);
  expect((await identity(keys)).err).toBe('');

  // A third key is refused.
  await page.getByTestId('create-access-key').click();
  await page.goto(SECURITY);
  await expect(page.getByTestId('access-keys-row')).toHaveCount(2);
  await expect(page.getByTestId('create-access-key')).toHaveAttribute('title', 'Cannot exceed quota for AccessKeysPerUser: 2');

  await awake(page);
  await key.getByTestId('delete-key').click();
  await page.getByRole('dialog', { name: 'Delete access key' }).getByTestId('confirm-delete').click();
  await expect(page.getByText(`Access key ${id} deleted.`)).toBeVisible();
  await expect(page.getByTestId('access-keys-row')).toHaveCount(1);
  expect((await identity(keys)).err).toContain('InvalidClientTokenId');
});

test('Lab 10 today: three steps, a description, and a key that must be inactive before it is deleted', async ({ page, browser }) => {
  const account = await withTom();
  await signInAsRoot(page, account);
  await chooseLabels(page, 'current');
  await page.goto(SECURITY);
  await awake(page);
  await page.getByTestId('create-access-key').click();
  await expect(page.getByTestId('step-title')).toHaveText('Access key best practices & alternatives');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('use-case-error')).toBeVisible();
  await expect(page.getByTestId('confirmation-field-error')).toBeVisible();
  await expectAccessible(page);
  await page.getByTestId('use-cli').check();
  await page.getByTestId('confirmed').check();
  await picture(browser, page, 'access-key-practices');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('step-title')).toHaveText('Set description tag');
  await page.getByTestId('description').fill('<laptop>');
  await page.getByTestId('submit-key').click();
  await expect(page.getByTestId('description-field-error')).toContainText('A description can hold only');
  await expect(page.getByTestId('description')).toHaveValue('<laptop>');
  await page.getByTestId('description').fill('laptop');
  await page.getByTestId('submit-key').click();
  await expect(page.getByTestId('step-title')).toHaveText('Retrieve access keys');
  await expectAccessible(page);
  const file = await saved(page, 'download-key');
  expect(file.name).toBe('tom_accessKeys.csv');
  expect(file.text.startsWith('\u{feff}Access key ID,Secret access key\n')).toBe(true);
  const id = file.text.split('\n')[1].split(',')[0];
  await page.getByTestId('key-done').click();
  const key = page.getByTestId('access-keys-row').filter({ hasText: id });
  await expect(key).toContainText('laptop');
  await expect(page.getByTestId('value-access-key-1')).toContainText(`${id} - Active`);

  await awake(page);
  const menu = async (name: string) => {
    await key.getByTestId('key-actions').click();
    return page.getByRole('menuitem', { name });
  };
  await expect(await menu('Delete')).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('menuitem', { name: 'Deactivate' }).click();
  await page.getByRole('dialog', { name: 'Deactivate' }).getByTestId('confirm-switch').click();
  await expect(key.getByTestId('key-status')).toContainText('Inactive');
  await awake(page);
  await (await menu('Delete')).click();
  const dialog = page.getByRole('dialog', { name: `Delete ${id}?` });
  await expect(dialog.getByTestId('confirm-delete')).toBeDisabled();
  await dialog.getByTestId('confirmation').fill(id);
  await dialog.getByTestId('confirm-delete').click();
  await expect(page.getByTestId('access-keys')).toContainText('This user has no access keys.');
});

test('Lab 18 in 2020: enable, sign in, refuse a weak password, disable; keys go on working', async ({ page, browser }) => {
  const account = await withTom();
  const key = await boto3(
    'key = iam.create_access_key(UserName="tom")["AccessKey"]\nprint(json.dumps([key["AccessKeyId"], key["SecretAccessKey"]]))',
    keysOf(account),
  );
  const [id, secret] = JSON.parse(key.out);
  await signInAsRoot(page, account);
  await page.goto(SECURITY);
  await expect(page.getByTestId('console-password')).toHaveText('Disabled');
  await expect(page.getByTestId('console-signin-link')).toContainText(`/signin/${account.id}/console`);
  await awake(page);
  await page.getByTestId('manage-console-access').click();
  const dialog = page.getByRole('dialog', { name: 'Manage console access of tom' });
  await expect(dialog.getByTestId('password-kind-keep')).toHaveCount(0);
  await dialog.getByTestId('password-kind-custom').check();
  await dialog.getByTestId('custom-password').fill('weak');
  await dialog.getByTestId('apply-console-access').click();
  await expect(dialog.getByTestId('custom-password-field-error')).toBeVisible();
  await expectAccessible(page);
  await awake(page);
  await dialog.getByTestId('password-kind-autogenerated').check();
  await dialog.getByTestId('require-reset').uncheck();
  await dialog.getByTestId('apply-console-access').click();
  const made = page.getByRole('dialog', { name: 'New password' });
  await expect(made).toBeVisible();
  await expectAccessible(page);
  await picture(browser, page, 'new-password-2020');
  const file = await saved(page, 'download-password');
  expect(file.name).toBe('tom_credentials.csv');
  const [header, line] = file.text.split('\n');
  expect(header).toBe('User name,Password,Console sign-in URL');
  const password = line.split(',')[1];
  const draft = decodeURIComponent((await made.getByTestId('email-instructions').getAttribute('href')) ?? '');
  expect(draft).toContain('User name: tom');
  expect(draft).not.toContain(password);
  await made.getByTestId('close-new-password').click();
  await page.goto(SECURITY);
  await expect(page.getByTestId('console-password')).toHaveText('Enabled (never signed in)');
  expect(await page.content()).not.toContain(password);

  await page.context().clearCookies();
  await signInAsUser(page, account.id, 'tom', password);
  await expect(page).toHaveURL(/\/console\/home/);
  await page.context().clearCookies();
  await signInAsRoot(page, account);
  await page.goto(SECURITY);
  await awake(page);
  await page.getByTestId('manage-console-access').click();
  await expect(dialog.getByTestId('password-kind-keep')).toBeChecked();
  await dialog.getByTestId('access-disable').check();
  await dialog.getByTestId('apply-console-access').click();
  await expect(page.getByTestId('console-access-done')).toContainText('Console access of tom disabled');
  expect((await identity({ id, secret })).err).toBe('');
  await page.context().clearCookies();
  await signInAsUser(page, account.id, 'tom', password);
  await expect(page.getByText('Your authentication information is incorrect. Please try again.')).toBeVisible();
});

test('Lab 18 today: enable, then reset or disable', async ({ page, browser }) => {
  const account = await withTom();
  await signInAsRoot(page, account);
  await chooseLabels(page, 'current');
  await page.goto(SECURITY);
  await awake(page);
  await expect(page.getByTestId('console-access-state')).toHaveText(/Disabled/);
  await page.getByTestId('manage-console-access').click();
  const enable = page.getByRole('dialog', { name: 'Enable console access' });
  await expect(enable).toContainText('User must create new password at next sign-in');
  await enable.getByTestId('apply-console-access').click();
  const made = page.getByRole('dialog', { name: 'Console password' });
  await expect(made).toBeVisible();
  await picture(browser, page, 'console-password-current');
  const file = await saved(page, 'download-password');
  expect(file.text.startsWith('\u{feff}User name,Password,Console sign-in URL\n')).toBe(true);
  await page.goto(SECURITY);
  await expect(page.getByTestId('console-access-state')).toHaveText(/Enabled without MFA/);
  await expectAccessible(page);
  await awake(page);
  await page.getByTestId('manage-console-access').click();
  const manage = page.getByRole('dialog', { name: 'Manage console access' });
  await manage.getByTestId('access-disable').check();
  await manage.getByTestId('apply-console-access').click();
  await expect(page.getByTestId('console-access-done')).toBeVisible();
});

const FRIENDS = `
iam.create_group(GroupName="Admins")
iam.attach_group_policy(GroupName="Admins", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
iam.create_user(UserName="model")
iam.add_user_to_group(GroupName="Admins", UserName="model")
iam.attach_user_policy(UserName="model", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
iam.put_user_permissions_boundary(UserName="model", PermissionsBoundary="arn:aws:iam::aws:policy/PowerUserAccess")
`;

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('permissions are added in three ways, and each ✕ does what its row came by', async ({ page, browser }) => {
      test.slow();
      const account = await withTom(FRIENDS);
      await signInAsRoot(page, account);
      await page.goto('/iam/users/tom');
      await expect(page.getByTestId('user-policies')).toContainText('No policies');
      await page.getByTestId('add-permissions').click();
      await page.getByTestId('next').click();
      await expect(page.getByTestId('form-errors')).toContainText('Select at least one row');

      // By policies: what is picked stays while the search changes.
      await page.getByTestId('permissions-policies').click();
      const search = async (text: string) => {
        await page.getByTestId('permissions-query').fill(text);
        await page.getByTestId('search-permissions').click();
        await expect(page.getByTestId('permissions-query')).toHaveValue(text);
      };
      const pick = (name: string) => page.getByRole('row').filter({ hasText: name }).getByRole('checkbox').first().check();
      await search('AmazonS3ReadOnlyAccess');
      await expect(page.getByText('Showing 1 result', { exact: true })).toBeVisible();
      await pick('AmazonS3ReadOnlyAccess');
      await search('IAMReadOnlyAccess');
      await expect(page.getByTestId('selected-before')).toContainText('AmazonS3ReadOnlyAccess');
      await pick('IAMReadOnlyAccess');
      if (javaScriptEnabled) {
        await expectAccessible(page);
        await picture(browser, page, 'add-permissions');
      }
      await search('no such policy');
      await expect(page.getByText("We can't find a match.")).toBeVisible();
      await page.getByTestId('next').click();
      await expect(page.getByTestId('permissions-summary')).toContainText('AmazonS3ReadOnlyAccess');
      await expect(page.getByTestId('permissions-summary')).toContainText('IAMReadOnlyAccess');
      await page.getByTestId('previous').click();
      await expect(page.getByTestId('selected-before')).toHaveCount(2);
      await page.getByTestId('next').click();
      await page.getByTestId('confirm-add-permissions').click();
      await expect(page.getByText('Permissions added to tom.')).toBeVisible();
      const rows = page.getByTestId('user-policies-row');
      await expect(rows).toHaveCount(2);
      await expect(rows.first()).toContainText('Attached directly');

      // By a group.
      await page.getByTestId('add-permissions').click();
      await pick('Admins');
      await page.getByTestId('next').click();
      await page.getByTestId('confirm-add-permissions').click();
      await expect(rows.filter({ hasText: 'AdministratorAccess' })).toContainText('Attached from group Admins');

      // As another user has them: only what is missing.
      await page.getByTestId('add-permissions').click();
      await page.getByTestId('permissions-copy').click();
      await page.getByRole('row').filter({ hasText: 'model' }).getByRole('radio').check();
      await page.getByTestId('next').click();
      const summary = page.getByTestId('permissions-summary');
      await expect(summary).toContainText('ReadOnlyAccess');
      await expect(summary).toContainText('Permissions boundary');
      await expect(summary).not.toContainText('Admins');
      await page.getByTestId('confirm-add-permissions').click();
      await expect(page.getByTestId('boundary-arn')).toContainText('PowerUserAccess');
      if (!javaScriptEnabled) return;

      await awake(page);
      await page.getByTestId('detach-amazons3readonlyaccess').click();
      await page.getByRole('dialog', { name: 'Detach policy' }).getByTestId('confirm-detach').first().click();
      await expect(page.getByText('Policy AmazonS3ReadOnlyAccess detached.')).toBeVisible();
      await awake(page);
      await page.getByTestId('leave-admins-administratoraccess').click();
      await page.getByRole('dialog', { name: 'Remove user from group' }).getByTestId('confirm-leave').click();
      await expect(page.getByText('User tom removed from group Admins.')).toBeVisible();
      await expect(rows.filter({ hasText: 'AdministratorAccess' })).toHaveCount(0);
    });
  });
}

test('the eleventh policy is refused, and what was picked is still there', async ({ page }) => {
  const ten = Array.from({ length: 10 }, (_, n) => n);
  const account = await withTom(`
arns = [p["Arn"] for p in iam.list_policies(Scope="AWS", MaxItems=${ten.length})["Policies"]]
for arn in arns:
    iam.attach_user_policy(UserName="tom", PolicyArn=arn)
`);
  await signInAsRoot(page, account);
  await page.goto('/iam/users/tom/add-permissions?by=policies');
  await page.getByTestId('permissions-query').fill('AlexaForBusinessReadOnlyAccess');
  await page.keyboard.press('Enter');
  await page.getByRole('row').getByRole('checkbox', { name: /^Select/ }).and(page.locator(':enabled')).last().check();
  await page.getByTestId('next').click();
  await page.getByTestId('confirm-add-permissions').click();
  await expect(page.getByTestId('problem')).toContainText('Cannot exceed quota for PoliciesPerUser: 10');
  await expect(page.getByTestId('permissions-summary')).toContainText('Managed policy');
});

test('another name: what hangs on the user stays, a taken or broken name is refused', async ({ page }) => {
  const account = await withTom('iam.create_user(UserName="kim")\niam.attach_user_policy(UserName="tom", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")');
  await signInAsRoot(page, account);
  await page.goto('/iam/users/tom');
  const dialog = page.getByRole('dialog', { name: 'Rename user' });
  const rename = async (name: string) => {
    await awake(page);
    if (!(await dialog.isVisible())) await page.getByTestId('rename-user').click();
    await dialog.getByTestId('new-user-name').fill(name);
    await dialog.getByTestId('confirm-rename').click();
  };
  await rename('a b');
  await expect(dialog.getByTestId('new-user-name-field-error')).toContainText('letters, digits');
  await expect(dialog.getByTestId('new-user-name')).toHaveValue('a b');
  await rename('KIM');
  await expect(dialog).toContainText('User with name KIM already exists.');
  await expectAccessible(page);
  await rename('tim');
  await expect(page.getByText('User tom renamed to tim.')).toBeVisible();
  await expect(page).toHaveURL(/\/iam\/users\/tim$/);
  await expect(page.getByTestId('user-summary')).toContainText(`arn:aws:iam::${account.id}:user/tim`);
  await expect(page.getByTestId('user-policies-row')).toHaveCount(1);
  await rename('..');
  await expect(page.getByTestId('user-summary')).toContainText(`arn:aws:iam::${account.id}:user/..`);
  const gone = await page.goto('/iam/users/tom');
  expect(gone?.status()).toBe(404);
  await expect(page.getByTestId('no-such-user')).toContainText('The user with name tom cannot be found.');
});

test('every tab has an address; groups, tags, and the place of the last accesses', async ({ page, browser }) => {
  const account = await withTom('iam.create_group(GroupName="Ops")');
  await signInAsRoot(page, account);
  await page.goto('/iam/users/tom?section=access_advisor');
  await expect(page.getByTestId('tab-access_advisor')).toHaveText('Access Advisor');
  await expect(page.getByTestId('not-in-this-version')).toBeVisible();
  await expectAccessible(page);
  await page.getByTestId('tab-groups').click();
  await page.getByTestId('add-to-groups').click();
  await awake(page);
  await page.getByRole('row').filter({ hasText: 'Ops' }).getByRole('checkbox').check();
  await page.getByTestId('join-groups').click();
  await expect(page.getByTestId('tab-groups')).toHaveText('Groups (1)');
  await awake(page);
  await page.getByTestId('leave-ops').click();
  await page.getByTestId('confirm-leave').click();
  await expect(page.getByTestId('tab-groups')).toHaveText('Groups (0)');
  await chooseLabels(page, 'current');
  await page.goto('/iam/users/tom?section=access_advisor');
  await expect(page.getByTestId('tab-access_advisor')).toHaveText('Last Accessed');
  await expect(page.getByTestId('page-title')).toHaveText('tom');
  await expect(page.getByTestId('summary-create-key')).toBeVisible();
  await picture(browser, page, 'user-current');
});

test('today the wizard ends with Retrieve password, and asks before it is lost unseen', async ({ page, account, browser }) => {
  await signInAsRoot(page, account);
  await chooseLabels(page, 'current');
  const through = async (name: string) => {
    await page.goto('/iam/users/create');
    await awake(page);
    await expect(page.getByTestId('programmatic-access')).toHaveCount(0);
    await page.getByTestId('user-name-1').fill(name);
    await page.getByLabel('Provide user access to the AWS Management Console').check();
    for (let step = 0; step < 4; step++) await page.getByTestId('next').click();
    await expect(page.getByTestId('step-title')).toHaveText('Retrieve password');
  };
  await through('kim');
  await expect(page.getByTestId('create-success')).toContainText('User created successfully');
  await expect(page.getByTestId('sign-in-details')).toContainText(`/signin/${account.id}/console`);
  await expect(page.locator('.wizard__step--done button'), 'what is done cannot be gone back to').toHaveCount(0);
  await expectAccessible(page);
  await picture(browser, page, 'retrieve-password');
  await page.getByTestId('close-wizard').click();
  const asked = page.getByRole('dialog', { name: 'Continue without viewing or downloading console password' });
  await expect(asked).toBeVisible();
  await asked.getByTestId('stay').click();
  const file = await saved(page, 'download-csv');
  expect(file.name).toBe('kim_credentials.csv');
  const [header, line] = file.text.replace('\u{feff}', '').split('\n');
  expect(header).toBe('User name,Password,Console sign-in URL');
  const draft = decodeURIComponent((await page.getByTestId('email-instructions').getAttribute('href')) ?? '');
  expect(draft).toContain(`ending in ${account.id.slice(-4)}`);
  expect(draft).not.toContain(line.split(',')[1]);
  await page.getByTestId('close-wizard').click();
  await expect(page).toHaveURL(/\/iam\/users$/);

  await through('lee');
  await page.getByTestId('close-wizard').click();
  await asked.getByTestId('continue-unseen').click();
  await expect(page.getByRole('link', { name: 'lee' })).toBeVisible();

  await page.context().clearCookies();
  await signInAsUser(page, account.id, 'kim', line.split(',')[1]);
  await expect(page.getByRole('heading', { name: 'You must change your password to continue' })).toBeVisible();
});
