// Own sessions and sign-in history: one browser signs the other out, whose next click leads to a sign-in page that says so;
// another account's root is blind; and whoever tried a wrong password is seen.
import { accountWith } from '../fixtures/clients';
import { createAccount, expect, expectAccessible, picture, signInAsRoot, signInAsUser, test } from '../fixtures/test';

const SESSIONS = '/iam/security_credentials/sessions';
const SIGN_INS = '/iam/security_credentials/sign-ins';
const PASSWORD = 'Invented-User-Pass-1!';
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0';

test('one browser signs the others out, and they are told', async ({ page, browser, account }) => {
  test.setTimeout(120_000);
  await signInAsRoot(page, account);
  await expect(page).toHaveURL(/\/console\/home/);
  const context = await browser.newContext({ baseURL: process.env.UNDERSTUDY_URL, userAgent: FIREFOX });
  const other = await context.newPage();
  await signInAsRoot(other, account);
  await expect(other).toHaveURL(/\/console\/home/);
  const strange = await createAccount();
  const elsewhere = await (await browser.newContext({ baseURL: process.env.UNDERSTUDY_URL })).newPage();
  await signInAsRoot(elsewhere, strange);
  await expect(elsewhere).toHaveURL(/\/console\/home/);

  await page.goto('/iam/security_credentials?continue=1');
  await page.getByTestId('go-to-sessions').click();
  await expect(page).toHaveURL(new RegExp(SESSIONS));
  const rows = page.getByTestId('sessions-row');
  await expect(rows).toHaveCount(2);
  await expect(rows.first().getByTestId('this-session')).toHaveText('This session');
  await expect(rows.first().getByTestId('end-session'), 'one leaves this one by signing out').toHaveCount(0);
  await expect(rows.nth(1)).toContainText('Firefox 120 on Linux');
  await expect(rows.nth(1).getByTitle(FIREFOX)).toBeVisible();
  await expectAccessible(page);
  await picture(browser, page, 'own-sessions');
  await elsewhere.goto(SESSIONS);
  await expect(elsewhere.getByTestId('sessions-row'), 'another account is blind').toHaveCount(1);

  await rows.nth(1).getByTestId('end-session').click();
  await expect(page.getByText('The session was signed out.')).toBeVisible();
  await expect(rows).toHaveCount(1);
  await other.goto('/iam/users');
  await expect(other).toHaveURL(/\/signin\?redirect_uri=%2Fiam%2Fusers&ended=1/);
  await expect(other.getByTestId('session-ended')).toContainText('You have been signed out');
  await expectAccessible(other);
  await picture(browser, other, 'session-ended');

  // Signed in again there, it is put out together with any other.
  await signInAsRoot(other, account);
  await expect(other).toHaveURL(/\/console\/home/);
  await page.reload();
  await expect(rows).toHaveCount(2);
  await page.getByTestId('end-others-open').click();
  const dialog = page.getByRole('dialog', { name: 'Sign out all other sessions' });
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByTestId('confirm-end-others').click();
  await expect(page.getByText('All other sessions were signed out.')).toBeVisible();
  await expect(rows).toHaveCount(1);
  await other.reload();
  await expect(other.getByTestId('session-ended')).toBeVisible();
  await elsewhere.reload();
  await expect(elsewhere.getByTestId('sessions-row'), 'nobody else is').toHaveCount(1);
});

test('a user sees the own sign-ins, the failed ones too, and nobody else\'s', async ({ page, browser }) => {
  const { account } = await accountWith(`
for name in ["ann", "tom"]:
    iam.create_user(UserName=name)
    iam.create_login_profile(UserName=name, Password="${PASSWORD}")
`);
  await signInAsUser(page, account.id, 'tom', PASSWORD);
  await expect(page).toHaveURL(/\/console\/home/);
  await page.context().clearCookies();
  await signInAsUser(page, account.id, 'ann', 'Wrong-Password-1!');
  await expect(page.getByTestId('main_message')).toBeVisible();
  await signInAsUser(page, account.id, 'ann', PASSWORD);
  await expect(page).toHaveURL(/\/console\/home/);
  await page.goto(SIGN_INS);
  const rows = page.getByTestId('sign-ins-row');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0).getByTestId('sign-in-result')).toHaveText('Signed in');
  await expect(rows.nth(1).getByTestId('sign-in-result')).toHaveText('Failed: wrong password');
  await expectAccessible(page);
  await picture(browser, page, 'sign-in-history');
});
