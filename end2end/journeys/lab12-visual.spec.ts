// Lab 12, step 1: a policy is built in the visual editor, seen as JSON, changed there, seen as blocks again, extended by a
// denial and by a managed policy, and created. Nothing is lost between the tabs, and nothing needs scripts.
import type { Page } from '@playwright/test';
import { accountWith, keysOf, run } from '../fixtures/clients';
import { enterAsRoot, expect, expectAccessible, picture, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { chooseLabels } from '../pages/labels';
import { allowing, arnOf, pageOf, withPolicy } from '../pages/own-policy';
import { openJson, writePolicy } from '../pages/policy-editor';
import { chooseService, documentOf, openSection, tickActions } from '../pages/visual-editor';

const MANAGED = 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';

const bills = {
  Effect: 'Allow',
  Action: ['s3:ListBucket', 's3:GetObject'],
  Resource: ['arn:aws:s3:::bills', 'arn:aws:s3:::bills/*'],
  Condition: {
    Bool: { 'aws:MultiFactorAuthPresent': 'true' },
    IpAddress: { 'aws:SourceIp': '203.0.113.0/24' },
    'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': ['team', 'cost*'] },
  },
};

async function openVisual(page: Page): Promise<void> {
  await page.getByTestId('tab-visual').click();
  await expect(page.getByTestId('tab-visual')).toHaveAttribute('aria-selected', 'true');
}

