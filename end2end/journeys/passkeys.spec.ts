// Passkeys and security keys in Chromium with its virtual authenticator: registered from the wizard, asked for at sign-in,
// several of one principal, taken away. The servers are reached by localhost: a name, and a secure context.
import type { CDPSession, Page } from '@playwright/test';
import { boto3, keysOf } from '../fixtures/clients';
import { code, pair } from '../fixtures/authenticator';
import { createAccount, expect, expectAccessible, picture, ROOT_PASSWORD, signInAsRoot, signInAsUser, test } from '../fixtures/test';

const PASSWORD = 'Invented-Tom-1!';
const MINE = '/iam/security_credentials?continue=1&section=mfa';

interface Authenticator {
  devtools: CDPSession;
  id: string;
}

/** A security key that is plugged in, and touched whenever the browser asks for it. */
async function plugIn(page: Page, verifies = true): Promise<Authenticator> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'usb',
      hasResidentKey: false,
      hasUserVerification: verifies,
      isUserVerified: verifies,
      automaticPresenceSimulation: true,
    },
  });
  return { devtools, id: authenticatorId };
}

const unplug = ({ devtools, id }: Authenticator): Promise<unknown> =>
  devtools.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: id });

/** Registers the key that is plugged in, from the page that assigns devices. */
async function register(page: Page, wizard: string, name: string): Promise<void> {
  await page.goto(wizard);
  await page.getByTestId('mfa-name').fill(name);
  await page.getByTestId('mfa-kind-passkey').check();
  await page.getByTestId('continue').click();
  await page.getByTestId('register-passkey').click();
  await expect(page.getByTestId('mfa-assigned')).toContainText('You have successfully assigned a passkey or security key');
}

/** Forgets the session, as another browser with the same key would not have it. */
async function signOut(page: Page): Promise<void> {
  await page.context().clearCookies();
}

test('root registers a security key, signs in with it, and removes it', async ({ page, account, browser }) => {
  test.setTimeout(120_000);
  await plugIn(page);
  await signInAsRoot(page, account);
  await page.goto('/iam/security_credentials/mfa');
  await page.getByTestId('mfa-name').fill('my-key');
  await page.getByTestId('mfa-kind-passkey').check();
  await page.getByTestId('continue').click();
  await expect(page.getByTestId('page-title')).toContainText('Set up security key');
  await expectAccessible(page);
  await picture(browser, page, 'passkey-set-up');
  await page.getByTestId('register-passkey').click();
  await expect(page.getByTestId('mfa-assigned')).toBeVisible();
  await page.getByTestId('close-mfa').click();
  await expect(page.getByTestId('mfa-serial')).toContainText(`arn:aws:iam::${account.id}:u2f/root-account/my-key-`);

  await page.goto('/iam/security_credentials/mfa');
  await page.getByTestId('mfa-name').fill('again');
  await page.getByTestId('mfa-kind-passkey').check();
  await page.getByTestId('continue').click();
  await page.getByTestId('register-passkey').click();
  await expect(page.getByTestId('passkey-problem'), 'the same key').toContainText('registered already');

  await signOut(page);
  await page.goto('/signin?other=1&redirect_uri=%2Fiam%2Fusers');
  await page.getByTestId('email').fill(account.email);
  await page.getByTestId('next-root').click();
  await page.getByTestId('password').fill(ROOT_PASSWORD);
  await page.getByTestId('signin').click();
  await expect(page.getByTestId('mfa-heading')).toBeVisible();
  await expect(page.getByTestId('mfa-code'), 'root has nothing that shows codes').toHaveCount(0);
  await expectAccessible(page);
  await picture(browser, page, 'passkey-sign-in');
  await page.goto('/iam/users');
  await expect(page, 'the password alone opens nothing').toHaveURL(/\/signin\/mfa/);
  await page.goto('/signin/mfa/resync');
  await expect(page.getByTestId('nothing-to-resync'), 'a key shows no codes').toBeVisible();
  await expect(page.getByTestId('resync-mfa')).toHaveCount(0);
  await expectAccessible(page);
  await page.goto('/signin/mfa?redirect_uri=%2Fiam%2Fusers');
  await page.getByTestId('use-passkey').focus();
  await page.keyboard.press('Enter');
  await expect(page, 'where the sign-in was to lead').toHaveURL(/\/iam\/users/);
});

