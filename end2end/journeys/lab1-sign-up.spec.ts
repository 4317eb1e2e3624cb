// Lab 1: an account by its five steps, the codes out of the inbox of the same browser, then the first sign-in as root.
import { expect, expectAccessible, picture, signInAsRoot, test } from '../fixtures/test';
import { SignUp } from '../pages/sign-up';

for (const scripts of [true, false]) {
  test.describe(`with JavaScript ${scripts ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: scripts });

    test('five steps by clicking, and the root user of the new account signs in', async ({ page, browser, context }) => {
      test.slow();
      const signUp = new SignUp(page);
      const seen = async (name: string) => {
        // axe is a script itself; the pages are the same ones without.
        if (!scripts) return;
        await expectAccessible(page);
        await picture(browser, page, `sign-up-${name}`);
      };
      await page.goto('/');
      await page.getByTestId('create-account').click();
      await expect(page.getByTestId('signup-step')).toHaveText('Sign up for Understudy. Step 1 of 5');
      await seen('1-address');
      await signUp.start();
      await seen('1-code');
      await signUp.verify();
      await seen('1-password');
      await signUp.password();
      await seen('2-contact');
      await signUp.contact();
      await seen('3-card');
      await signUp.card();
      await seen('4-phone');
      await signUp.sendCode();
      await seen('4-code');
      await signUp.enterCode(await signUp.phoneCode(), 'verify-phone');
      await signUp.title('Select a plan');
      await seen('5-plan');
      await signUp.plan();
      await seen('done');
      const id = await signUp.accountId();

      await page.getByTestId('open-inbox').click();
      await expect(page.getByRole('row').filter({ hasText: 'Text message from Understudy' })).toHaveCount(1);
      await seen('inbox');
      await page.getByRole('link', { name: 'Welcome to Understudy' }).click();
      await expect(page.getByTestId('mail-head')).toContainText(signUp.who.email);
      await expect(page.getByTestId('mail-text')).toContainText(id.replace(/(\d{4})(?=\d)/g, '$1-'));
      await expect(page.getByTestId('mail-text')).toContainText(
        `Sent by a practice console at ${new URL(page.url()).host}; no real account, no real cost.`,
      );
      await seen('mail');

      await context.clearCookies();
      await signInAsRoot(page, { id, email: signUp.who.email, mailbox: '' }, signUp.who.password);
      await expect(page).toHaveURL(/\/console\/home/);
      await expect(page.getByTestId('home-account')).toContainText(id);
      await expect(page.getByTestId('home-account')).toContainText(signUp.who.name);
      await seen('then-home');
      await page.goto('/iam/home');
      await expect(page.getByTestId('signin-link')).toContainText(`/signin/${id}/console`);
      for (const what of ['users', 'groups', 'roles', 'policies']) await expect(page.getByTestId(`count-${what}`)).toHaveText('0');
    });
  });
}