for (const era of ['2020', 'current'] as const) {
  test(`a policy is built by service and goes through JSON and back, under labels of ${era}`, async ({ page, browser }) => {
    const { account } = await accountWith('');
    await enterAsRoot(page, account);
    await chooseLabels(page, era);
    await page.goto('/iam/policies');
    await page.getByTestId('create-policy').click();
    const ready = async () => {
      await awake(page);
      await expectAccessible(page);
    };
    await ready();
    await expect(page.getByRole('tab', { name: era === '2020' ? 'Visual editor' : 'Visual' })).toHaveAttribute('aria-selected', 'true');

    // What is missing is said where it is missing.
    await page.getByTestId('next').click();
    await expect(page.getByTestId('service-0-error')).toHaveText(/Choose a service\./);
    await awake(page);
    await page.getByTestId('find-service').fill('s3');
    await expect(page.locator('#main').getByTestId('service-iam')).toBeHidden();
    await ready();
    // Enter takes the first that is left.
    await page.getByTestId('find-service').press('Enter');
    await expect(page.getByRole('heading', { name: 'S3', exact: true })).toBeVisible();
    await awake(page);
    await page.getByTestId('next').click();
    await expect(page.getByTestId('actions-0-error')).toHaveText(/Select at least one action\./);

    // Levels tick what is below them, and show when only some of it is.
    await ready();
    await page.getByTestId('level-list-all').check();
    await page.getByTestId('level-list').locator('summary').click();
    await expect(page.getByTestId('action-ListBucket')).toBeChecked();
    await page.getByTestId('action-ListBucket').uncheck();
    await expect(page.getByTestId('level-list-all')).toHaveJSProperty('indeterminate', true);
    await expect(page.getByTestId('level-list').locator('summary')).toContainText('17 of 18 actions');
    await picture(browser, page, `visual-actions-${era}`);
    await page.getByTestId('level-list-all').check();
    await page.getByTestId('level-list-all').uncheck();
    await tickActions(page, 'ListBucket', 'GetObject');
    await page.getByTestId('add-actions').fill('iam:ListUsers');
    await page.getByTestId('to-resources').click();
    await expect(page.getByTestId('add-actions-field-error')).toContainText('iam:ListUsers is an action of another service.');
    await expect(page.getByTestId('add-actions'), 'nothing typed is lost').toHaveValue('iam:ListUsers');
    await expect(page.getByTestId('action-GetObject')).toBeChecked();
    await page.getByTestId('add-actions').fill('');
    await page.getByTestId('to-resources').click();

    // ARNs are put together from their parts.
    await expect(page.getByTestId('resource-bucket')).toContainText('Specify bucket resource ARN for the ListBucket action.');
    await ready();
    await page.getByTestId('add-arn-bucket').click();
    const dialog = page.getByTestId('add-arn');
    await expect(dialog).toBeVisible();
    await ready();
    await page.getByTestId('arn-BucketName').press('Enter');
    await expect(page.getByTestId('arn-BucketName-field-error')).toContainText('Enter a value, or choose Any.');
    await awake(page);
    await page.getByTestId('arn-BucketName').fill('bills');
    await page.getByTestId('arn-BucketName').press('Enter');
    await expect(page.getByTestId('resource-bucket').getByTestId('arn-token')).toContainText('arn:aws:s3:::bills');
    await awake(page);
    await page.getByTestId('add-arn-object').click();
    await awake(page);
    await page.getByTestId('arn-BucketName').fill('bills');
    await page.getByTestId('arn-ObjectName-any').check();
    await page.getByTestId('confirm-arn').click();
    await expect(page.getByTestId('resource-object').getByTestId('arn-token')).toContainText('arn:aws:s3:::bills/*');
    await ready();
    await page.getByTestId('to-conditions').click();

    // Conditions: two with fields of their own, any other by key, operator and value.
    await ready();
    await page.getByTestId('mfa-required').check();
    await page.getByTestId('source-ip').fill('203.0.113.0/33');
    await page.getByTestId('tab-json').click();
    await expect(page.getByTestId('source-ip-field-error')).toContainText('203.0.113.0/33 is no IP address');
    await expect(page.getByTestId('mfa-required')).toBeChecked();
    await page.getByTestId('source-ip').fill('203.0.113.0/24');
    await page.getByTestId('add-condition').click();
    await ready();
    await page.getByTestId('condition-qualifier').selectOption('ForAnyValue');
    await page.getByTestId('condition-operator').selectOption('StringLike');
    await page.getByTestId('condition-if-exists').check();
    await page.getByTestId('condition-value').fill('team\ncost*');
    await page.getByTestId('confirm-condition').click();
    await expect(page.getByTestId('condition-key-field-error')).toContainText('Choose a condition key');
    await expect(page.getByTestId('condition-value'), 'nothing typed is lost').toHaveValue('team\ncost*');
    await page.getByTestId('condition-key').fill('aws:TagKeys');
    await page.getByTestId('confirm-condition').click();
    await expect(page.getByTestId('condition-token')).toContainText('aws:TagKeys ForAnyValue:StringLikeIfExists team or cost*');
    await picture(browser, page, `visual-conditions-${era}`);

    // The other tab says the same; what is written there is drawn, or carried along as it is.
    await openJson(page);
    expect(await documentOf(page)).toEqual({ Version: '2012-10-17', Statement: [{ Sid: 'VisualEditor0', ...bills }] });
    const raw = { Sid: 'Rest', Effect: 'Deny', NotAction: 's3:*', Resource: '*' };
    const both = { Sid: 'Both', Effect: 'Allow', Action: ['sqs:ListQueues', 'sns:ListTopics'], Resource: '*' };
    const text = JSON.stringify({ Version: '2012-10-17', Statement: [{ Sid: 'Bills', ...bills }, both, raw] }, null, 2);
    await awake(page);
    await writePolicy(page, 'policy-document', text);
    await openVisual(page);
    await expect(page.getByTestId('raw-3')).toContainText('NotAction');
    await expect(page.getByTestId('actions-1')).toContainText('Read (1 of');
    await ready();
    await picture(browser, page, `visual-blocks-${era}`);
    await openJson(page);
    await expect(page.getByTestId('policy-document'), 'what was not changed is not rewritten').toHaveValue(text);
    await awake(page);
    await writePolicy(page, 'policy-document', '{\n  "Version": "2012-10-17",\n}');
    await openVisual(page);
    await expect(page.getByTestId('cannot-draw')).toContainText('Line 3, column 1');
    await ready();
    await page.getByTestId('back-to-json').click();
    await expect(page.getByTestId('policy-document')).toHaveValue('{\n  "Version": "2012-10-17",\n}');
    await awake(page);
    await writePolicy(page, 'policy-document', text);
    await openVisual(page);

    // A denial, and the statements of a managed policy.
    await awake(page);
    await page.getByTestId('add-permissions').click();
    await chooseService(page, 4, 'iam');
    if (era === '2020') {
      await page.getByTestId('switch-effect').click();
      await expect(page.getByTestId('switch-effect')).toHaveText('Switch to allow permissions');
    } else {
      await page.getByTestId('effect-Deny').check();
    }
    await awake(page);
    await page.getByTestId('all-actions').click();
    await expect(page.getByTestId('level-write-all'), 'what all actions mean cannot be ticked one by one').toBeDisabled();
    await openSection(page, 4, 'resources');
    await page.getByTestId('resources-choice-all').check();
    await page.getByTestId('import-policy').click();
    await ready();
    await page.getByTestId('confirm-import').click();
    await expect(page.getByTestId('import-field-error')).toContainText('Choose a policy.');
    await awake(page);
    await page.getByTestId('find-import').fill('AmazonS3ReadOnly');
    await page.getByTestId('find-import').press('Enter');
    await page.getByTestId(`import-${MANAGED}`).check();
    await page.getByTestId('confirm-import').click();
    await expect(page.getByTestId('actions-5')).toContainText('s3:Get*');
    await expect(page.getByTestId('resources-5')).toContainText('All resources');

    await openJson(page);
    const document = (await documentOf(page)) as { Statement: { Action?: string[] }[] };
    expect(document.Statement.slice(0, 4)).toEqual([
      { Sid: 'Bills', ...bills },
      both,
      raw,
      { Sid: 'VisualEditor0', Effect: 'Deny', Action: 'iam:*', Resource: '*' },
    ]);
    expect(document.Statement).toHaveLength(5);
    expect(document.Statement[4]?.Action).toContain('s3:Get*');

    await openVisual(page);
    await page.getByTestId('next').click();
    if (era === '2020') await page.getByTestId('next').click();
    await expect(page.getByTestId('review-summary')).toBeVisible();
    await expect(page.getByTestId('explicit-deny-row').filter({ hasText: 'IAM' }).first()).toBeVisible();
    await expect(page.getByTestId('allow-row').filter({ hasText: 'SNS' })).toBeVisible();
    await page.getByTestId('policy-name').fill('bills-write');
    await page.getByTestId('create').click();
    await expect(page.getByText('The policy bills-write has been created.')).toBeVisible();
    const stored = await run(
      `print(json.dumps(iam.get_policy_version(PolicyArn="${arnOf(account, 'bills-write')}", VersionId="v1")["PolicyVersion"]["Document"]))`,
      keysOf(account),
    );
    expect(JSON.parse(stored)).toEqual(document);
  });
}

