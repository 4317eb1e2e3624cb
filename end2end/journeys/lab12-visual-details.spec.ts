// Lab 12, step 1, in the visual editor's details: statements added to the JSON, ARNs edited where they stand, and conditions
// whose operators and values suit their key.
import { accountWith } from '../fixtures/clients';
import { enterAsRoot, expect, expectAccessible, picture, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { chooseLabels } from '../pages/labels';
import { openJson, writePolicy } from '../pages/policy-editor';
import { chooseService, documentOf, editButton, offered, openSection, openWritten, written } from '../pages/visual-editor';

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
