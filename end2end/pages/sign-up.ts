// The sign-up of Lab 1, by its labels of 2020: each step filled in and sent, codes read in the browser's own inbox.
import { expect, type APIResponse, type Page } from '@playwright/test';
import { randomBytes } from 'node:crypto';

export const SIGN_UP = '/billing/signup';
export const TEST_CARD = '4111111111111111';
/** A number with a right check digit that is no test card, and that no bank gave to anybody. */
export const OTHER_CARD = '4539578763621486';

export interface Newcomer {
  email: string;
  name: string;
  password: string;
}

/** Somebody who never signed up before. */
export function newcomer(): Newcomer {
  const letters = randomBytes(6).toString('hex');
  return { email: `new-${letters}@example.com`, name: `Workshop 7 of ${letters}`, password: 'Invented-Sign-Up-1!' };
}

export const CONTACT: Record<string, string> = {
  'full-name': 'Robin Sample',
  'phone-number': '+1 541 555 0100',
  address: '1 Sample Street',
  city: 'Springfield',
  state: 'Oregon',
  'postal-code': '97477',
};

export class SignUp {
  constructor(
    readonly page: Page,
    readonly who: Newcomer = newcomer(),
  ) {}

  async open(): Promise<void> {
    await this.page.goto(SIGN_UP);
  }

  /** From the first step to before this one. */
  async upTo(step: 'verify' | 'password' | 'contact' | 'card' | 'phone' | 'plan'): Promise<void> {
    await this.open();
    await this.start();
    for (const next of ['verify', 'password', 'contact', 'card', 'phone'] as const) {
      if (next === step) return;
      await this[next]();
    }
  }

  /** What a form of this page would send, sent past the page: past what its fields allow, or out of turn. */
  post(operation: string, members: Record<string, string>): Promise<APIResponse> {
    return this.page.request.post(SIGN_UP, { form: { _op: `account:${operation}`, ...members }, headers: { 'sec-fetch-site': 'same-origin' } });
  }

  async title(title: string): Promise<void> {
    await expect(this.page.getByTestId('signup-title')).toContainText(title);
  }

  /** Sends the first step; the page then asks for the code, whoever has the address. */
  async start(email = this.who.email): Promise<void> {
    await this.page.getByTestId('email-input').fill(email);
    await this.page.getByTestId('account-name-input').fill(this.who.name);
    await this.page.getByTestId('signup-start').click();
    await this.title('Confirm you are you');
  }

  /** The newest code of this kind, read by clicking through the inbox in a tab of its own. */
  async code(mail: RegExp, digits: number): Promise<string> {
    const { page } = this;
    const [inbox] = await Promise.all([page.context().waitForEvent('page'), page.getByTestId('open-inbox').click()]);
    await inbox.getByRole('link', { name: mail }).first().click();
    const text = await inbox.getByTestId('mail-text').innerText();
    await inbox.close();
    const found = new RegExp(`(?<!\\d)\\d{${digits}}(?!\\d)`).exec(text);
    expect(found, text).not.toBeNull();
    return found?.[0] ?? '';
  }

  emailCode = (): Promise<string> => this.code(/verify your email/, 6);
  phoneCode = (): Promise<string> => this.code(/message from|call from/i, 4);

  async enterCode(code: string, button: 'verify-email' | 'verify-phone'): Promise<void> {
    await this.page.getByTestId('code-input').fill(code);
    await this.page.getByTestId(button).click();
  }

  async verify(): Promise<void> {
    await this.enterCode(await this.emailCode(), 'verify-email');
    await this.title('Create your password');
  }

  async enterPassword(password: string, again = password): Promise<void> {
    await this.page.getByTestId('password-input').fill(password);
    await this.page.getByTestId('confirm-password-input').fill(again);
    await this.page.getByTestId('set-password').click();
  }

  async password(): Promise<void> {
    await this.enterPassword(this.who.password);
    await this.title('Contact Information');
  }

  async contact(): Promise<void> {
    const { page } = this;
    await page.getByTestId('account-type-choice-Personal').check();
    await page.getByTestId('country-input').selectOption('United States');
    for (const [field, value] of Object.entries(CONTACT)) await page.getByTestId(`${field}-input`).fill(value);
    await page.getByTestId('agreed').check();
    await page.getByTestId('put-contact').click();
    await this.title('Billing Information');
  }

  async card(): Promise<void> {
    const { page } = this;
    await page.getByTestId(`test-card-choice-${TEST_CARD}`).check();
    await page.getByTestId('expiration-input').fill('12/2030');
    await page.getByTestId('holder-input').fill('Robin Sample');
    await page.getByTestId('put-payment').click();
    await this.title('Confirm your identity');
  }

  async sendCode(): Promise<void> {
    const { page } = this;
    await page.getByTestId('method-choice-SMS').check();
    await page.getByTestId('mobile-phone-number-input').fill('+1 541 555 0100');
    await page.getByTestId('send-code').click();
    await expect(page.getByTestId('code-input')).toBeVisible();
  }

  async phone(): Promise<void> {
    await this.sendCode();
    await this.enterCode(await this.phoneCode(), 'verify-phone');
    await this.title('Select a plan');
  }

  async plan(): Promise<void> {
    const { page } = this;
    await page.getByTestId('plan-choice-FreeTier12Months').check();
    await page.getByTestId('support-plan-choice-Developer').check();
    await page.getByTestId('complete-signup').click();
    await this.title('Congratulations!');
  }

  /** The new account's twelve digits, off the last page. */
  async accountId(): Promise<string> {
    const digits = /\d{12}/.exec(await this.page.getByTestId('new-account').innerText());
    expect(digits).not.toBeNull();
    return digits?.[0] ?? '';
  }
}