test('a user has several keys and a phone, and chooses at sign-in', async ({ page }) => {
  test.setTimeout(180_000);
  const account = await createAccount(true);
  const keys = keysOf(account);
  const made = await boto3(
    `
iam.create_user(UserName="tom")
iam.create_login_profile(UserName="tom", Password="${PASSWORD}")
device = iam.create_virtual_mfa_device(VirtualMFADeviceName="tom")["VirtualMFADevice"]
print(json.dumps([device["SerialNumber"], device["Base32StringSeed"].decode()]))
`,
    keys,
  );
  expect(made.err).toBe('');
  const [serial, secret] = JSON.parse(made.out) as [string, string];
  const [first, second] = await pair(secret);
  const enabled = await boto3(
    `iam.enable_mfa_device(UserName="tom", SerialNumber="${serial}", AuthenticationCode1="${first}", AuthenticationCode2="${second}")`,
    keys,
  );
  expect(enabled.err).toBe('');

  // The administrator registers both keys, one that asks for a PIN and one that only feels a touch.
  await signInAsRoot(page, account);
  const withPin = await plugIn(page);
  await register(page, '/iam/users/tom/mfa', 'with-pin');
  await unplug(withPin);
  const byTouch = await plugIn(page, false);
  await register(page, '/iam/users/tom/mfa', 'by-touch');
  const seen = await boto3(
    `
devices = iam.list_mfa_devices(UserName="tom")["MFADevices"]
print(len(devices), sum(":u2f/user/tom/" in device["SerialNumber"] for device in devices))
key = next(device["SerialNumber"] for device in devices if "with-pin" in device["SerialNumber"])
print(iam.get_mfa_device(SerialNumber=key, UserName="tom")["UserName"], key)
`,
    keys,
  );
  expect(seen.err).toBe('');
  expect(seen.out).toContain('3 2');
  expect(seen.out).toContain(`tom arn:aws:iam::${account.id}:u2f/user/tom/with-pin-`);

  await signOut(page);
  await signInAsUser(page, account.id, 'tom', PASSWORD);
  await expect(page.getByTestId('mfa-method')).toBeVisible();
  await expectAccessible(page);
  await page.getByTestId('mfa-method-passkey').check();
  await page.getByTestId('choose-mfa-method').click();
  await page.getByTestId('another-mfa-method').click();
  await page.getByTestId('mfa-method-virtual').check();
  await page.getByTestId('choose-mfa-method').click();
  await page.getByTestId('mfa-code').fill('000000');
  await page.getByTestId('submit-mfa').click();
  await expect(page.getByTestId('main_message')).toBeVisible();
  await page.getByTestId('mfa-code').fill(code(secret, 1));
  await page.getByTestId('submit-mfa').click();
  await expect(page, 'a code will do').toHaveURL(/\/console\/home/);

  await signOut(page);
  await signInAsUser(page, account.id, 'tom', PASSWORD);
  await page.getByTestId('mfa-method-passkey').check();
  await page.getByTestId('choose-mfa-method').click();
  await page.getByTestId('use-passkey').click();
  await expect(page, 'and so will a key').toHaveURL(/\/console\/home/);

  const removed = await boto3(
    `
for device in iam.list_mfa_devices(UserName="tom")["MFADevices"]:
    iam.deactivate_mfa_device(UserName="tom", SerialNumber=device["SerialNumber"])
print(len(iam.list_mfa_devices(UserName="tom")["MFADevices"]))
`,
    keys,
  );
  expect(removed.out.trim()).toBe('0');
  await signOut(page);
  await signInAsUser(page, account.id, 'tom', PASSWORD);
  await expect(page, 'nothing is asked for any more').toHaveURL(/\/console\/home/);
});

test('a key has no resync, and is removed from its page', async ({ page, account }) => {
  await plugIn(page);
  await signInAsRoot(page, account);
  await register(page, '/iam/security_credentials/mfa', 'spare');
  await page.goto(MINE);
  await page.getByTestId('manage-mfa').click();
  await expect(page.getByTestId('mfa-action-resync')).toBeDisabled();
  await page.getByTestId('mfa-action-remove').check();
  await page.getByTestId('continue').click();
  await page.getByTestId('remove-mfa').click();
  await expect(page.getByText('MFA device removed.')).toBeVisible();
  await page.goto('/inbox');
  await page.getByRole('link', { name: /MFA device deactivated/ }).first().click();
  await expect(page.getByTestId('mail-text')).toContainText('spare-');
});
