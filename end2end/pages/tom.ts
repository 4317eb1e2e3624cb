// The user tom, whose credentials Labs 10 and 18 are about.
import { expect } from '@playwright/test';
import { aws, boto3, CLIS, keysOf, type Keys } from '../fixtures/clients';
import { createAccount, type Account } from '../fixtures/test';

export const SECURITY = '/iam/users/tom?section=security_credentials';
export const identity = (keys: Keys) => aws(CLIS.v2, ['sts', 'get-caller-identity'], keys);

/** An account with the user tom. */
export async function withTom(): Promise<Account> {
  const account = await createAccount(true);
  const made = await boto3('iam.create_user(UserName="tom")', keysOf(account));
  expect(made.err).toBe('');
  return account;
}
