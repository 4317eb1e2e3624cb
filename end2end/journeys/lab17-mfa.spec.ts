// Lab 17: several devices of one user, a device that is lost, and the policy under which a user manages only their own MFA.
// A device ten minutes off, resync and removal with its mail are in lab5-mfa.spec.ts.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { boto3, keysOf } from '../fixtures/clients';
import { code, pair } from '../fixtures/authenticator';
import { createAccount, enterAsRoot, expect, expectAccessible, operate, signInAsRoot, signInAsUser, test } from '../fixtures/test';
import type { Page } from '@playwright/test';

const PASSWORD = 'Invented-Tom-1!';

/** Assigns a virtual device from the page it is on, and answers its secret. */
async function assign(page: Page, wizard: string, name: string): Promise<string> {
  await page.goto(wizard);
  await page.getByTestId('mfa-name').fill(name);
  await page.getByTestId('mfa-kind-virtual').check();
  await page.getByTestId('continue').click();
  await page.getByText('Show secret key').click();
  const secret = (await page.getByTestId('secret-key').innerText()).replace(/\s/g, '');
  const [first, second] = await pair(secret);
  await page.getByTestId('mfa-code-1').fill(first);
  await page.getByTestId('mfa-code-2').fill(second);
  await page.getByTestId('assign-mfa-submit').click();
  await expect(page.getByTestId('mfa-assigned')).toBeVisible();
  return secret;
}

test('a user with a phone and a token chooses between them; any one will do', async ({ page }) => {
  test.setTimeout(180_000);
  const account = await createAccount(true);
  const made = await boto3(
    `
iam.create_user(UserName="tom")
iam.create_login_profile(UserName="tom", Password="${PASSWORD}")
`,
    keysOf(account),
  );
  expect(made.err).toBe('');
  // Twenty random bytes in base32, as a manufacturer's file has them.
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const seed = Array.from({ length: 32 }, () => letters[Math.floor(Math.random() * 32)]).join('');
  const serial = `GALT${Date.now()}`;
  const list = join(mkdtempSync(join(process.env.UNDERSTUDY_E2E_DATA ?? tmpdir(), 'tokens-')), 'tokens.csv');
  writeFileSync(list, `serial,seed\n${serial},${seed}\n`);
  await operate('hardware-token', 'import', list);

  await signInAsRoot(page, account);
  const secret = await assign(page, '/iam/users/tom/mfa', 'toms-phone');
  await page.goto('/iam/users/tom/mfa');
  await page.getByTestId('mfa-name').fill('token');
  await page.getByTestId('mfa-kind-hardware').check();
  await page.getByTestId('continue').click();
  await expectAccessible(page);
  const [first, second] = await pair(seed);
  const type = async (number: string) => {
    await page.getByTestId('token-serial').fill(number);
    await page.getByTestId('mfa-code-1').fill(first);
    await page.getByTestId('mfa-code-2').fill(second);
    await page.getByTestId('assign-mfa-submit').click();
  };
  await type('GALT-UNKNOWN');
  await expect(page.getByTestId('form-errors')).toContainText("doesn't exist");
  await expect(page.getByTestId('token-serial'), 'nothing typed is lost').toHaveValue('GALT-UNKNOWN');
  await type(serial);
  await expect(page.getByText('Hardware MFA device assigned.')).toBeVisible();
  await expect(page.getByTestId('assigned-mfa').filter({ hasText: serial })).toContainText('Hardware');

  for (const [method, shown] of [
    ['virtual', secret],
    ['hardware', seed],
  ]) {
    await page.context().clearCookies();
    await signInAsUser(page, account.id, 'tom', PASSWORD);
    await expect(page.getByTestId('mfa-method-passkey')).toHaveCount(0);
    await page.getByTestId(`mfa-method-${method}`).check();
    await page.getByTestId('choose-mfa-method').click();
    await page.getByTestId('mfa-code').fill(code(shown, 1));
    await page.getByTestId('submit-mfa').click();
    await expect(page, method).toHaveURL(/\/console\/home/);
  }
});

