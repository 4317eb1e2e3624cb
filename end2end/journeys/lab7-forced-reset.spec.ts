// Lab 7: the account's own URL, one text for every failure, the forced change of a password with its two refusals.
import { boto3, keysOf } from '../fixtures/clients';
import { createAccount, expect, origins, signInAsUser, test, type Account } from '../fixtures/test';

const WRONG = 'Your authentication information is incorrect. Please try again.';
const REFUSED =
  'Either user is not authorized to perform iam:ChangePassword or entered password does not comply with account password policy set by administrator';
const FIRST = 'Invented-First-1!';

async function withUser(policy: string | undefined): Promise<Account> {
  const account = await createAccount(true);
  const attach = policy ? `iam.attach_user_policy(UserName="tom", PolicyArn="arn:aws:iam::aws:policy/${policy}")` : '';
  const made = await boto3(
    `
iam.create_user(UserName="tom")
iam.create_login_profile(UserName="tom", Password="${FIRST}", PasswordResetRequired=True)
${attach}
`,
    keysOf(account),
  );
  expect(made.err).toBe('');
  return account;
}

const ways = origins().flatMap(([servers, origin]) => [true, false].map((scripts) => ({ servers, origin, scripts })));
for (const { servers, origin, scripts } of ways) {
  test.describe(`through ${servers} with JavaScript ${scripts ? 'on' : 'off'}`, () => {
    test.use({ baseURL: origin, javaScriptEnabled: scripts });

    test('a wrong password, an unknown user and an unknown account get the same page', async ({ page }) => {
      const account = await withUser(undefined);
      const pages: string[] = [];
      for (const [id, user] of [[account.id, 'tom'], [account.id, 'nobody'], ['999999999999', 'tom'], ['no-such-alias', 'tom']]) {
        await signInAsUser(page, id, user, 'Wrong-Password-1!');
        await expect(page.getByTestId('main_message')).toContainText(WRONG);
        pages.push(await page.locator('main').innerText());
      }
      expect(new Set(pages).size).toBe(1);
      await page.goto(`/signin/${account.id}/console`);
      await page.locator('#signin_button').click();
      await expect(page.getByText('Enter your IAM user name')).toBeVisible();
      await expect(page.getByText('Enter your password')).toBeVisible();
    });

    test('the forced change names the rule that failed, and lets in with a good password', async ({ page }) => {
      const account = await withUser('IAMUserChangePassword');
      await signInAsUser(page, account.id, 'tom', FIRST);
      await expect(page.getByTestId('username')).toHaveValue('tom');
      await page.goto('/iam/home');
      await expect(page).toHaveURL(/\/signin\/password/);
      const change = async (old: string, next: string, again = next) => {
        await page.getByTestId('old-password').fill(old);
        await page.getByTestId('new-password').fill(next);
        await page.getByTestId('confirm-password').fill(again);
        await page.getByTestId('confirm-change').click();
      };
      await change(FIRST, 'short');
      await expect(page.getByTestId('main_message')).toContainText(REFUSED);
      await expect(page.getByTestId('causes')).toContainText('Password should have a minimum length of 8');
      await change(FIRST, 'Chosen-By-Tom-1!', 'Chosen-By-Tom-2!');
      await expect(page.getByText('Passwords do not match')).toBeVisible();
      await change('Wrong-Old-1!', 'Chosen-By-Tom-1!');
      await expect(page.getByTestId('main_message')).toBeVisible();
      await change(FIRST, FIRST);
      await expect(page).toHaveURL(/\/signin\/password/);
      await change(FIRST, 'Chosen-By-Tom-1!');
      await expect(page).toHaveURL(/\/console\/home/);
    });

    test('without the right to change it the user is stuck, and is told why', async ({ page }) => {
      const account = await withUser(undefined);
      await signInAsUser(page, account.id, 'tom', FIRST);
      await page.getByTestId('old-password').fill(FIRST);
      await page.getByTestId('new-password').fill('Chosen-By-Tom-1!');
      await page.getByTestId('confirm-password').fill('Chosen-By-Tom-1!');
      await page.getByTestId('confirm-change').click();
      await expect(page.getByTestId('main_message')).toContainText(REFUSED);
      await expect(page.getByTestId('causes')).toContainText('because no identity-based policy allows the iam:ChangePassword action');
    });
  });
}

test('"Remember this account" leads to the account\'s form next time', async ({ page }) => {
  const account = await withUser('IAMUserChangePassword');
  await page.goto(`/signin/${account.id}/console`);
  await page.getByTestId('username').fill('tom');
  await page.getByTestId('password').fill(FIRST);
  await page.getByTestId('remember').check();
  await page.getByTestId('signin').click();
  await expect(page).toHaveURL(/\/signin\/password/);
  const kept = (await page.context().cookies()).filter((cookie) => cookie.name === 'understudy-account');
  await page.context().clearCookies();
  await page.context().addCookies(kept);
  await page.goto('/console');
  await expect(page).toHaveURL(new RegExp(`/signin/${account.id}/console`));
});
