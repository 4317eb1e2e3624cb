// A policy that asks for MFA: what it lets a console session with a code do, one without, and a long-term access key.
import { boto3, keysOf } from '../fixtures/clients';
import { code, pair } from '../fixtures/authenticator';
import { createAccount, expect, signInAsUser, test } from '../fixtures/test';
import type { Page } from '@playwright/test';

const PASSWORD = 'Invented-Tom-1!';

const allow = (condition: object | undefined) => ({ Effect: 'Allow', Action: ['iam:List*', 'iam:Get*'], Resource: '*', Condition: condition });
const deny = (condition: object) => ({ Effect: 'Deny', Action: 'iam:ListUsers', Resource: '*', Condition: condition });
const policy = (...statements: object[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** Each policy with who may list users by it: with a code, with the password alone, with a key. */
const CASES: [string, string, [boolean, boolean, boolean]][] = [
  ['Allow, Bool true', policy(allow({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } })), [true, false, false]],
  ['Deny, Bool false', policy(allow(undefined), deny({ Bool: { 'aws:MultiFactorAuthPresent': 'false' } })), [true, false, true]],
  ['Deny, BoolIfExists false', policy(allow(undefined), deny({ BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } })), [true, false, false]],
  ['Allow, a code of the last hour', policy(allow({ NumericLessThan: { 'aws:MultiFactorAuthAge': '3600' } })), [true, false, false]],
];

async function listsUsers(page: Page): Promise<boolean> {
  await page.goto('/iam/users');
  const denied = page.getByTestId('access-denied').first();
  await expect(denied.or(page.getByRole('link', { name: 'tom', exact: true }).first())).toBeVisible();
  return !(await denied.isVisible());
}

test('a condition on MFA tells a code, a password and a key apart', async ({ browser }) => {
  test.setTimeout(180_000);
  const account = await createAccount(true);
  const root = keysOf(account);
  const made = await boto3(
    `
for name in ["tom", "ann"]:
    iam.create_user(UserName=name)
    iam.create_login_profile(UserName=name, Password="${PASSWORD}")
device = iam.create_virtual_mfa_device(VirtualMFADeviceName="tom")["VirtualMFADevice"]
key = iam.create_access_key(UserName="tom")["AccessKey"]
print(json.dumps([device["SerialNumber"], device["Base32StringSeed"].decode(), key["AccessKeyId"], key["SecretAccessKey"]]))
`,
    root,
  );
  expect(made.err).toBe('');
  const [serial, secret, id, keySecret] = JSON.parse(made.out) as string[];
  const [first, second] = await pair(secret);
  const enabled = await boto3(
    `iam.enable_mfa_device(UserName="tom", SerialNumber="${serial}", AuthenticationCode1="${first}", AuthenticationCode2="${second}")`,
    root,
  );
  expect(enabled.err).toBe('');

  const open = async (user: string) => {
    const page = await (await browser.newContext({ baseURL: process.env.UNDERSTUDY_URL })).newPage();
    await signInAsUser(page, account.id, user, PASSWORD);
    return page;
  };
  const withCode = await open('tom');
  await withCode.getByTestId('mfa-code').fill(code(secret, 1));
  await withCode.getByTestId('submit-mfa').click();
  await expect(withCode).toHaveURL(/\/console\/home/);
  const withPassword = await open('ann');
  await expect(withPassword).toHaveURL(/\/console\/home/);

  for (const [what, document, expected] of CASES) {
    const put = await boto3(
      `
for name in ["tom", "ann"]:
    iam.put_user_policy(UserName=name, PolicyName="mfa", PolicyDocument=${JSON.stringify(document)})
`,
      root,
    );
    expect(put.err).toBe('');
    const byKey = await boto3(
      `
try:
    iam.list_users()
    print("yes")
except ClientError as error:
    assert error.response["Error"]["Code"] == "AccessDenied", error
    print("no")
`,
      { id, secret: keySecret },
    );
    expect(byKey.err).toBe('');
    const found = [await listsUsers(withCode), await listsUsers(withPassword), byKey.out.trim() === 'yes'];
    expect(found, what).toEqual(expected);
  }
});
