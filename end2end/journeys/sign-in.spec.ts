// Lab 15 step 1 and the sign-in half of Lab 7: root in two steps, one text for every failure, sign-out that is final.
import { createAccount, expect, expectAccessible, picture, signInAsRoot, test } from '../fixtures/test';

const WRONG = 'Your authentication information is incorrect. Please try again.';

for (const scripts of [true, false]) {
  test.describe(`with JavaScript ${scripts ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: scripts });

    test('root signs in, sees the console, signs out and stays out', async ({ page, account, context }) => {
      await signInAsRoot(page, account);
      await expect(page).toHaveURL(/\/console\/home/);
      const cookies = await context.cookies();
      await page.request.post('/signout', { headers: { 'sec-fetch-site': 'same-origin' }, maxRedirects: 0 });
      await context.clearCookies();
      await context.addCookies(cookies);
      await page.goto('/console/home');
      await expect(page).toHaveURL(/\/signin/);
    });

    test('after signing out, Back shows nothing of what was private', async ({ page, account }) => {
      await signInAsRoot(page, account);
      await expect(page).toHaveURL(/\/console\/home/);
      const pages = ['/iam/users/create', '/billing/home', '/iam/users'];
      for (const path of pages) {
        const answer = await page.goto(path);
        expect(answer?.headers()['cache-control'], path).toBe('no-store');
      }
      await page.goto('/billing/account');
      await expect(page.locator('body')).toContainText(account.email);
      await page.getByTestId('account-menu').click();
      await page.getByTestId('sign-out').click();
      await expect(page.getByTestId('signed-out')).toBeVisible();
      for (let back = 0; back < pages.length; back++) {
        await page.goBack();
        await expect(page).toHaveURL(/\/signin/);
        const shown = await page.content();
        expect(shown).not.toContain(account.email);
        expect(shown).not.toContain(account.id);
      }
    });

    test('a wrong password and an unknown address look the same', async ({ page, account }) => {
      const texts: string[] = [];
      for (const email of [account.email, 'nobody@example.com']) {
        await page.goto('/signin?other=1');
        await page.getByTestId('email').fill(email);
        await page.getByTestId('next-root').click();
        await expect(page.getByTestId('root-email')).toHaveText(email);
        await page.getByTestId('password').fill('Wrong-Password-1!');
        await page.getByTestId('signin').click();
        await expect(page.getByTestId('main_message')).toContainText(WRONG);
        texts.push((await page.locator('main').innerText()).replace(email, ''));
      }
      expect(texts[0]).toBe(texts[1]);
    });
  });
}

test('the sign-in pages load no wasm and have no accessibility violations', async ({ page, browser }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.goto('/signin');
  await expectAccessible(page);
  await picture(browser, page, 'sign-in');
  await page.getByTestId('kind-iam').check();
  await page.getByTestId('account').fill('123456789012');
  await page.getByTestId('next-iam').click();
  await expect(page).toHaveURL(/\/signin\/123456789012\/console/);
  await expectAccessible(page);
  await picture(browser, page, 'sign-in-user');
  expect(loaded.filter((url) => url.endsWith('.wasm'))).toEqual([]);
});

test('a form from another site changes nothing', async ({ page, account }) => {
  await signInAsRoot(page, account);
  for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.example' }, {}]) {
    const answer = await page.request.post('/iam/home', {
      form: { _op: 'iam:CreateAccountAlias', AccountAlias: 'stolen-alias' },
      headers: headers as Record<string, string>,
      maxRedirects: 0,
    });
    expect(answer.status()).toBe(403);
  }
});

test('signing in as someone else in the same browser ends the first session, and old tabs say so', async ({ page, account, context }) => {
  const other = await createAccount();
  await signInAsRoot(page, account);
  await page.goto('/console/settings');
  const second = await context.newPage();
  await signInAsRoot(second, other);
  await expect(second).toHaveURL(/\/console\/home/);
  await page.getByRole('button', { name: /save|update/i }).first().click();
  await expect(page.getByText('You signed in as someone else')).toBeVisible();
});