/** A policy as somebody wrote it by hand: some of it the editor would not offer. */
const written = {
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Bills',
      Effect: 'Allow',
      Action: ['s3:ListBucket', 's3:GetObject'],
      Resource: ['arn:aws:s3:::bills', 'arn:aws:s3:::bills/*', 'arn:aws:sqs:us-east-1:*:bills'],
      Condition: { StringLike: { 'aws:SourceIp': '10.*' } },
    },
  ],
};

async function openWritten(page: Page): Promise<void> {
  await page.goto('/iam/policies/create');
  await openJson(page);
  await writePolicy(page, 'policy-document', JSON.stringify(written));
  await openVisual(page);
}

const editButton = (page: Page, arn: string) => page.getByRole('button', { name: `Edit ${arn}`, exact: true });

/** What a list lets choose. */
const offered = (page: Page, testid: string) => page.getByTestId(testid).locator('option:not([disabled])');

test('a statement is added to the JSON and gone on with by service', async ({ page, browser }) => {
  const { account } = await accountWith('');
  await enterAsRoot(page, account);
  await chooseLabels(page, 'current');
  await page.goto('/iam/policies/create');
  await awake(page);
  await openJson(page);
  await awake(page);
  await writePolicy(page, 'policy-document', '{"Statement": [');
  await page.getByTestId('add-new-statement').click();
  await expect(page.getByTestId('statement-not-added')).toContainText('Line 1, column');
  await expect(page.getByTestId('policy-document'), 'nothing typed is lost').toHaveValue('{"Statement": [');
  await awake(page);
  await writePolicy(page, 'policy-document', JSON.stringify(written));
  await page.getByTestId('add-new-statement').click();
  await expect(page.getByTestId('edit-statement-2')).toHaveText('Statement1');
  const [first] = written.Statement;
  expect(await documentOf(page)).toEqual({
    ...written,
    Statement: [first, { Sid: 'Statement1', Effect: 'Allow', Action: [], Resource: [] }],
  });
  await awake(page);
  await expectAccessible(page);
  await picture(browser, page, 'json-statements');
  await page.getByRole('button', { name: 'Edit Statement1 in the visual editor' }).press('Enter');
  await expect(page.getByTestId('service-1')).toHaveAttribute('aria-expanded', 'true');
  await chooseService(page, 1, 'sqs');
  await openJson(page);
  await page.getByTestId('edit-statement-1').click();
  await expect(page.getByTestId('actions-0')).toHaveAttribute('aria-expanded', 'true');

  await chooseLabels(page, '2020');
  await page.goto('/iam/policies/create');
  await awake(page);
  await openJson(page);
  await expect(page.getByTestId('statement-panel'), 'the console of 2020 had none').toHaveCount(0);
});

