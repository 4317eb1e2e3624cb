// Lab 5: a virtual MFA device for root by both paths, its codes by an independent tool, and what sign-in then asks.
// Lab 17: setting a device right and removing it. Lab 7, step 7: an IAM user's device.
import { boto3, keysOf } from '../fixtures/clients';
import { code, pair, scan } from '../fixtures/authenticator';
import { createAccount, expect, expectAccessible, picture, ROOT_PASSWORD, signInAsRoot, signInAsUser, test } from '../fixtures/test';
import type { Account } from '../fixtures/test';
import type { Page } from '@playwright/test';

const INVALID = 'Authentication code for device is not valid.';
const USER_PASSWORD = 'Invented-Tom-1!';

/** Goes on from the page that lists root's credentials to the two code fields, and answers the secret. */
async function begin(page: Page): Promise<string> {
  await page.getByTestId('assign-mfa').click();
  await page.getByTestId('continue').click();
  await expect(page.getByTestId('qr-code')).toBeHidden();
  await expect(page.getByTestId('secret-key')).toBeHidden();
  await page.getByText('Show secret key').click();
  return (await page.getByTestId('secret-key').innerText()).replace(/\s/g, '');
}

async function type(page: Page, first: string, second: string): Promise<void> {
  await page.getByTestId('mfa-code-1').fill(first);
  await page.getByTestId('mfa-code-2').fill(second);
  await page.getByTestId('assign-mfa-submit').click();
}


/** Root with a device, enrolled without a browser's help beyond the pages. */
async function enrol(page: Page, account: Account): Promise<string> {
  await signInAsRoot(page, account);
  await page.goto('/iam/security_credentials?continue=1&section=mfa');
  const secret = await begin(page);
  await type(page, ...(await pair(secret)));
  await expect(page.getByTestId('mfa-assigned')).toContainText('You have successfully assigned virtual MFA');
  return secret;
}

