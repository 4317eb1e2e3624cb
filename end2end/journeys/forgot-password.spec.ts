// A root user who forgot the password: the link from the mail, the new password, and what the pages tell nobody.
import { expect, expectAccessible, picture, signInAsRoot, test } from '../fixtures/test';
import { chooseLabels } from '../pages/labels';

const NEW = 'Invented-Other-Pass-2!';

for (const scripts of [true, false]) {
  test.describe(`with JavaScript ${scripts ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: scripts });

    test('the link from the mail sets a new root password once', async ({ page, account, browser }) => {
      await page.goto('/signin?other=1');
      await page.getByTestId('email').fill(account.email);
      await page.getByTestId('next-root').click();
      await page.getByTestId('forgot-password').click();
      await expect(page.getByTestId('recovery-title')).toHaveText('Password recovery');
      await expect(page.getByTestId('recovery-email')).toHaveValue(account.email);
      expect(page.url()).not.toContain('@');
      if (scripts) {
        await expectAccessible(page);
        await picture(browser, page, 'forgot-password');
      }
      await page.getByTestId('send-recovery').click();
      await expect(page.getByTestId('recovery-sent')).toContainText("We've sent you an email");

      // The account's mailbox, in the same browser: nobody is signed in.
      await page.goto(account.mailbox);
      const open = page.getByTestId('open-mailbox');
      if (await open.count()) await open.click();
      await page.getByRole('link', { name: /Understudy Password Assistance/ }).first().click();
      const text = await page.locator('main').innerText();
      const link = /https?:\/\/\S+\/signin\/reset-password\?token=[\w-]+/.exec(text)?.[0] ?? '';
      expect(new URL(link).pathname).toBe('/signin/reset-password');

      await page.goto(link);
      await page.getByTestId('new-password').fill('weak');
      await page.getByTestId('confirm-password').fill('weak');
      await page.getByTestId('reset-password').click();
      await expect(page.getByTestId('broken-rules')).toContainText('Password should have a minimum length of 8');
      await page.getByTestId('new-password').fill(NEW);
      await page.getByTestId('confirm-password').fill(`${NEW}x`);
      await page.getByTestId('reset-password').click();
      await expect(page.getByText('Passwords do not match')).toBeVisible();
      if (scripts) {
        await expectAccessible(page);
        await picture(browser, page, 'reset-password');
      }
      await page.getByTestId('new-password').fill(NEW);
      await page.getByTestId('confirm-password').fill(NEW);
      await page.getByTestId('reset-password').click();
      await expect(page.getByText('Your password has been reset. Sign in with the new one.')).toBeVisible();
      await signInAsRoot(page, account, NEW);
      await expect(page).toHaveURL(/\/console\/home/);

      await page.goto(link);
      await page.getByTestId('new-password').fill('Invented-Third-Pass-3!');
      await page.getByTestId('confirm-password').fill('Invented-Third-Pass-3!');
      await page.getByTestId('reset-password').click();
      await expect(page.getByTestId('main_message')).toContainText('This link was used before or has expired');
      await expect(page.getByTestId('ask-again')).toBeVisible();
    });
  });
}

test('an unknown address is answered like a known one, and a forged host changes no link', async ({ page, account }) => {
  const texts: string[] = [];
  for (const email of [account.email, `nobody-${account.id}@example.com`]) {
    await page.goto('/signin/forgot-password');
    await page.getByTestId('recovery-email').fill(email);
    await page.getByTestId('send-recovery').click();
    await expect(page.getByTestId('recovery-sent')).toBeVisible();
    texts.push(await page.locator('main').innerHTML());
  }
  // Form tokens are drawn anew for each page.
  const plain = texts.map((text) => text.replace(/value="[0-9a-f-]{36}"/g, 'value=""'));
  expect(plain[0]).toBe(plain[1]);
  await page.request.post('/signin/forgot-password', {
    form: { _op: 'signin:RequestPasswordReset', Email: account.email },
    headers: { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example', 'sec-fetch-site': 'same-origin' },
    maxRedirects: 0,
  });
  await page.goto(account.mailbox);
  const open = page.getByTestId('open-mailbox');
  if (await open.count()) await open.click();
  await page.getByRole('link', { name: /Understudy Password Assistance/ }).first().click();
  await expect(page.locator('main')).not.toContainText('evil.example');
});

test('IAM users are sent to their administrator', async ({ page, account }) => {
  await page.goto(`/signin/${account.id}/console`);
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  await expect(page.locator('main')).toContainText('Contact your administrator');
  await page.getByTestId('forgot-password').click();
  await expect(page.getByTestId('recovery-title')).toBeVisible();
  await signInAsRoot(page, account);
  await chooseLabels(page, 'current');
  await page.goto('/signin/forgot-password');
  await expect(page.getByTestId('recovery-title')).toHaveText('Root user password recovery');
});
