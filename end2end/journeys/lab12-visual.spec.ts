// Lab 12, step 1: a policy is built in the visual editor, seen as JSON, changed there, seen as blocks again, extended by a
// denial and by a managed policy, and created. Nothing is lost between the tabs, and nothing needs scripts.
import { accountWith, keysOf, run } from '../fixtures/clients';
import { enterAsRoot, expect, expectAccessible, picture, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { chooseLabels } from '../pages/labels';
import { allowing, arnOf, pageOf, withPolicy } from '../pages/own-policy';
import { openJson, writePolicy } from '../pages/policy-editor';
import { chooseService, documentOf, editButton, offered, openSection, openVisual, openWritten, tickActions } from '../pages/visual-editor';

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
