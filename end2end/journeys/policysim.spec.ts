// Lab 21 step 3: the policy simulator, with the deciding statements marked; and why somebody was refused, explained to
// those who may know it, with what would help.
import type { Page } from '@playwright/test';
import { accountWith, keysOf, run } from '../fixtures/clients';
import { type Account, enterAsRoot, enterAsUser, expect, expectAccessible, picture, signInAsRoot, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { chooseLabels } from '../pages/labels';
import { openJson, writePolicy } from '../pages/policy-editor';

const PASSWORD = 'Invented-Kim-1!';
const READ_ONLY = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';

const KIM = `
def policy(effect, action, **more):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Sid": "One", "Effect": effect, "Action": action, "Resource": "*", **more}]}, indent=4)

iam.create_user(UserName="kim")
iam.create_login_profile(UserName="kim", Password="${PASSWORD}", PasswordResetRequired=False)
iam.create_group(GroupName="Staff")
iam.add_user_to_group(UserName="kim", GroupName="Staff")
iam.attach_user_policy(UserName="kim", PolicyArn="${READ_ONLY}")
iam.put_group_policy(GroupName="Staff", PolicyName="Careful", PolicyDocument=policy("Deny", "s3:DeleteBucket"))
iam.put_user_policy(UserName="kim", PolicyName="Strong", PolicyDocument=policy("Allow", "iam:ListUsers", Condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}))
`;

/** An account with kim, who reads S3, is denied DeleteBucket by her group, and lists users with a second factor alone. */
const furnished = async (): Promise<Account> => (await accountWith(KIM)).account;

const row = (page: Page, action: string) =>
  page.getByTestId('simulation-results-row').filter({ has: page.getByRole('rowheader', { name: action, exact: true }) });

/** What the simulator answers for kim: allowed, denied by a statement, denied for want of one. */
async function simulate(page: Page, ready: () => Promise<void>): Promise<void> {
  await page.getByTestId('service').selectOption('s3');
  await page.getByTestId('choose-service').click();
  await expect(page.getByTestId('level-list')).toContainText('ListAllMyBuckets');
  await ready();
  await expect(page.getByTestId('context-aws-multifactorauthpresent')).toBeVisible();
  for (const [level, action] of [
    ['read', 's3-getobject'],
    ['write', 's3-deletebucket'],
    ['write', 's3-putobject'],
  ]) {
    const box = page.getByTestId(`action-${action}`);
    if (!(await box.isVisible())) await page.getByTestId(`level-${level}`).locator('summary').click();
    await box.check();
  }
  await page.getByTestId('resources').fill('arn:aws:s3:::bills\narn:aws:s3:::bills/may.csv');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('results-title')).toContainText('[3 actions selected. 2 results allowed. 4 results denied.]');
  await expect(page.getByTestId('simulation-results-row')).toHaveCount(6);
  await expect(row(page, 'GetObject').first().getByTestId('permission-getobject')).toContainText('allowed 1 matching statements.');
  await expect(row(page, 'GetObject').first().getByTestId('matching-statement')).toContainText('AmazonS3ReadOnlyAccess');
  await expect(row(page, 'DeleteBucket').first().getByTestId('permission-deletebucket')).toContainText('denied 1 matching statements.');
  await expect(row(page, 'DeleteBucket').first().getByTestId('matching-statement')).toContainText('Statement "One" (line 4) of Careful (from group Staff)');
  await expect(row(page, 'PutObject').first().getByTestId('permission-putobject')).toContainText(
    'denied Implicitly denied (no matching statements).',
  );
  const marked = page.getByTestId('deciding-section').filter({ hasText: 'Careful' }).locator('mark');
  await expect(marked.first()).toBeVisible();
  expect((await marked.allTextContents()).join(' ')).toContain('"s3:DeleteBucket"');
  // What was asked is still there for the next question.
  await expect(page.getByTestId('action-s3-deletebucket')).toBeChecked();
  await expect(page.getByTestId('resources')).toHaveValue(/may\.csv/);
}

