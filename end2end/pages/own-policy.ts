// A managed policy of an account's own: its document, its place, and an account that has one.
import { accountWith } from '../fixtures/clients';
import type { Account } from '../fixtures/test';

/** A document that allows these actions on everything. */
export const allowing = (...actions: string[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }, null, 2);

export const arnOf = (account: Account, name: string): string => `arn:aws:iam::${account.id}:policy/${name}`;
export const pageOf = (account: Account, name: string): string => `/iam/policies/${arnOf(account, name)}`;

/** An account with the policy bills-read, which allows the first of these actions; the others are further versions. */
export async function withPolicy(...actions: string[]): Promise<Account> {
  const documents = actions.map((action) => allowing(action));
  const made = await accountWith(`
documents = ${JSON.stringify(documents)}
arn = iam.create_policy(PolicyName="bills-read", PolicyDocument=documents[0])["Policy"]["Arn"]
for document in documents[1:]:
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=document)
`);
  return made.account;
}