test('an ARN is edited where it stands, and only then is it another', async ({ page, browser }) => {
  const { account } = await accountWith('');
  await enterAsRoot(page, account);
  await page.goto('/iam/policies/create');
  await awake(page);
  await openWritten(page);
  await openSection(page, 0, 'resources');
  await awake(page);
  await expectAccessible(page);

  // By keyboard: the dialog has the ARN's parts, Enter saves, and what is wrong is said at its field.
  await editButton(page, 'arn:aws:s3:::bills').press('Enter');
  await expect(page.getByTestId('add-arn').getByRole('heading', { name: 'Edit ARN' })).toBeVisible();
  await expect(page.getByTestId('arn-BucketName')).toHaveValue('bills');
  await expect(page.getByTestId('arn-BucketName-any')).not.toBeChecked();
  await awake(page);
  await expectAccessible(page);
  await picture(browser, page, 'visual-edit-arn');
  await page.getByTestId('arn-BucketName').fill('bills/may');
  await page.getByTestId('arn-BucketName').press('Enter');
  await expect(page.getByTestId('arn-BucketName-field-error')).toContainText("'/' cannot stand here.");
  await expect(page.getByTestId('arn-BucketName'), 'nothing typed is lost').toHaveValue('bills/may');
  await awake(page);
  await page.getByTestId('arn-BucketName').fill('receipts');
  await page.getByTestId('arn-BucketName').press('Enter');
  await expect(page.getByTestId('resource-bucket').getByTestId('arn-token')).toHaveText('arn:aws:s3:::receipts');
  await expect(page.getByTestId('add-arn')).toHaveCount(0);

  // A part that may be any, and the way back.
  await awake(page);
  await editButton(page, 'arn:aws:s3:::bills/*').click();
  await expect(page.getByTestId('arn-ObjectName-any')).toBeChecked();
  await awake(page);
  await page.getByTestId('arn-ObjectName-any').uncheck();
  await page.getByTestId('arn-ObjectName').fill('may');
  await page.getByTestId('cancel-arn').click();
  await expect(page.getByTestId('resource-object').getByTestId('arn-token')).toHaveText('arn:aws:s3:::bills/*');
  await awake(page);
  await editButton(page, 'arn:aws:s3:::bills/*').click();
  await awake(page);
  await page.getByTestId('arn-ObjectName-any').uncheck();
  await page.getByTestId('arn-ObjectName').fill('may/*');
  await page.getByTestId('confirm-arn').click();
  await expect(page.getByTestId('resource-object').getByTestId('arn-token')).toHaveText('arn:aws:s3:::bills/may/*');

  // An ARN of no type that the actions take has no parts here.
  await awake(page);
  await editButton(page, 'arn:aws:sqs:us-east-1:*:bills').click();
  await expect(page.getByTestId('arn-list')).toHaveValue('arn:aws:sqs:us-east-1:*:bills');
  await expect(page.getByTestId('arn-BucketName')).toHaveCount(0);
  await awake(page);
  await page.getByTestId('arn-list').fill('bills');
  await page.getByTestId('confirm-arn').click();
  await expect(page.getByTestId('arn-list-field-error')).toContainText('bills is no ARN');
  await awake(page);
  await page.getByTestId('arn-list').fill('arn:aws:s3:::one\narn:aws:s3:::two');
  await page.getByTestId('confirm-arn').click();
  await expect(page.getByTestId('add-arn')).toHaveCount(0);

  await openJson(page);
  const [statement] = written.Statement;
  const Resource = ['arn:aws:s3:::receipts', 'arn:aws:s3:::bills/may/*', 'arn:aws:s3:::one', 'arn:aws:s3:::two'];
  expect(await documentOf(page)).toEqual({ ...written, Statement: [{ ...statement, Resource }] });
});