for (const era of ['2020', 'current'] as const) {
  test(`Lab 21 step 3: a user's policies are simulated, under labels of ${era}`, async ({ page, browser }) => {
    const account = await furnished();
    await enterAsRoot(page, account);
    await chooseLabels(page, era);
    await page.goto(`/iam/policies/${READ_ONLY}`);
    await expect(page.getByTestId('simulate')).toHaveText(era === '2020' ? 'Simulate policy' : 'Simulate');
    await page.getByTestId('simulate').click();
    await expect(page.getByTestId('policy')).toHaveValue(/s3:Get\*/);

    await page.goto('/iam/users/kim');
    await page.getByTestId('simulate').click();
    await expect(page.getByTestId('page-title')).toHaveText('IAM Policy Simulator');
    await expect(page.getByTestId('source')).toHaveValue(`arn:aws:iam::${account.id}:user/kim`);
    await expect(page.getByTestId('source-field')).toContainText(era === '2020' ? 'Users, Groups, and Roles' : 'Users and groups');
    await awake(page);
    await expectAccessible(page);
    await simulate(page, () => awake(page));
    await awake(page);
    await expectAccessible(page);
    await picture(browser, page, `policysim-${era}`);

    await page.goto('/iam/groups/Staff?section=permissions');
    await page.getByTestId('simulate').click();
    await expect(page.getByTestId('source')).toHaveValue(`arn:aws:iam::${account.id}:group/Staff`);
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a user is simulated by forms alone', async ({ page }) => {
    const account = await furnished();
    await enterAsRoot(page, account);
    await page.goto('/policysim');
    await page.getByTestId('source').selectOption({ label: 'kim' });
    await page.getByTestId('choose-source').click();
    await expect(page.getByTestId('context-keys')).toBeVisible();
    await simulate(page, async () => {});
  });
});

test('typed policies, context keys, a boundary, whole services, and what is missing', async ({ page, account }) => {
  await signInAsRoot(page, account);
  await expect(page).toHaveURL(/\/console\/home/);
  const answer = await page.goto('/policysim');
  expect(answer?.status()).toBe(200);
  await expect(page.getByTestId('no-service')).toBeVisible();
  await expect(page.getByTestId('no-context-keys')).toBeVisible();
  await page.getByTestId('run').click();
  await expect(page.getByTestId('form-errors')).toContainText('Select at least one action.');
  await expect(page.getByTestId('source-field-error')).toContainText('type a policy');

  const condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
  const statement = { Effect: 'Allow', Action: 'ec2:*', Resource: '*', Condition: condition };
  await page.getByTestId('policy').fill(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  await page.getByTestId('service').selectOption('ec2');
  await page.getByTestId('choose-service').click();
  await page.getByTestId('all-actions').check();
  await page.getByTestId('run').click();
  await expect(page.getByTestId('results-title')).toContainText(/\[\d{3} actions selected\. 0 actions allowed\./);
  await expect(page.getByTestId('permission-runinstances')).toContainText('Missing context keys: aws:MultiFactorAuthPresent');
  const key = page.getByTestId('context-aws-multifactorauthpresent');
  await expect(page.getByTestId('context-aws-multifactorauthpresent-type')).toHaveValue('boolean');
  await key.fill('true');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('permission-runinstances')).toContainText('allowed 1 matching statements.');
  await expect(key).toHaveValue('true');

  await page.getByTestId('typed-boundary').locator('summary').click();
  const boundary = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } };
  await page.getByTestId('boundary').fill(JSON.stringify(boundary));
  await page.getByTestId('run').click();
  await expect(page.getByTestId('permission-runinstances')).toContainText('The permissions boundary does not allow it.');

  await page.getByTestId('policy').fill('{');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('problem').first()).toContainText('Invalid policy in PolicyInputList.1');
  await expect(page.getByTestId('policy'), 'nothing typed is lost').toHaveValue('{');
  await page.getByTestId('reset').click();
  await expect(page.getByTestId('policy')).toHaveValue('');
});

