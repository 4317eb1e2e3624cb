// Lab 1's V: cases: what each step refuses and says, what a used address reveals (nothing), and that no step is skipped.
import { readFileSync } from 'node:fs';
import { createAccount, expect, expectAccessible, signInAsRoot, test } from '../fixtures/test';
import { CONTACT, newcomer, OTHER_CARD, SignUp, SIGN_UP, TEST_CARD } from '../pages/sign-up';

for (const scripts of [true, false]) {
  test.describe(`with JavaScript ${scripts ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: scripts });

    test('address, name and code are checked, and what was typed stays', async ({ page }) => {
      const signUp = new SignUp(page);
      await signUp.open();
      await page.getByTestId('signup-start').click();
      await expect(page.getByTestId('email-error')).toContainText('Enter an email address');
      await expect(page.getByTestId('account-name-error')).toContainText('Enter a name for the account.');
      for (const address of ['robin', 'robin@', 'a b@example.com', 'robin@example']) {
        await page.getByTestId('email-input').fill(address);
        await page.getByTestId('account-name-input').fill(signUp.who.name);
        await page.getByTestId('signup-start').click();
        await expect(page.getByTestId('email-error')).toContainText('Enter an email address such as');
        await expect(page.getByTestId('email-input')).toHaveValue(address);
        await expect(page.getByTestId('account-name-input')).toHaveValue(signUp.who.name);
      }
      if (scripts) await expectAccessible(page);
      await signUp.start();
      const first = await signUp.emailCode();
      const wrong = first === '000000' ? '000001' : '000000';
      await signUp.enterCode(wrong, 'verify-email');
      await expect(page.getByTestId('code-error')).toContainText('The code is not right.');
      await expect(page.getByTestId('code-input')).toHaveValue('');
      if (scripts) await expectAccessible(page);
      await page.getByTestId('resend-code').click();
      await expect(page.getByTestId('resent')).toContainText('The one before no longer counts.');
      const second = await signUp.emailCode();
      if (first !== second) {
        await signUp.enterCode(first, 'verify-email');
        await expect(page.getByTestId('code-error')).toBeVisible();
      }
      await signUp.enterCode(second, 'verify-email');
      await signUp.title('Create your password');
    });

    test('a weak password is refused by its rule, and two different ones too', async ({ page }) => {
      const signUp = new SignUp(page);
      await signUp.upTo('password');
      for (const [password, rule] of [
        ['Ab1!', 'Password should have a minimum length of 8'],
        ['abcdefgh1', 'Password should have at least one uppercase letter, Password should have at least one symbol'],
        [signUp.who.name, "Password should not be the account's name or email address"],
        [signUp.who.email, "Password should not be the account's name or email address"],
      ]) {
        await signUp.enterPassword(password);
        await expect(page.getByTestId('broken-rules')).toContainText(rule);
        await expect(page.getByTestId('password-input')).toHaveValue('');
      }
      if (scripts) await expectAccessible(page);
      await signUp.enterPassword(signUp.who.password, `${signUp.who.password}x`);
      await expect(page.getByTestId('confirm-password-error')).toContainText('Passwords do not match');
      await signUp.enterPassword('');
      await expect(page.getByTestId('password-error')).toContainText('Enter a password.');
      await signUp.password();
    });

    test('every line of the contact information is needed, and the agreement', async ({ page }) => {
      const signUp = new SignUp(page);
      await signUp.upTo('contact');
      await page.getByTestId('put-contact').click();
      for (const field of ['account-type', 'country', 'agreement', ...Object.keys(CONTACT)]) {
        await expect(page.getByTestId(`${field}-error`), field).toBeVisible();
      }
      if (scripts) await expectAccessible(page);
      await page.getByTestId('account-type-choice-Professional').check();
      await page.getByTestId('country-input').selectOption('Canada');
      for (const [field, value] of Object.entries(CONTACT)) await page.getByTestId(`${field}-input`).fill(value);
      await page.getByTestId('put-contact').click();
      await expect(page.getByTestId('agreement-error')).toContainText('You must agree to the terms to continue');
      await expect(page.getByTestId('city-input')).toHaveValue('Springfield');
      await expect(page.getByTestId('country-input')).toHaveValue('Canada');
      await page.getByTestId('agreed').check();
      await page.getByTestId('put-contact').click();
      await signUp.title('Billing Information');
    });

    test('a card that is not a test card is refused by the browser and by the server, and never echoed', async ({ page }) => {
      const signUp = new SignUp(page);
      await signUp.upTo('card');
      await page.getByTestId('type-card').click();
      const invalid = page.locator('input:invalid');
      await page.getByTestId('expiration-input').fill('12/2030');
      await page.getByTestId('holder-input').fill('Robin Sample');
      for (const number of ['', OTHER_CARD, '4111 1111 1111 1112']) {
        await page.getByTestId('test-card-input').fill(number);
        await page.getByTestId('put-payment').click();
        await expect(invalid).toHaveAttribute('data-testid', 'test-card-input');
        await signUp.title('Billing Information');
      }
      const card = { TestCard: OTHER_CARD, Expiration: '12/2030', Holder: 'Robin Sample' };
      for (const members of [card, { ...card, TestCard: TEST_CARD, Holder: OTHER_CARD }, { ...card, TestCard: TEST_CARD, Expiration: OTHER_CARD }]) {
        const answer = await signUp.post('PutPaymentMethod', members);
        expect(answer.status()).toBe(422);
        const text = await answer.text();
        expect(text.includes('What was entered is not shown again.')).toBe(true);
        expect(text.includes(OTHER_CARD), 'the answer shows the number').toBe(false);
      }
      expect((await signUp.post('PutPaymentMethod', card)).status()).toBe(422);
      await page.goto(SIGN_UP);
      await signUp.title('Billing Information');
      expect(await page.content()).not.toContain(OTHER_CARD);
      expect(readFileSync('artefacts/server-single.log', 'utf8')).not.toContain(OTHER_CARD);
      await page.goto(`${SIGN_UP}?card=typed`);
      await page.getByTestId('test-card-input').fill('5555-5555-5555-4444');
      await page.getByTestId('expiration-input').fill('1/2031');
      await page.getByTestId('holder-input').fill('Robin Sample');
      await page.getByTestId('put-payment').click();
      await signUp.title('Confirm your identity');
      expect(await page.content()).not.toContain('4444');
    });

    test('three wrong codes of the phone use a code up; a new one lets on', async ({ page }) => {
      const signUp = new SignUp(page);
      await signUp.upTo('phone');
      await page.getByTestId('mobile-phone-number-input').fill('call me');
      await page.getByTestId('send-code').click();
      await expect(page.getByTestId('mobile-phone-number-error')).toBeVisible();
      await signUp.sendCode();
      const first = await signUp.phoneCode();
      for (let tries = 0; tries < 3; tries++) {
        await signUp.enterCode(first === '0000' ? '0001' : '0000', 'verify-phone');
        await expect(page.getByTestId('code-error')).toContainText('The code is not right.');
      }
      await signUp.enterCode(first, 'verify-phone');
      await expect(page.getByTestId('code-error')).toContainText('This code can no longer be used.');
      const again = page.getByTestId('send-again');
      await again.locator('summary').click();
      await again.getByTestId('method-choice-Voice').check();
      await again.getByTestId('send-code').click();
      await expect(page.getByTestId('resent')).toBeVisible();
      await signUp.enterCode(await signUp.phoneCode(), 'verify-phone');
      await signUp.title('Select a plan');
    });

    test('an address in use looks like a free one, and its owner is told; the second browser sees no mail of it', async ({ page, browser }) => {
      const owner = await createAccount();
      const free = newcomer();
      const context = await browser.newContext({ javaScriptEnabled: scripts });
      const taken = new SignUp(page, { ...newcomer(), email: owner.email });
      const unused = new SignUp(await context.newPage(), { ...taken.who, email: free.email });
      const told: string[] = [];
      for (const signUp of [taken, unused]) {
        const texts: string[] = [];
        const look = async () => texts.push((await signUp.page.locator('main').innerText()).replaceAll(signUp.who.email, 'ADDRESS'));
        await signUp.open();
        await signUp.start();
        await look();
        await signUp.enterCode('000000', 'verify-email');
        await expect(signUp.page.getByTestId('code-error')).toBeVisible();
        await look();
        await signUp.page.getByTestId('resend-code').click();
        await expect(signUp.page.getByTestId('resent')).toBeVisible();
        await look();
        told.push(texts.join('\n---\n'));
      }
      expect(told[0]).toBe(told[1]);
      await context.close();

      // The owner reads of it, by the mailbox's link; the browser that tried finds neither that mail nor any other.
      const home = await browser.newContext({ javaScriptEnabled: scripts });
      const mailbox = await home.newPage();
      await mailbox.goto(owner.mailbox);
      await mailbox.getByTestId('open-mailbox').click();
      await mailbox.getByRole('link', { name: 'a sign-up with your email address' }).click();
      await expect(mailbox.getByTestId('mail-text')).toContainText('Nothing was changed, and they were not told.');
      const mail = new URL(mailbox.url()).pathname;
      await page.goto('/inbox');
      await expect(page.getByText('No mail', { exact: true })).toBeVisible();
      await expect(page.getByTestId('page-title')).not.toContainText(owner.id);
      await page.goto(mail);
      await expect(page.getByTestId('mail-missing')).toBeVisible();
      expect(await page.content()).not.toContain('Nothing was changed');
      await home.close();
    });

    test('a closed tab loses nothing, signing in resumes, and no service is open before the end', async ({ page, context, browser }) => {
      const signUp = new SignUp(page);
      await signUp.upTo('contact');
      const second = new SignUp(await context.newPage(), signUp.who);
      await page.close();
      await second.open();
      await second.title('Contact Information');
      await second.contact();

      const elsewhere = await browser.newContext({ javaScriptEnabled: scripts });
      const third = new SignUp(await elsewhere.newPage(), signUp.who);
      await signInAsRoot(third.page, { id: '', email: signUp.who.email, mailbox: '' }, signUp.who.password);
      await third.title('Billing Information');
      for (const path of ['/console/home', '/iam/home', '/iam/users', '/iam/users/create', '/billing/home']) {
        await third.page.goto(path);
        await expect(third.page, path).toHaveURL(/\/billing\/signup$/);
      }
      await third.card();
      await third.phone();
      await third.plan();
      await third.page.getByTestId('go-to-console').click();
      await expect(third.page).toHaveURL(/\/console\/home/);
      await elsewhere.close();
    });

    test('no step can be skipped', async ({ page }) => {
      const signUp = new SignUp(page);
      await signUp.open();
      const card = { TestCard: TEST_CARD, Expiration: '12/2030', Holder: 'Robin Sample' };
      const plan = { Plan: 'FreeTier12Months', SupportPlan: 'Basic' };
      const password = { Password: signUp.who.password, ConfirmPassword: signUp.who.password };
      await signUp.start();
      expect((await signUp.post('SetRootPassword', password)).ok()).toBe(false);
      await signUp.open();
      await signUp.title('Confirm you are you');
      await signUp.verify();
      for (const [operation, members] of [['PutPaymentMethod', card], ['CompleteSignUp', plan]] as const) {
        expect((await signUp.post(operation, members)).ok()).toBe(false);
      }
      await signUp.open();
      await signUp.title('Create your password');
      await signUp.password();
      const later = { PutPaymentMethod: card, SendPhoneCode: { Method: 'SMS', PhoneNumber: '+1 541 555 0100' }, VerifyPhone: { Code: '0000' }, CompleteSignUp: plan };
      const steps = [['contact', 'Contact Information'], ['card', 'Billing Information'], ['sendCode', 'Confirm your identity'], ['', 'Confirm your identity']] as const;
      for (const [index, [step, title]] of steps.entries()) {
        for (const [operation, members] of Object.entries(later).slice(index)) {
          expect((await signUp.post(operation, members)).ok(), operation).toBe(false);
        }
        await signUp.open();
        await signUp.title(title);
        if (step) await signUp[step]();
      }
    });

    test('the form of a step that is done already, sent from an old tab, is refused aloud', async ({ page, context }) => {
      const signUp = new SignUp(page);
      await signUp.upTo('password');
      const old = new SignUp(await context.newPage(), signUp.who);
      await old.open();
      await signUp.password();
      await old.enterPassword('Another-Sign-Up-1!');
      await old.title('Contact Information');
      await expect(old.page.getByRole('alert')).toBeVisible();
    });
  });
}
