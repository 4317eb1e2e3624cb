// IAM's dashboard under the labels of both eras: sign-in link, resources, security status and what it asks for.
import { boto3, keysOf } from '../fixtures/clients';
import { createAccount, enterAsRoot, enterAsUser, expect, expectAccessible, picture, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { chooseLabels } from '../pages/labels';

const PASSWORD = 'Invented-Kim-1!';

test("the dashboard of 2020: root's five checks are those of the account as it is", async ({ page, browser }) => {
  const account = await createAccount(true);
  const keys = keysOf(account);
  await enterAsRoot(page, account);
  await chooseLabels(page, '2020');
  await page.goto('/iam/home');
  await awake(page);
  await expect(page.getByTestId('page-title')).toHaveText('Welcome to Identity and Access Management');
  await expect(page.getByTestId('signin-link')).toContainText(account.id);
  const status = page.getByTestId('security-status');
  await expect(status).toContainText('0 out of 5 complete.');
  const checks = {
    'Delete your root access keys': 'Manage Security Credentials',
    'Activate MFA on your root account': 'Manage MFA',
    'Create individual IAM users': 'Manage Users',
    'Use groups to assign permissions': 'Manage Groups',
    'Apply an IAM password policy': 'Manage Password Policy',
  };
  for (const [title, button] of Object.entries(checks)) {
    await status.locator('summary', { hasText: title }).click();
    await expect(status.getByRole('link', { name: button })).toBeVisible();
    await expect(status.getByRole('link', { name: /^Manage/ }), 'opening one closes the others').toHaveCount(1);
  }
  await status.getByRole('button', { name: 'Learn More: Apply an IAM password policy' }).click();
  await expect(page.locator('#help-page')).toBeVisible();
  await page.getByRole('button', { name: 'Close help panel' }).click();
  await expectAccessible(page);
  await picture(browser, page, 'dashboard-2020');

  const done = await boto3(
    `
iam.create_user(UserName="kim")
iam.create_group(GroupName="Staff")
iam.update_account_password_policy(MinimumPasswordLength=10)
`,
    keys,
  );
  expect(done.err).toBe('');
  await page.goto('/iam/home');
  await expect(status).toContainText('3 out of 5 complete.');
  await expect(page.getByTestId('count-users')).toHaveText('1');
  await expect(page.getByTestId('count-groups')).toHaveText('1');
  const gone = await boto3(`iam.delete_access_key(AccessKeyId="${keys.id}")`, keys);
  expect(gone.err).toBe('');
  await page.goto('/iam/home');
  await expect(page.getByTestId('check-delete-your-root-access-keys')).toHaveText(/^Complete/);
  await page.getByTestId('iam-resources').getByRole('link', { name: /^Users/ }).click();
  await expect(page).toHaveURL(/\/iam\/users$/);
});

test("an IAM user's list ends with the keys, and each check stands alone where a permission is missing", async ({ page }) => {
  const account = await createAccount(true);
  const made = await boto3(
    `
for name in ("kim", "lee"):
    iam.create_user(UserName=name)
    iam.create_login_profile(UserName=name, Password="${PASSWORD}", PasswordResetRequired=False)
iam.attach_user_policy(UserName="kim", PolicyArn="arn:aws:iam::aws:policy/IAMReadOnlyAccess")
iam.attach_user_policy(UserName="lee", PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
`,
    keysOf(account),
  );
  expect(made.err).toBe('');
  await enterAsUser(page, account.id, 'kim', PASSWORD);
  await chooseLabels(page, '2020');
  await page.goto('/iam/home');
  const status = page.getByTestId('security-status');
  await expect(status.locator('summary')).toHaveCount(5);
  await expect(status.locator('summary').last()).toContainText('Rotate your access keys');
  await expect(page.getByTestId('check-rotate-your-access-keys')).toHaveText(/^Complete/);
  await expect(page.getByTestId('check-activate-mfa')).toHaveText(/^Not complete/);
  await expect(page.getByTestId('check-create-individual-iam-users')).toHaveText(/^Complete/);

  await page.context().clearCookies();
  await enterAsUser(page, account.id, 'lee', PASSWORD);
  await page.goto('/iam/home');
  await expect(status.locator('summary')).toHaveCount(5);
  await expect(page.getByTestId('check-create-individual-iam-users')).toHaveText('Access denied');
  await expect(page.getByTestId('check-apply-an-iam-password-policy'), 'this one may be read').toHaveText(/^Not complete/);
  await expect(page.getByTestId('signin-link'), 'the link needs no permission').toContainText(account.id);
});

test('the dashboard of today: recommendations, resources, account, links; the alias in both places', async ({ page, account, browser }) => {
  await enterAsRoot(page, account);
  await chooseLabels(page, 'current');
  await page.goto('/iam/home');
  await awake(page);
  await expect(page.getByTestId('page-title')).toHaveText('IAM Dashboard');
  await expect(page.getByTestId('security-status-title')).toHaveText('Security recommendations');
  await expect(page.getByTestId('check-root-user-has-no-active-access-keys')).toHaveText(/^Complete/);
  await expect(page.getByTestId('check-add-mfa-for-root-user')).toHaveText(/^Not complete/);
  await expect(page.getByTestId('quick-links').getByRole('link')).toHaveText('My security credentials');
  await expect(page.getByTestId('tools').getByRole('link', { name: 'Policy simulator' })).toBeVisible();
  const card = page.getByTestId('account-card');
  await expect(card.getByTestId('value-account-id')).toContainText(account.id);
  await expect(card.getByTestId('value-account-alias')).toHaveText('None');
  await expect(card.getByTestId('customize-alias')).toHaveText('Create');
  await expectAccessible(page);
  await picture(browser, page, 'dashboard-current');

  const alias = `today-${account.id.slice(0, 6)}`;
  await page.getByTestId('customize-alias').click();
  await page.getByTestId('account-alias').fill(alias);
  await page.getByTestId('create-alias-submit').click();
  await expect(card.getByTestId('value-account-alias')).toHaveText(alias);
  await expect(card.getByTestId('signin-link')).toContainText(alias);

  await page.goto('/iam/account_settings');
  await awake(page);
  await expect(card.getByTestId('value-account-alias')).toHaveText(alias);
  await expectAccessible(page);
  await picture(browser, page, 'account-settings');
  await page.getByTestId('customize-alias').click();
  await page.getByTestId('account-alias').fill('UPPER');
  await page.getByTestId('create-alias-submit').click();
  await expect(page.getByTestId('account-alias-field-error')).toBeVisible();
  await expect(page.getByTestId('account-alias'), 'what was typed is still there').toHaveValue('UPPER');
  await page.goto('/iam/account_settings');
  await awake(page);
  await page.getByTestId('delete-alias-button').click();
  await page.getByTestId('delete-alias-submit').click();
  await expect(page).toHaveURL(/\/iam\/account_settings/);
  await expect(card.getByTestId('value-account-alias')).toHaveText('None');
});

test('on a telephone the navigation opens over the page and has its own way to close', async ({ page, account }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  await enterAsRoot(page, account);
  await page.goto('/iam/home');
  await awake(page);
  const panel = page.locator('#side-navigation-panel');
  await expect(panel).toBeHidden();
  await page.getByTestId('navigation-toggle').click();
  await expect(panel).toBeVisible();
  await expectAccessible(page);
  await page.getByTestId('navigation-close').click();
  await expect(panel).toBeHidden();
  await page.setViewportSize({ width: 1440, height: 800 });
  await expect(panel).toBeVisible();
  await expect(page.getByTestId('navigation-close'), 'beside the page the toolbar has the button').toBeHidden();
});