test('a resource has a policy of its own, and an owner', async ({ page, browser }) => {
  const account = await furnished();
  const kim = `arn:aws:iam::${account.id}:user/kim`;
  const bucket = (Principal: object) => ({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Hers', Effect: 'Allow', Principal, Action: 's3:PutObject', Resource: 'arn:aws:s3:::bills/*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } }],
  });
  await enterAsRoot(page, account);
  await page.goto('/policysim?action=s3:PutObject&resource=arn:aws:s3:::bills/may.csv');
  await awake(page);
  await page.getByTestId('policy').fill(JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iam:*', Resource: '*' } }));
  await page.getByTestId('typed-resourcepolicy').locator('summary').click();
  const policy = page.getByTestId('resourcepolicy');

  // What is wrong is said at the field that it is about, and nothing typed is lost.
  await policy.fill('{"Statement": [');
  await page.getByTestId('caller').fill(kim);
  await page.getByTestId('run').click();
  await expect(page.getByTestId('resourcepolicy-field-error')).toContainText('Invalid policy in ResourcePolicy');
  await expect(page.getByTestId('form-errors')).toContainText('Invalid policy in ResourcePolicy');
  await expect(policy).toHaveValue('{"Statement": [');
  await awake(page);
  await expectAccessible(page);
  await policy.fill(JSON.stringify(bucket({ AWS: kim }), null, 2));
  await page.getByTestId('caller').fill('');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('caller-field-error')).toHaveText(/CallerArn must be provided when ResourcePolicy is\./);
  await awake(page);
  await page.getByTestId('caller').fill('kim');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('caller-field-error')).toContainText('Invalid CallerArn: kim must be the ARN of a user.');
  await awake(page);
  await page.getByTestId('caller').fill(kim);
  await page.getByTestId('resource-owner').fill('somebody');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('resource-owner-field-error')).toContainText('Invalid ResourceOwner: somebody must be an account.');

  // In one account the bucket's policy allows by itself, once the key that it asks for is told.
  await awake(page);
  await page.getByTestId('resource-owner').fill('');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('permission-putobject')).toContainText('Missing context keys: aws:SecureTransport');
  await awake(page);
  await page.getByTestId('context-aws-securetransport').fill('true');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('permission-putobject')).toContainText('allowed 1 matching statements.');
  await expect(page.getByTestId('matching-statement')).toContainText('Statement "Hers" (line 4) of Resource policy as text');
  const marked = page.getByTestId('deciding-section').filter({ hasText: 'Resource policy as text' }).locator('mark');
  expect((await marked.allTextContents()).join(' ')).toContain('"s3:PutObject"');
  await awake(page);
  await picture(browser, page, 'policysim-resource-policy');

  // Of another account's bucket both sides must allow.
  await page.getByTestId('resource-owner').fill('999999999999');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('permission-putobject')).toContainText('IAM Policy: implicitly denied; Resource Policy: allowed.');

  // A user whose policies are simulated is the caller, unless another is named; her denial is of her own policies alone.
  await awake(page);
  await page.getByTestId('source').selectOption(kim);
  await page.getByTestId('policy').fill('');
  await page.getByTestId('caller').fill('');
  await page.getByTestId('resource-owner').fill('');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('permission-putobject')).toContainText('allowed 1 matching statements.');
  await awake(page);
  await page.getByTestId('caller').fill(`arn:aws:iam::${account.id}:user/tom`);
  await page.getByTestId('run').click();
  await expect(page.getByTestId('permission-putobject')).toContainText('denied Implicitly denied (no matching statements).');
  await expect(page.getByTestId('explain-result')).toHaveCount(0);
});

test('a form that is too long is told so, with the way back', async ({ page, browser }) => {
  const account = await furnished();
  await enterAsRoot(page, account);
  await page.goto('/policysim');
  await awake(page);
  await page.getByTestId('policy').evaluate((area) => {
    (area as HTMLTextAreaElement).value = 'x'.repeat(600 * 1024);
  });
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByTestId('run').click();
  expect((await answered).status()).toBe(413);
  await expect(page.getByTestId('page-title')).toHaveText('The form is too long');
  await expect(page.getByTestId('too-long-limit')).toContainText('larger than 512 KiB');
  await awake(page);
  await expectAccessible(page);
  await picture(browser, page, 'form-too-long');
  await page.getByTestId('back-to-form').click();
  await expect(page.getByTestId('page-title')).toHaveText('IAM Policy Simulator');
  await expect(page.getByTestId('policy')).toHaveValue('');
});

test('a denial is explained to those who may know it, with what would help', async ({ page, browser }) => {
  const account = await furnished();
  await enterAsUser(page, account.id, 'kim', PASSWORD);
  await page.goto('/iam/users');
  await page.getByTestId('explain-denial').first().click();
  // Kim may not simulate: she sees the sentence, and whom to ask.
  await expect(page.getByTestId('denied-sentence')).toContainText('is not authorized to perform: iam:ListUsers');
  await expect(page.getByTestId('explanation-denied')).toContainText('iam:SimulatePrincipalPolicy');
  await expect(page.getByTestId('decision-chain')).toHaveCount(0);
  await awake(page);
  await expectAccessible(page);
  const link = new URL(page.url());
  const address = link.pathname + link.search;

  await page.context().clearCookies();
  await signInAsRoot(page, account);
  await expect(page).toHaveURL(/\/console\/home/);
  await page.goto(address);
  await expect(page.getByTestId('denied-sentence')).toContainText('because no identity-based policy allows the iam:ListUsers action');
  const strong = page.getByTestId('asked-policy').filter({ hasText: 'Strong' });
  await expect(page.getByTestId('kinds-asked')).toContainText('Permissions boundary: the user has none.');
  await expect(page.getByTestId('asked-policy')).toHaveCount(3);
  await strong.locator('summary').click();
  await expect(strong.getByTestId('statements-asked')).toContainText(
    'its condition Bool asks that aws:MultiFactorAuthPresent be true, and the request has false',
  );
  await expect(page.getByTestId('smallest-policy')).toContainText('"iam:ListUsers"');
  await awake(page);
  await expectAccessible(page);
  await picture(browser, page, 'explain-denial');

  // The same question in the simulator.
  await page.getByTestId('open-in-simulator').click();
  await expect(page.getByTestId('action-iam-listusers')).toBeChecked();
  await expect(page.getByTestId('context-aws-multifactorauthpresent')).toHaveValue('false');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('permission-listusers')).toContainText('denied Implicitly denied (no matching statements).');
  await page.getByTestId('context-aws-multifactorauthpresent').fill('true');
  await page.getByTestId('run').click();
  await expect(page.getByTestId('permission-listusers')).toContainText('allowed 1 matching statements.');

  // The statement that is offered does help.
  await page.goto(address);
  const document = (await page.getByTestId('smallest-policy').locator('code').innerText()).trim();
  await page.getByTestId('add-statement').click();
  await page.getByTestId('policy-name').fill('Remedy');
  await openJson(page);
  await writePolicy(page, 'policy-document', document);
  await page.getByTestId('save-policy').click();
  await expect(page.getByText('Policy Remedy created.')).toBeVisible();
  await page.goto(address);
  await expect(page.getByTestId('denial')).toContainText('Allowed now');
  await page.context().clearCookies();
  await enterAsUser(page, account.id, 'kim', PASSWORD);
  await page.goto('/iam/users');
  await expect(page.getByTestId('users-row')).toHaveCount(1);
});

test('against a Deny and under a boundary no Allow helps', async ({ page }) => {
  const account = await furnished();
  await signInAsRoot(page, account);
  await expect(page).toHaveURL(/\/console\/home/);
  const about = (action: string, resource: string) =>
    `/policysim/explain?principal=${encodeURIComponent(`arn:aws:iam::${account.id}:user/kim`)}&action=${action}&resource=${encodeURIComponent(resource)}`;
  await page.goto(about('s3:DeleteBucket', 'arn:aws:s3:::bills'));
  await expect(page.getByTestId('denied-sentence')).toContainText('with an explicit deny in an identity-based policy');
  await expect(page.getByTestId('no-allow-helps')).toContainText('No Allow helps while that Deny');
  const careful = page.getByTestId('asked-policy').filter({ hasText: 'Careful' });
  await expect(careful.getByTestId('statements-asked')).toContainText('Statement "One" (line 4), Deny: applies, and decides.');
  await expect(careful.locator('mark').first()).toBeVisible();

  await run(`iam.put_user_permissions_boundary(UserName="kim", PermissionsBoundary="${READ_ONLY}")`, keysOf(account));
  await page.goto(about('iam:CreateUser', 'user bob'));
  await expect(page.getByTestId('denied-sentence')).toContainText('because no identity-based policy allows the iam:CreateUser action');
  await expect(page.getByTestId('no-allow-helps')).toContainText('No Allow helps while that permissions boundary stands');

  const nothing = await page.goto('/policysim/explain');
  expect(nothing?.status()).toBe(404);
  await expect(page.getByTestId('no-denial')).toBeVisible();
});

test('who may not simulate is told so, with the way to ask', async ({ page }) => {
  const account = await furnished();
  await enterAsUser(page, account.id, 'kim', PASSWORD);
  await page.goto(`/policysim?source=arn:aws:iam::${account.id}:user/kim&action=s3:GetObject`);
  await page.getByTestId('run').click();
  await expect(
    page.getByTestId('denied-sentence').filter({ hasText: 'perform: iam:SimulatePrincipalPolicy on' }).first(),
  ).toBeVisible();
  await expect(page.getByTestId('source')).toHaveValue(`arn:aws:iam::${account.id}:user/kim`);
});
