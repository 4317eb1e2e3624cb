// Lab 9: an alias for the sign-in URL.
import { createAccount, expect, expectAccessible, picture, signInAsRoot, signInAsUser, test } from '../fixtures/test';
import { awake } from '../pages/add-user';

test('create, use, change and delete an alias', async ({ page, account, browser }) => {
  const alias = `class-${account.id.slice(0, 6)}`;
  const link = (name: string) => `${process.env.UNDERSTUDY_URL}/signin/${name}/console`;
  await signInAsRoot(page, account);
  await page.goto('/iam/home');
  await expect(page.getByTestId('signin-link')).toContainText(link(account.id));
  await expectAccessible(page);
  await picture(browser, page, 'iam-dashboard');

  const set = async (name: string) => {
    await awake(page);
    await page.getByTestId('customize-alias').click();
    await page.getByTestId('account-alias').fill(name);
    await page.getByTestId('create-alias-submit').click();
  };
  for (const bad of ['ab', 'UPPER', '-abc', 'a--b', '123456789012', 'a'.repeat(64)]) {
    await set(bad);
    await expect(page.getByTestId('account-alias-field-error')).toBeVisible();
    await page.goto('/iam/home');
  }
  await set(alias);
  await expect(page.getByTestId('signin-link')).toContainText(link(alias));
  for (const name of [alias, account.id]) {
    await page.goto(`/signin/${name}/console`);
    await expect(page.getByTestId('account')).toHaveValue(name);
  }

  const other = await createAccount();
  await page.context().clearCookies();
  await signInAsRoot(page, other);
  await page.goto('/iam/home');
  await set(alias);
  await expect(page.getByText(`The account alias ${alias} already exists.`)).toBeVisible();

  await page.context().clearCookies();
  await signInAsRoot(page, account);
  await page.goto('/iam/home');
  await set(`${alias}-2`);
  await expect(page.getByTestId('signin-link')).toContainText(link(`${alias}-2`));
  await signInAsUser(page, alias, 'nobody', 'Wrong-Password-1!');
  await expect(page.getByTestId('main_message')).toBeVisible();
  await page.goto('/iam/home');
  await awake(page);
  await page.getByTestId('delete-alias-button').click();
  await page.getByTestId('delete-alias-submit').click();
  await expect(page.getByTestId('signin-link')).toContainText(link(account.id));
});