for (const scripts of [true, false]) {
  test.describe(`with JavaScript ${scripts ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: scripts });
    test.setTimeout(120_000);

    test('root assigns a device from the dashboard, and signs in with it', async ({ page, account, browser }) => {
      await signInAsRoot(page, account);
      await page.goto('/iam/home');
      const check = page.getByTestId('check-activate-mfa-on-your-root-account');
      await expect(check).toContainText('Not complete');
      await page.getByText('Activate MFA on your root account').click();
      await page.getByTestId('check-activate-mfa-on-your-root-account-go').click();
      await expect(page.getByTestId('root-credentials-warning')).toBeVisible();
      await expect(page.getByTestId('get-started-with-users')).toBeVisible();
      await page.getByTestId('continue-to-credentials').click();
      await expect(page.getByTestId('page-title')).toContainText('Your Security Credentials');
      await page.getByTestId('accordion-mfa').locator('summary').first().click();
      const secret = await begin(page);
      expect(secret).toMatch(/^[A-Z2-7]{64}$/);

      await page.getByText('Show QR code').click();
      const uri = await scan(page);
      expect(uri.protocol).toBe('otpauth:');
      expect(uri.searchParams.get('issuer')).toBe('Understudy');
      expect(uri.searchParams.get('secret')).toBe(secret);
      expect(decodeURIComponent(uri.pathname)).toContain(`Understudy:root-account-mfa-device@${account.id}`);
      if (scripts) {
        await expectAccessible(page);
        await picture(browser, page, 'mfa-set-up');
      }

      const [first, second] = await pair(secret);
      for (const [what, one, two] of [
        ['the same twice', second, second],
        ['not in a row', code(secret, -3), second],
        ['stale', code(secret, -40), code(secret, -39)],
      ]) {
        await type(page, one, two);
        await expect(page.getByTestId('form-errors'), what).toContainText(INVALID);
        await expect(page.getByTestId('secret-key'), 'shown once').toHaveCount(0);
      }
      await type(page, '12345', second);
      await expect(page.getByTestId('mfa-code-1-field-error')).toBeVisible();
      await type(page, first, second);
      await expect(page.getByTestId('mfa-assigned')).toContainText('This virtual MFA will be required during sign-in.');
      await page.getByTestId('close-mfa').click();
      await expect(page.getByTestId('mfa-serial')).toContainText(`arn:aws:iam::${account.id}:mfa/root-account-mfa-device`);
      await page.goto('/iam/home');
      await expect(check).toContainText('Complete');
      await expect(check).not.toContainText('Not complete');

      await page.context().clearCookies();
      await signInAsRoot(page, account);
      await expect(page.getByTestId('mfa-heading')).toContainText('Multi-factor authentication');
      await page.goto('/iam/users');
      await expect(page, 'the password alone opens nothing').toHaveURL(/\/signin\/mfa/);
      await page.getByTestId('mfa-code').fill(second);
      await page.getByTestId('submit-mfa').click();
      await expect(page.getByTestId('main_message'), 'used at enabling').toBeVisible();
      const next = code(secret, 1);
      await page.getByTestId('mfa-code').fill(next);
      await page.getByTestId('submit-mfa').click();
      await expect(page).toHaveURL(/\/console\/home/);

      await page.context().clearCookies();
      await signInAsRoot(page, account);
      await page.getByTestId('mfa-code').fill(next);
      await page.getByTestId('submit-mfa').click();
      await expect(page.getByTestId('main_message'), 'a replay').toBeVisible();
      await page.getByTestId('cancel-mfa').click();
      await expect(page).toHaveURL(/\/signin$/);
    });

    test('a cancelled wizard leaves nothing', async ({ page }) => {
      const account = await createAccount(true);
      const keys = keysOf(account);
      const count = async () =>
        (await boto3('print(len(iam.list_virtual_mfa_devices()["VirtualMFADevices"]))', keys)).out.trim();
      await signInAsRoot(page, account);
      await page.goto('/iam/security_credentials?continue=1&section=mfa');
      await begin(page);
      expect(await count()).toBe('1');
      await page.getByTestId('cancel-mfa').click();
      expect(await count()).toBe('0');
      // Whoever closes the tab instead can begin again under the same name.
      await begin(page);
      await page.goto('/iam/security_credentials?continue=1&section=mfa');
      await begin(page);
      expect(await count()).toBe('1');
    });

    test('a device ten minutes off is set right at sign-in', async ({ page, account, browser }) => {
      const secret = await enrol(page, account);
      await page.context().clearCookies();
      await page.goto('/signin?other=1&redirect_uri=%2Fiam%2Fusers');
      await page.getByTestId('email').fill(account.email);
      await page.getByTestId('next-root').click();
      await page.getByTestId('password').fill(ROOT_PASSWORD);
      await page.getByTestId('signin').click();
      await page.getByTestId('mfa-code').fill(code(secret, 20));
      await page.getByTestId('submit-mfa').click();
      await expect(page.getByTestId('main_message'), 'too far off').toBeVisible();
      await expect(page.getByTestId('troubleshoot-mfa')).toHaveText(
        'Having problems with your authentication device? Click here',
      );
      await page.getByTestId('troubleshoot-mfa').click();
      await expect(page.getByTestId('resync-heading')).toHaveText('Re-Sync With Our Servers');
      await expect(page.getByTestId('resync-mfa')).toHaveText('Re-sync authentication device');
      const resync = async (first: string, second: string) => {
        await page.getByTestId('mfa-code-1').fill(first);
        await page.getByTestId('mfa-code-2').fill(second);
        await page.getByTestId('resync-mfa').click();
      };
      await resync(code(secret, 20), '');
      await expect(page.getByTestId('mfa-code-2-field-error')).toBeVisible();
      await resync(code(secret, 20), code(secret, 20));
      await expect(page.getByTestId('main_message'), 'the same twice').toBeVisible();
      if (scripts) {
        await expectAccessible(page);
        await picture(browser, page, 'mfa-resync');
      }
      await resync(code(secret, 20), code(secret, 21));
      await expect(page.getByText('Your MFA device is set right.')).toBeVisible();
      await expect(page, 'it signs nobody in').toHaveURL(/\/signin\/mfa\?/);
      await page.getByTestId('mfa-code').fill(code(secret, 22));
      await page.getByTestId('submit-mfa').click();
      await expect(page, 'where the sign-in was to lead').toHaveURL(/\/iam\/users/);
      await page.goto('/signin/mfa/resync');
      await expect(page, 'nothing is to be set right').toHaveURL(/\/console\/home/);
    });

    test('a device ten minutes off is set right, and removed', async ({ page, account }) => {
      const secret = await enrol(page, account);
      await page.goto('/iam/security_credentials?continue=1&section=mfa');
      const manage = async (action: 'remove' | 'resync') => {
        await page.getByTestId('manage-mfa').click();
        await page.getByTestId(`mfa-action-${action}`).check();
        await page.getByTestId('continue').click();
      };
      await manage('resync');
      await page.getByTestId('mfa-code-1').fill(code(secret, 20));
      await page.getByTestId('mfa-code-2').fill(code(secret, 21));
      await page.getByTestId('resync-mfa').click();
      await expect(page.getByText('MFA device resynchronized.')).toBeVisible();
      await page.context().clearCookies();
      await signInAsRoot(page, account);
      await page.getByTestId('mfa-code').fill(code(secret, 22));
      await page.getByTestId('submit-mfa').click();
      await expect(page).toHaveURL(/\/console\/home/);

      await page.goto('/iam/security_credentials?continue=1&section=mfa');
      await manage('remove');
      await page.getByTestId('remove-mfa').click();
      await expect(page.getByText('MFA device removed.')).toBeVisible();
      await page.goto('/inbox');
      await page.getByRole('link', { name: /MFA device deactivated/ }).first().click();
      await expect(page.getByTestId('mail-text')).toContainText('root-account-mfa-device');
      await page.context().clearCookies();
      await signInAsRoot(page, account);
      await expect(page).toHaveURL(/\/console\/home/);
    });
  });
}

test('an administrator gives a user a device; real clients see it', async ({ page }) => {
  test.setTimeout(120_000);
  const account = await createAccount(true);
  const keys = keysOf(account);
  const made = await boto3(
    `
iam.create_user(UserName="tom")
iam.create_login_profile(UserName="tom", Password="${USER_PASSWORD}")
device = iam.create_virtual_mfa_device(VirtualMFADeviceName="tom")["VirtualMFADevice"]
assert device["QRCodePNG"].startswith(b"\\x89PNG")
print(json.dumps([device["SerialNumber"], device["Base32StringSeed"].decode()]))
`,
    keys,
  );
  expect(made.err).toBe('');
  const [serial, secret] = JSON.parse(made.out) as [string, string];
  const [first, second] = await pair(secret);
  const enabled = await boto3(
    `
try:
    iam.enable_mfa_device(UserName="tom", SerialNumber="${serial}", AuthenticationCode1="${second}", AuthenticationCode2="${second}")
except ClientError as error:
    print(error.response["Error"]["Code"], error.response["Error"]["Message"])
iam.enable_mfa_device(UserName="tom", SerialNumber="${serial}", AuthenticationCode1="${first}", AuthenticationCode2="${second}")
print([device["SerialNumber"] for device in iam.list_mfa_devices(UserName="tom")["MFADevices"]])
`,
    keys,
  );
  expect(enabled.err).toBe('');
  expect(enabled.out).toContain(`InvalidAuthenticationCode ${INVALID}`);
  expect(enabled.out).toContain(serial);

  await signInAsUser(page, account.id, 'tom', USER_PASSWORD);
  await page.getByTestId('mfa-code').fill(code(secret, 1));
  await page.getByTestId('submit-mfa').click();
  await expect(page).toHaveURL(/\/console\/home/);

  await page.context().clearCookies();
  await signInAsRoot(page, account);
  await page.goto('/iam/users/tom?section=security_credentials');
  await expect(page.getByTestId('assigned-mfa')).toContainText(serial);
});

test('the practice authenticator reads the secret and the picture in the tab', async ({ page, account }) => {
  await signInAsRoot(page, account);
  await page.goto('/iam/security_credentials?continue=1&section=mfa');
  const secret = await begin(page);
  await page.getByText('Show QR code').click();
  const source = (await page.getByTestId('qr-code').getAttribute('src')) ?? '';
  const tool = await page.context().newPage();
  const sent: string[] = [];
  tool.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
  await tool.goto('/tools/authenticator');
  const shows = async () => {
    const shown = (await tool.getByTestId('totp-code').innerText()).replace(/\s/g, '');
    expect([code(secret, -1), code(secret, 0), code(secret, 1)]).toContain(shown);
  };
  await tool.getByTestId('totp-secret').fill(secret);
  await shows();
  await tool.reload();
  await expect(tool.getByTestId('totp-picture')).toBeEnabled();
  await tool.getByTestId('totp-picture').setInputFiles({
    name: 'code.png',
    mimeType: 'image/png',
    buffer: Buffer.from(source.replace('data:image/png;base64,', ''), 'base64'),
  });
  await shows();
  expect(sent.join('\n')).not.toContain(secret);
});

test('one code on two servers opens one session', async ({ browser }) => {
  test.setTimeout(120_000);
  const base = process.env.UNDERSTUDY_PROXY ?? '';
  const account = await createAccount();
  const context = await browser.newContext({ baseURL: base });
  const secret = await enrol(await context.newPage(), account);
  const pages = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const page = await (await browser.newContext({ baseURL: base })).newPage();
      await signInAsRoot(page, account);
      await page.getByTestId('mfa-code').fill(code(secret, 1));
      return page;
    }),
  );
  await Promise.all(pages.map((page) => page.getByTestId('submit-mfa').click()));
  await Promise.all(pages.map((page) => page.waitForURL(/\/(console\/home|signin\/mfa)/)));
  await Promise.all(pages.map((page) => page.goto('/console/home')));
  const inside = pages.filter((page) => page.url().includes('/console/home'));
  expect(inside.length).toBe(1);
});
