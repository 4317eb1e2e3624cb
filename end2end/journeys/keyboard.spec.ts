// Signing in, choosing a new password and signing out by keyboard alone, with and without scripts.
import { boto3, keysOf } from '../fixtures/clients';
import { createAccount, expect, ROOT_PASSWORD, test } from '../fixtures/test';
import { reach, type } from '../pages/keyboard';

const FIRST = 'Invented-First-1!';

for (const scripts of [true, false]) {
  test.describe(`with JavaScript ${scripts ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: scripts });

    test('root signs in by two steps and signs out', async ({ page, account }) => {
      await page.goto('/signin');
      await type(page, 'email', account.email);
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('root-email')).toHaveText(account.email);
      await type(page, 'password', ROOT_PASSWORD);
      await reach(page, 'signin');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/console\/home/);
      await reach(page, 'account-menu');
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('account-menu-principal')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByTestId('account-menu-principal')).toBeHidden();
      await page.keyboard.press('Enter');
      await reach(page, 'sign-out');
      await page.keyboard.press('Enter');
      await expect(page.getByTestId('signed-out')).toBeVisible();
    });

    test('an IAM user finds the account, signs in and chooses a new password', async ({ page }) => {
      const account = await createAccount(true);
      const made = await boto3(
        `
iam.create_user(UserName="kim")
iam.create_login_profile(UserName="kim", Password="${FIRST}", PasswordResetRequired=True)
iam.attach_user_policy(UserName="kim", PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
`,
        keysOf(account),
      );
      expect(made.err).toBe('');
      await page.goto('/signin');
      await reach(page, 'kind-root');
      await page.keyboard.press('ArrowDown');
      await expect(page.getByTestId('kind-iam')).toBeChecked();
      await type(page, 'account', account.id);
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(new RegExp(`/signin/${account.id}/console`));
      await type(page, 'username', 'kim');
      await type(page, 'password', FIRST);
      await reach(page, 'remember');
      await page.keyboard.press('Space');
      await expect(page.getByTestId('remember')).toBeChecked();
      await reach(page, 'signin');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/signin\/password/);
      await type(page, 'old-password', FIRST);
      await type(page, 'new-password', 'Chosen-By-Kim-1!');
      await type(page, 'confirm-password', 'Chosen-By-Kim-1!');
      await reach(page, 'confirm-change');
      await page.keyboard.press('Enter');
      await expect(page).toHaveURL(/\/console\/home/);
    });
  });
}