test('operators suit the type of the key, and so must values', async ({ page, browser }) => {
  const { account } = await accountWith('');
  await enterAsRoot(page, account);
  await page.goto('/iam/policies/create');
  await awake(page);
  await openWritten(page);
  await openSection(page, 0, 'conditions');
  await expect(page.getByTestId('condition-token')).toContainText('aws:SourceIp StringLike 10.*');
  await awake(page);
  await page.getByTestId('add-condition').click();
  await awake(page);
  await expect(offered(page, 'condition-operator')).toHaveCount(27);

  const key = page.getByTestId('condition-key');
  await key.fill('aws:securetransport');
  await expect(offered(page, 'condition-operator')).toHaveText(['Bool', 'Null']);
  await expect(page.getByTestId('condition-operator')).toHaveValue('Bool');
  await expect(offered(page, 'condition-qualifier')).toHaveText(['Default']);
  await key.fill('aws:RequestTag/Team');
  await expect(offered(page, 'condition-operator')).toHaveCount(7);
  await key.fill('aws:TagKeys');
  await expect(offered(page, 'condition-qualifier')).toHaveCount(3);
  await page.getByTestId('condition-qualifier').selectOption('ForAllValues');
  await key.fill('aws:CurrentTime');
  await expect(page.getByTestId('condition-qualifier'), 'a key of one value has no qualifier').toHaveValue('None');
  await page.getByTestId('condition-operator').selectOption('DateGreaterThan');
  await page.getByTestId('condition-value').fill('tomorrow');
  await picture(browser, page, 'visual-condition-types');
  await expectAccessible(page);
  await page.getByTestId('confirm-condition').click();
  await expect(page.getByTestId('condition-value-field-error')).toContainText('tomorrow is no date as ISO 8601 writes it');
  await expect(page.getByTestId('condition-operator')).toHaveValue('DateGreaterThan');
  await awake(page);
  await expect(offered(page, 'condition-operator')).toHaveCount(7);
  await page.getByTestId('condition-value').fill('2026-08-01T00:00:00Z');
  await page.getByTestId('confirm-condition').click();
  await expect(page.getByTestId('condition-token').filter({ hasText: 'aws:CurrentTime' })).toContainText('DateGreaterThan 2026-08-01T00:00:00Z');

  for (const [name, operator, wrong, sentence, right] of [
    ['aws:SecureTransport', 'Bool', 'yes', 'yes is neither true nor false.', 'true'],
    ['aws:VpcSourceIp', 'NotIpAddress', '10.0.0.0/33', '10.0.0.0/33 is no IP address', '10.0.0.0/8'],
    ['aws:PrincipalArn', 'ArnLike', 'kim', 'kim is no ARN', 'arn:aws:iam::*:user/kim'],
    ['s3:signatureAge', 'NumericLessThan', 'few', 'few is no number', '600'],
  ] as const) {
    await awake(page);
    await page.getByTestId('add-condition').click();
    await awake(page);
    await key.fill(name);
    await page.getByTestId('condition-operator').selectOption(operator);
    await page.getByTestId('condition-value').fill(wrong);
    await page.getByTestId('confirm-condition').click();
    await expect(page.getByTestId('condition-value-field-error')).toContainText(sentence);
    await awake(page);
    await page.getByTestId('condition-value').fill(right);
    await page.getByTestId('confirm-condition').click();
    await expect(page.getByTestId('condition-token').filter({ hasText: name })).toContainText(`${operator} ${right}`);
  }

  // A key that only the server's catalogue knows is not in this block's list: the server says what suits it.
  await awake(page);
  await page.getByTestId('add-condition').click();
  await awake(page);
  await key.fill('kms:ValidTo');
  await page.getByTestId('condition-operator').selectOption('NumericEquals');
  await page.getByTestId('condition-value').fill('1');
  await page.getByTestId('confirm-condition').click();
  await expect(page.getByTestId('condition-operator-field-error')).toContainText('kms:ValidTo has the type Date, which NumericEquals does not compare.');
  await awake(page);
  await page.getByTestId('condition-operator').selectOption('Null');
  await page.getByTestId('condition-value').fill('true');
  await page.getByTestId('condition-if-exists').check();
  await page.getByTestId('confirm-condition').click();
  await expect(page.getByTestId('condition-operator-field-error')).toContainText('Clear "If exists".');
  await awake(page);
  await page.getByTestId('condition-if-exists').uncheck();
  await page.getByTestId('confirm-condition').click();
  await expect(page.getByTestId('condition-token').filter({ hasText: 'kms:ValidTo' })).toContainText('Null true');

  await openJson(page);
  const document = (await documentOf(page)) as typeof written;
  expect(document.Statement[0]?.Condition, 'what is not offered is kept as it was').toEqual({
    StringLike: { 'aws:SourceIp': '10.*' },
    DateGreaterThan: { 'aws:CurrentTime': '2026-08-01T00:00:00Z' },
    Bool: { 'aws:SecureTransport': 'true' },
    NotIpAddress: { 'aws:VpcSourceIp': '10.0.0.0/8' },
    ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/kim' },
    NumericLessThan: { 's3:signatureAge': '600' },
    Null: { 'kms:ValidTo': 'true' },
  });
});