test('who has lost the device is told who helps; for root that is the operator alone', async ({ page }) => {
  test.setTimeout(120_000);
  const account = await createAccount(true);
  await signInAsRoot(page, account);
  await assign(page, '/iam/security_credentials/mfa', 'root-account-mfa-device');
  await page.context().clearCookies();
  await signInAsRoot(page, account);
  await page.getByTestId('troubleshoot-mfa').click();
  await expect(page.getByTestId('alternative-factors')).toContainText('no second factor');
  await expectAccessible(page);

  expect(await operate('account', 'reset-root-mfa', account.id)).toContain(`arn:aws:iam::${account.id}:mfa/root-account-mfa-device`);
  await page.goto('/console/home');
  await expect(page, 'the sign-in that had begun is over').toHaveURL(/\/signin/);
  await enterAsRoot(page, account);
  await page.goto('/inbox');
  await page.getByRole('link', { name: /MFA device deactivated/ }).first().click();
  await expect(page.getByTestId('mail-text')).toContainText('the operator of this installation');
});

test("under AWS's self-management policy a user enrols, and then may see their keys", async ({ page }) => {
  test.setTimeout(120_000);
  const account = await createAccount(true);
  const deny = [
    'CreateVirtualMFADevice', 'EnableMFADevice', 'GetUser', 'GetMFADevice', 'ListMFADevices', 'ListVirtualMFADevices',
    'ResyncMFADevice',
  ].map((action) => `iam:${action}`);
  const own = 'arn:aws:iam::*:user/${aws:username}';
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'AllowViewAccountInfo', Effect: 'Allow', Action: ['iam:GetAccountPasswordPolicy', 'iam:ListVirtualMFADevices'], Resource: '*' },
      { Sid: 'AllowManageOwnPasswords', Effect: 'Allow', Action: ['iam:ChangePassword', 'iam:GetUser'], Resource: own },
      { Sid: 'AllowManageOwnAccessKeys', Effect: 'Allow', Action: ['iam:CreateAccessKey', 'iam:DeleteAccessKey', 'iam:ListAccessKeys', 'iam:UpdateAccessKey', 'iam:GetAccessKeyLastUsed'], Resource: own },
      { Sid: 'AllowManageOwnVirtualMFADevice', Effect: 'Allow', Action: ['iam:CreateVirtualMFADevice'], Resource: 'arn:aws:iam::*:mfa/*' },
      { Sid: 'AllowManageOwnUserMFA', Effect: 'Allow', Action: ['iam:DeactivateMFADevice', 'iam:EnableMFADevice', 'iam:ListMFADevices', 'iam:ResyncMFADevice'], Resource: own },
      { Sid: 'DenyAllExceptListedIfNoMFA', Effect: 'Deny', NotAction: [...deny, 'sts:GetSessionToken'], Resource: '*', Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } } },
    ],
  };
  const made = await boto3(
    `
arn = iam.create_policy(PolicyName="self", PolicyDocument=${JSON.stringify(JSON.stringify(policy))})["Policy"]["Arn"]
for name, reset in [("tom", False), ("new", True)]:
    iam.create_user(UserName=name)
    iam.create_login_profile(UserName=name, Password="${PASSWORD}", PasswordResetRequired=reset)
    iam.attach_user_policy(UserName=name, PolicyArn=arn)
iam.create_access_key(UserName="tom")
`,
    keysOf(account),
  );
  expect(made.err).toBe('');
  await signInAsUser(page, account.id, 'tom', PASSWORD);
  const secret = await assign(page, '/iam/security_credentials/mfa', 'tom');
  await page.goto('/iam/security_credentials');
  await expect(page.getByText('explicit deny').first(), 'this session came without a code').toBeVisible();
  await page.context().clearCookies();
  await signInAsUser(page, account.id, 'tom', PASSWORD);
  await page.getByTestId('mfa-code').fill(code(secret, 1));
  await page.getByTestId('submit-mfa').click();
  await expect(page).toHaveURL(/\/console\/home/);
  await page.goto('/iam/security_credentials');
  await expect(page.getByText(/AKIA[A-Z0-9]{16}/).first()).toBeVisible();

  // The trap: iam:ChangePassword is not among the exceptions.
  await page.context().clearCookies();
  await signInAsUser(page, account.id, 'new', PASSWORD);
  await page.getByTestId('old-password').fill(PASSWORD);
  await page.getByTestId('new-password').fill('Invented-Other-2!');
  await page.getByTestId('confirm-password').fill('Invented-Other-2!');
  await page.getByTestId('confirm-change').click();
  await expect(page.getByText('Either user is not authorized to perform iam:ChangePassword')).toBeVisible();
});
