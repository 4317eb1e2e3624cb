// Lab 8: the account's password policy: the default one, one of the account's own, what it refuses, taking it away.
import { boto3, keysOf } from '../fixtures/clients';
import { createAccount, enterAsRoot, expect, expectAccessible, picture, signInAsUser, test } from '../fixtures/test';
import { awake } from '../pages/add-user';

const FIRST = 'Invented-First-1!';

test('the page sets, shows, refuses and deletes a policy', async ({ page, account, browser }) => {
  await enterAsRoot(page, account);
  await page.goto('/iam/home');
  await expect(page.getByTestId('check-apply-an-iam-password-policy')).toContainText('Not complete');
  await page.getByText('Apply an IAM password policy').click();
  await page.getByTestId('check-apply-an-iam-password-policy-go').click();
  await expect(page.getByTestId('password-policy-sentence')).toHaveText(
    'This AWS account uses the following default password policy:',
  );
  await expectAccessible(page);
  await page.getByTestId('change-password-policy').click();
  for (const label of [
    'Enforce minimum password length',
    'Require at least one uppercase letter from Latin alphabet (A-Z)',
    'Require at least one lowercase letter from Latin alphabet (a-z)',
    'Require at least one number',
    "Require at least one non-alphanumeric character (!@#$%^&*()_+-=[]{}|')",
    'Enable password expiration',
    'Password expiration requires administrator reset',
    'Allow users to change their own password',
    'Prevent password reuse',
  ]) {
    await expect(page.getByLabel(label, { exact: true })).toBeVisible();
  }
  await expectAccessible(page);
  await picture(browser, page, 'password-policy');
  const save = () => page.getByTestId('save-password-policy').click();
  await page.getByTestId('enforcelength').check();
  for (const bad of ['5', '129', '']) {
    await page.getByTestId('minimumpasswordlength-number').fill(bad);
    await save();
    await expect(page.getByTestId('minimumpasswordlength-number-field-error')).toContainText('6 to 128');
  }
  await page.getByTestId('minimumpasswordlength-number').fill('10');
  await page.getByTestId('requireuppercasecharacters').check();
  await page.getByTestId('requiresymbols').check();
  await page.getByTestId('expirepasswords').check();
  await page.getByTestId('maxpasswordage-number').fill('1096');
  await save();
  await expect(page.getByTestId('maxpasswordage-number-field-error')).toBeVisible();
  await expect(page.getByTestId('requiresymbols'), 'a refused form comes back as it was').toBeChecked();
  await page.getByTestId('maxpasswordage-number').fill('90');
  await page.getByTestId('preventreuse').check();
  await save();
  await expect(page.getByText('Password policy updated.')).toBeVisible();
  const rules = page.getByTestId('password-policy-rules');
  for (const rule of ['10 characters', 'uppercase letter', 'non-alphanumeric', '90 day(s)', 'last 5 password(s)']) {
    await expect(rules).toContainText(rule);
  }
  await expect(rules).not.toContainText('at least one number');
  await page.goto('/iam/home');
  await expect(page.getByTestId('check-apply-an-iam-password-policy')).not.toContainText('Not complete');
  await page.goto('/iam/account_settings');
  await awake(page);
  await page.getByTestId('delete-password-policy').click();
  await page.getByTestId('confirm-delete-policy').click();
  await expect(page.getByTestId('password-policy-sentence')).toContainText('default password policy');
});

test('a policy decides about new passwords, and its switch lets users change their own', async ({ page }) => {
  const account = await createAccount(true);
  const keys = keysOf(account);
  const done = await boto3(
    `
iam.create_user(UserName="tom")
iam.create_login_profile(UserName="tom", Password="${FIRST}", PasswordResetRequired=True)
iam.update_account_password_policy(MinimumPasswordLength=10, RequireSymbols=True, RequireUppercaseCharacters=True,
                                   AllowUsersToChangePassword=True, PasswordReusePrevention=5)
print(iam.get_account_password_policy()["PasswordPolicy"]["MinimumPasswordLength"])
iam.create_user(UserName="eve")
try:
    iam.create_login_profile(UserName="eve", Password="abc")
except ClientError as error:
    print(error.response["Error"]["Code"], error.response["Error"]["Message"])
`,
    keys,
  );
  expect(done.err).toBe('');
  expect(done.out).toContain('PasswordPolicyViolation Password should have a minimum length of 10');
  await signInAsUser(page, account.id, 'tom', FIRST);
  await page.getByTestId('old-password').fill(FIRST);
  await page.getByTestId('new-password').fill('Chosen-By-Tom-1!');
  await page.getByTestId('confirm-password').fill('Chosen-By-Tom-1!');
  await page.getByTestId('confirm-change').click();
  await expect(page).toHaveURL(/\/console\/home/);
  // The first one may not come again.
  await page.goto('/iam/security_credentials');
  await page.getByTestId('own-old-password').fill('Chosen-By-Tom-1!');
  await page.getByTestId('own-new-password').fill(FIRST);
  await page.getByTestId('own-confirm-password').fill(FIRST);
  await page.getByTestId('change-own-password').click();
  await expect(page.getByText('Password does not conform to the account password policy.')).toBeVisible();
});