test.describe('JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('ARNs are edited and operators looked up without scripts', async ({ page }) => {
    const { account } = await accountWith('');
    await enterAsRoot(page, account);
    await openWritten(page);
    await openSection(page, 0, 'resources');
    await editButton(page, 'arn:aws:s3:::bills').click();
    await expect(page.getByTestId('arn-BucketName')).toHaveValue('bills');
    await page.getByTestId('arn-BucketName').fill('receipts');
    await page.getByTestId('confirm-arn').click();
    await expect(page.getByTestId('resource-bucket').getByTestId('arn-token')).toHaveText('arn:aws:s3:::receipts');

    await openSection(page, 0, 'conditions');
    await page.getByTestId('add-condition').click();
    await page.getByTestId('condition-key').fill('aws:SecureTransport');
    await page.getByTestId('condition-value').fill('true');
    await page.getByTestId('look-up-key').click();
    await expect(page.getByTestId('condition-value'), 'nothing typed is lost').toHaveValue('true');
    await expect(offered(page, 'condition-operator')).toHaveText(['Bool', 'Null']);
    await page.getByTestId('confirm-condition').click();
    await expect(page.getByTestId('condition-token').filter({ hasText: 'aws:SecureTransport' })).toContainText('Bool true');
  });

  test('a policy is built without scripts', async ({ page }) => {
    const { account } = await accountWith('');
    await enterAsRoot(page, account);
    await page.goto('/iam/policies/create');
    await openSection(page, 0, 'service');
    await page.getByTestId('find-service').fill('sqs');
    await page.getByTestId('find-service').press('Enter');
    await expect(page.locator('#main').getByTestId('service-s3')).toBeHidden();
    await page.locator('#main').getByTestId('service-sqs').click();

    // The box of a level speaks for all below it, when it is ticked and when it no longer is.
    await page.getByTestId('level-read-all').check();
    await openSection(page, 0, 'resources');
    await expect(page.getByTestId('actions-0')).toContainText('Read (all)');
    await openSection(page, 0, 'actions');
    await page.getByTestId('level-read-all').uncheck();
    await page.getByTestId('level-write').locator('summary').click();
    await page.getByTestId('action-SendMessage').check();
    await page.getByTestId('add-actions').fill('Get*, Nonsense');
    await page.getByTestId('add-action').click();
    await expect(page.getByTestId('action-token')).toHaveCount(2);
    await expect(page.getByTestId('action-token').filter({ hasText: 'sqs:Nonsense' })).toContainText('No action of this name');
    await page.getByRole('button', { name: 'Remove sqs:Nonsense' }).click();
    await expect(page.getByTestId('action-GetQueueUrl')).toBeDisabled();

    await openSection(page, 0, 'resources');
    await page.getByTestId('add-arn-queue').click();
    await page.getByTestId('arn-Region').fill('us-east-1');
    await expect(page.getByTestId('arn-Account')).toHaveValue(account.id);
    await page.getByTestId('arn-QueueName').fill('bills');
    await page.getByTestId('confirm-arn').click();
    const queue = `arn:aws:sqs:us-east-1:${account.id}:bills`;
    await expect(page.getByTestId('arn-token')).toContainText(queue);
    await page.getByTestId('clone-0').click();
    await page.getByTestId('remove-0').click();
    await openJson(page);
    expect(await documentOf(page)).toEqual({
      Version: '2012-10-17',
      Statement: [{ Sid: 'VisualEditor1', Effect: 'Allow', Action: ['sqs:SendMessage', 'sqs:Get*'], Resource: queue }],
    });
    await openVisual(page);
    await page.getByTestId('next').click();
    await page.getByTestId('next').click();
    await page.getByTestId('policy-name').fill('queues');
    await page.getByTestId('create').click();
    await expect(page.getByText('The policy queues has been created.')).toBeVisible();
  });

  test('another version, and an inline policy, are built the same way', async ({ page }) => {
    const account = await withPolicy('iam:ListUsers');
    await run('iam.create_user(UserName="tom")', keysOf(account));
    await enterAsRoot(page, account);
    await page.goto(`${pageOf(account, 'bills-read')}?section=permissions&action=edit`);
    await expect(page.getByTestId('policy-document')).toHaveValue(allowing('iam:ListUsers'));
    await openVisual(page);
    await openSection(page, 0, 'actions');
    await page.getByTestId('level-list').locator('summary').click();
    await page.getByTestId('action-ListGroups').check();
    await page.getByTestId('next').click();
    await expect(page.getByTestId('changes')).toContainText('iam:ListGroups');
    await page.getByTestId('previous').click();
    await expect(page.getByTestId('tab-visual')).toHaveAttribute('aria-selected', 'true');
    await page.getByTestId('next').click();
    await page.getByTestId('save').click();
    await expect(page.getByText('The policy bills-read has been updated.')).toBeVisible();

    await page.goto('/iam/users/tom/inline');
    await page.getByTestId('save-policy').click();
    await expect(page.getByTestId('policy-name-field-error')).toContainText('at least 1 character');
    await expect(page.getByTestId('service-0-error')).toContainText('Choose a service.');
    await page.getByTestId('policy-name').fill('own');
    await page.locator('#main').getByTestId('service-iam').click();
    await expect(page.getByTestId('policy-name'), 'nothing typed is lost').toHaveValue('own');
    await page.getByTestId('level-read-all').check();
    await openSection(page, 0, 'resources');
    await page.getByTestId('resources-choice-all').check();
    await page.getByTestId('save-policy').click();
    await expect(page.getByText('Policy own created.')).toBeVisible();
  });
});
