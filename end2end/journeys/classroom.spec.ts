// Thirty people behind one address sign up and sign in, each mistyping a code and a password: nobody is refused.
import { expect, signInAsRoot, test } from '../fixtures/test';
import { Visitor } from '../fixtures/visitor';
import { CONTACT, newcomer, SignUp, SIGN_UP, TEST_CARD, type Newcomer } from '../pages/sign-up';

const WRONG = 'Your authentication information is incorrect. Please try again.';
const PEOPLE = 30;
/** So many of them have a window; the others send the same forms without one. */
const WINDOWS = 3;
/** So many are at it at one moment; in a minute of a class they are fewer. */
const AT_ONCE = 30;

async function signUp(who: Newcomer): Promise<void> {
  const visitor = await Visitor.arrive();
  const read = async (subject: string, digits: number): Promise<string> => {
    await visitor.open('/inbox');
    await visitor.follow(subject);
    const text = visitor.html.split('data-testid="mail-text"')[1];
    return new RegExp(`(?<!\\d)\\d{${digits}}(?!\\d)`).exec(text)?.[0] ?? '';
  };
  await visitor.open(SIGN_UP);
  await visitor.send('signup-start', { Email: who.email, AccountName: who.name });
  const emailCode = await read('verify your email', 6);
  await visitor.open(SIGN_UP);
  await visitor.send('verify-email', { Code: emailCode === '000000' ? '000001' : '000000' });
  expect(visitor.html).toContain('The code is not right.');
  await visitor.send('verify-email', { Code: emailCode });
  await visitor.send('set-password', { Password: who.password, ConfirmPassword: who.password });
  const { 'full-name': FullName, 'phone-number': PhoneNumber, address: Address, city: City, state: State, 'postal-code': PostalCode } = CONTACT;
  const contact = { AccountType: 'Personal', Country: 'United States', Agreed: 'true' };
  await visitor.send('put-contact', { ...contact, FullName, PhoneNumber, Address, City, State, PostalCode });
  await visitor.send('put-payment', { TestCard: TEST_CARD, Expiration: '12/2030', Holder: 'Robin Sample' });
  await visitor.send('send-code', { Method: 'SMS', PhoneNumber });
  const phoneCode = await read('message from', 4);
  await visitor.open(SIGN_UP);
  await visitor.send('verify-phone', { Code: phoneCode });
  await visitor.send('complete-signup', { Plan: 'FreeTier12Months', SupportPlan: 'Basic' });
  expect(visitor.html).toContain('Congratulations!');
  await visitor.leave();
}

async function signIn(who: Newcomer): Promise<void> {
  const visitor = await Visitor.arrive();
  await visitor.open('/signin');
  await visitor.send('next-root', { Email: who.email });
  await visitor.send('signin', { Password: `${who.password}-mistyped` });
  expect(visitor.html).toContain(WRONG);
  await visitor.send('signin', { Password: who.password });
  expect(visitor.url).toMatch(/\/console\/home/);
  expect(visitor.html).toContain(who.name);
  await visitor.leave();
}

test(`${PEOPLE} people behind one address sign up and sign in without a refusal`, async ({ browser }) => {
  test.slow();
  const inWindow = async (who: Newcomer): Promise<void> => {
    const context = await browser.newContext();
    const steps = new SignUp(await context.newPage(), who);
    await steps.upTo('plan');
    await steps.plan();
    await context.clearCookies();
    await signInAsRoot(steps.page, { id: '', email: who.email, mailbox: '' }, who.password);
    await expect(steps.page).toHaveURL(/\/console\/home/);
    await context.close();
  };
  const withoutWindow = async (who: Newcomer): Promise<void> => {
    await signUp(who);
    await signIn(who);
  };
  const people = Array.from({ length: PEOPLE }, newcomer).entries();
  const seat = async (): Promise<void> => {
    for (const [at, who] of people) await (at < WINDOWS ? inWindow(who) : withoutWindow(who));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, seat));
});
