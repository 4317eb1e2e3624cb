// Lab 12, steps 1, 2, 7 and 8: a policy of the account's own is written, refused, reviewed, changed version by version,
// compared, rolled back, tagged and deleted. The bucket policy of step 8 needs buckets; here an Id is accepted and a
// Principal refused in a policy for users and groups.
import type { Page } from '@playwright/test';
import { accountWith, keysOf, run } from '../fixtures/clients';
import { enterAsRoot, expect, expectAccessible, picture, signInAsRoot, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { chooseLabels } from '../pages/labels';
import { allowing, arnOf, pageOf, withPolicy } from '../pages/own-policy';
import { expectPolicyField, openJson, writePolicy } from '../pages/policy-editor';

type Era = '2020' | 'current';

/** From the editor to the review, by the steps of the era. */
async function toReview(page: Page, era: Era): Promise<void> {
  await page.getByTestId('next').click();
  if (era === '2020') {
    await expect(page.getByTestId('step-title')).toHaveText('Add tags (optional)');
    await page.getByTestId('next').click();
  }
  await expect(page.getByTestId('review-summary')).toBeVisible();
}

for (const era of ['2020', 'current'] as const) {
  for (const scripts of [true, false]) {
    test.describe(`labels of ${era}, JavaScript ${scripts ? 'on' : 'off'}`, () => {
      test.use({ javaScriptEnabled: scripts });
      const ready = async (page: Page) => {
        if (!scripts) return;
        await awake(page);
        await expectAccessible(page);
      };

      test('a policy is written as JSON, refused with its place, reviewed and created', async ({ page, browser }) => {
        const { account } = await accountWith(`iam.create_policy(PolicyName="Taken", PolicyDocument=${JSON.stringify(allowing('s3:*'))})`);
        await enterAsRoot(page, account);
        await chooseLabels(page, era);
        await page.goto('/iam/policies');
        await page.getByTestId('create-policy').click();
        await openJson(page);
        await expect(page.getByTestId('policy-document')).toHaveValue(/2012-10-17/);
        await ready(page);

        const refused = async (text: string, ...sentences: string[]) => {
          await writePolicy(page, 'policy-document', text);
          await page.getByTestId('next').click();
          for (const sentence of sentences) {
            await expect(page.getByTestId('policy-document-field-error')).toContainText(sentence);
          }
          await expect(page.getByTestId('policy-document'), 'a refused document comes back').toHaveValue(text);
        };
        await refused('{\n  "Version": "2012-10-17",\n}', 'Syntax errors in policy.', 'Line 3, column 1');
        const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
        const policy = (changed: object, version = '2012-10-17') => JSON.stringify({ Version: version, Statement: [{ ...statement, ...changed }] });
        await refused(policy({ Resource: undefined }), 'Policy statement must contain resources.');
        await refused(policy({}, '2008-10-17'), 'Policy document must be version 2012-10-17 or greater.');
        await refused(policy({ Principal: '*' }), 'Policy document should not specify a principal.');
        await refused(policy({ Action: 's3:GetObject\u2019' }), 'A policy document can hold only');
        await refused(policy({ Action: `s3:${'x'.repeat(6200)}` }), 'Cannot exceed quota for PolicySize: 6144');
        if (scripts) await expectAccessible(page);

        // What can be saved and may not mean what it says is told in the review, with its line.
        await writePolicy(page, 'policy-document', allowing('iam:ListUserz', 'iam:PassRole'));
        await toReview(page, era);
        await expect(page.getByTestId('findings')).toContainText('Line 7: ');
        await expect(page.getByTestId('findings')).toContainText('has no action ListUserz. Did you mean iam:ListUsers?');
        await expect(page.getByTestId('security-findings')).toContainText('Line 8: iam:PassRole for every role');
        await ready(page);
        const back = async () => {
          if (era === '2020') {
            await page.getByTestId('previous').click();
            await expect(page.getByTestId('step-title')).toHaveText('Add tags (optional)');
          }
          await page.getByTestId('previous').click();
          await expect(page.getByTestId('step-title')).toHaveText(era === '2020' ? 'Create policy' : 'Specify permissions');
        };
        await back();
        await writePolicy(page, 'policy-document', policy({ Effect: 'Deny' }));
        await toReview(page, era);
        await expect(page.getByTestId('explicit-deny-row')).toHaveCount(1);
        await expect(page.getByTestId('grants-nothing')).toContainText('This policy does not grant any permissions.');
        await back();

        const statements = JSON.parse(allowing('iam:ListUsers', 'iam:ListGroups')) as object;
        const text = JSON.stringify({ Id: 'Bills', ...statements }, null, 4);
        await writePolicy(page, 'policy-document', text);
        await page.getByTestId('next').click();
        if (era === '2020') {
          await expect(page.getByTestId('step-title')).toHaveText('Add tags (optional)');
          await ready(page);
          if (scripts) await page.getByTestId('add-tag').click();
          await page.locator('#tags-1-value').fill('bills');
          await page.getByTestId('next').click();
          await expect(page.locator('#tags-1-key-error')).toContainText('You must specify a tag key');
          await page.locator('#tags-1-key').fill('team');
          await page.getByTestId('next').click();
        }
        await expect(page.getByTestId('allow-row')).toHaveCount(1);
        await expect(page.getByTestId('allow-row')).toContainText('IAM');
        await ready(page);
        await picture(browser, page, `create-policy-review-${era}-${scripts ? 'scripts' : 'plain'}`);

        await back();
        await expect(page.getByTestId('policy-document')).toHaveValue(text);
        await toReview(page, era);
        await page.getByTestId('create').click();
        await expect(page.getByTestId('policy-name-field-error')).toContainText('at least 1 character');
        await page.getByTestId('policy-description').fill('What the bills\' readers may.');
        await page.getByTestId('policy-name').fill('taken');
        await page.getByTestId('create').click();
        await expect(page.getByTestId('policy-name-field-error')).toContainText('A policy called taken already exists. Duplicate names are not allowed.');
        await expect(page.getByTestId('policy-description'), 'nothing typed is lost').toHaveValue('What the bills\' readers may.');
        await page.getByTestId('policy-name').fill('bills read');
        await page.getByTestId('create').click();
        await expect(page.getByTestId('policy-name-field-error')).toContainText('A policy name can hold only');
        await page.getByTestId('policy-name').fill('bills-read');
        // Enter means the way on, not Previous.
        await page.getByTestId('policy-name').press('Enter');
        await expect(page.getByText('The policy bills-read has been created.')).toBeVisible();
        await expect(page).toHaveURL(/type=CustomerManaged/);
        await expect(page.getByTestId('policies-row')).toHaveCount(2);

        await page.getByTestId('policy-bills-read').click();
        await expect(page.getByTestId('policy-summary')).toContainText('What the bills\' readers may.');
        if (era === '2020') {
          await page.getByTestId('tab-tags').click();
          await expect(page.locator('#tags-1-key')).toHaveValue('team');
        }
        await run(
          `
policy = iam.get_policy(PolicyArn="${arnOf(account, 'bills-read')}")["Policy"]
assert policy["Description"] == "What the bills' readers may.", policy
assert policy.get("Tags", []) == ${era === '2020' ? '[{"Key": "team", "Value": "bills"}]' : '[]'}, policy
iam.create_user(UserName="kim")
iam.attach_user_policy(UserName="kim", PolicyArn=policy["Arn"])
key = iam.create_access_key(UserName="kim")["AccessKey"]
kim = boto3.client("iam", **{**kw, "aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]})
assert kim.list_users()["Users"][0]["UserName"] == "kim"
kim.list_groups()
refused("AccessDenied", kim.list_policies)
`,
          keysOf(account),
        );
      });

      test('a policy is changed, a version is set as default, compared and deleted', async ({ page, browser }) => {
        const account = await withPolicy('iam:ListUsers', 'iam:ListGroups');
        await enterAsRoot(page, account);
        await chooseLabels(page, era);
        const place = pageOf(account, 'bills-read');
        await page.goto(place);
        await page.getByTestId('edit-policy').click();
        await expect(page.getByTestId('policy-document')).toHaveValue(allowing('iam:ListUsers'));
        await writePolicy(page, 'policy-document', '{');
        await page.getByTestId('next').click();
        await expect(page.getByTestId('policy-document-field-error')).toContainText('Syntax errors in policy.');
        await writePolicy(page, 'policy-document', allowing('iam:ListPolicies'));
        await page.getByTestId('next').click();
        await expect(page.getByTestId('changes-changed')).toHaveCount(1);
        await expect(page.getByTestId('changes')).toContainText('iam:ListUsers');
        await expect(page.getByTestId('changes')).toContainText('iam:ListPolicies');
        await expect(page.getByTestId('set-as-default')).toBeChecked();
        await ready(page);
        await page.getByTestId('save').click();
        await expect(page.getByText('The policy bills-read has been updated.')).toBeVisible();
        await page.goto(`${place}?section=permissions&view=json`);
        await expect(page.getByTestId('policy-json')).toContainText('iam:ListPolicies');

        await page.getByTestId('tab-policy_versions').click();
        const rows = page.getByTestId('policy-versions-row');
        await expect(rows).toHaveCount(3);
        await expect(rows.first()).toContainText('Default');
        await ready(page);
        const choose = async (version: string, button: string) => {
          if (scripts) await awake(page);
          await page.getByRole('radio', { name: `Select ${version}`, exact: true }).check();
          await page.getByTestId(button).click();
        };
        await page.goto(`${place}?section=policy_versions&action=set-default`);
        await expect(page.getByTestId('choose-first')).toContainText('Select a version first.');
        await choose('Version 1', 'set-default');
        await ready(page);
        await page.getByTestId('confirm-set-default').click();
        await expect(page.getByText('Version 1 is now the default version of bills-read.')).toBeVisible();
        await expect(rows.last()).toContainText('Default');
        await choose('Version 1', 'delete-version');
        await page.getByTestId('confirm-delete-version').click();
        await expect(page.getByText('Cannot delete the default version of a policy.').first()).toBeVisible();
        await choose('Version 2', 'delete-version');
        await page.getByTestId('confirm-delete-version').click();
        await expect(page.getByText('Version 2 of bills-read has been deleted.')).toBeVisible();
        await expect(rows).toHaveCount(2);

        await page.getByTestId('compare-from').selectOption('v1');
        await page.getByTestId('compare-to').selectOption('v3');
        await page.getByTestId('compare').click();
        await expect(page.getByTestId('version-diff-changed')).toHaveCount(1);
        await expect(page.getByTestId('version-diff')).toContainText('iam:ListUsers');
        await ready(page);
        await picture(browser, page, `policy-versions-${era}-${scripts ? 'scripts' : 'plain'}`);
        await page.getByTestId('version-v3').click();
        await expect(page.getByTestId('not-in-effect')).toContainText('Version 3 is not the one in effect.');
        await expect(page.getByTestId('policy-json')).toContainText('iam:ListPolicies');
      });

      test('the sixth version asks which one to delete', async ({ page }) => {
        const account = await withPolicy('s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:DeleteObject', 's3:ListAllMyBuckets');
        await enterAsRoot(page, account);
        await chooseLabels(page, era);
        const place = pageOf(account, 'bills-read');
        await page.goto(`${place}?section=permissions&action=edit`);
        await writePolicy(page, 'policy-document', allowing('iam:ListUsers'));
        await page.getByTestId('next').click();
        await expect(page.getByTestId('delete-version-v2'), 'the oldest that is not in effect').toBeChecked();
        await expect(page.getByTestId('delete-version-v1'), 'the default stays').toHaveCount(0);
        await ready(page);
        await page.getByTestId('delete-version-v4').check();
        await page.getByTestId('set-as-default').uncheck();
        await page.getByTestId('save').click();
        await expect(page.getByText('The policy bills-read has been updated.')).toBeVisible();
        await page.getByTestId('tab-policy_versions').click();
        const rows = page.getByTestId('policy-versions-row');
        await expect(rows).toHaveCount(5);
        await expect(page.getByTestId('version-v4')).toHaveCount(0);
        await expect(rows.first()).toContainText('Version 6');
        await expect(rows.last()).toContainText('Default');
      });

      test('a policy in use is not deleted; one that is free goes with its versions', async ({ page }) => {
        const account = await withPolicy('s3:GetObject', 's3:PutObject');
        const root = keysOf(account);
        const arn = arnOf(account, 'bills-read');
        await run(`iam.create_group(GroupName="Staff")\niam.attach_group_policy(GroupName="Staff", PolicyArn="${arn}")`, root);
        await enterAsRoot(page, account);
        await chooseLabels(page, era);
        const begin = async () => {
          await page.goto('/iam/policies?type=CustomerManaged');
          if (scripts) await awake(page);
          await page.getByRole('radio', { name: 'Select bills-read', exact: true }).check();
          await page.getByTestId('policy-actions').click();
          await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
          await expect(page.getByTestId('confirm-delete')).toBeVisible();
          await ready(page);
          if (era === 'current') await page.getByTestId('confirmation').fill('bills-read');
        };
        await begin();
        await expect(page.getByTestId('still-used')).toContainText('in use by 1 entity');
        await page.getByTestId('confirm-delete').click();
        await expect(page.getByText('Cannot delete a policy attached to entities.').first()).toBeVisible();
        // A refusal costs no version.
        await run(`assert len(iam.list_policy_versions(PolicyArn="${arn}")["Versions"]) == 2`, root);
        await run(`iam.detach_group_policy(GroupName="Staff", PolicyArn="${arn}")`, root);
        await begin();
        await page.getByTestId('confirm-delete').click();
        await expect(page.getByText('The policy bills-read has been deleted.')).toBeVisible();
        await page.goto('/iam/policies?type=CustomerManaged');
        await expect(page.getByTestId('no-policies')).toBeVisible();
      });

      test('tags of a policy are saved', async ({ page }) => {
        const account = await withPolicy('s3:GetObject');
        await enterAsRoot(page, account);
        await chooseLabels(page, era);
        await page.goto(`${pageOf(account, 'bills-read')}?section=tags`);
        await ready(page);
        if (scripts) await page.getByTestId('add-tag').click();
        await page.locator('#tags-1-value').fill('without a key');
        await page.getByTestId('save-tags').click();
        await expect(page.locator('#tags-1-key-error')).toContainText('You must specify a tag key');
        await expect(page.locator('#tags-1-value')).toHaveValue('without a key');
        await page.locator('#tags-1-key').fill('team');
        await page.getByTestId('save-tags').click();
        await expect(page.getByText('Tags of bills-read saved.')).toBeVisible();
        await expect(page.locator('#tags-1-key')).toHaveValue('team');
        await ready(page);
      });
    });
  }
}

test("one of AWS's policies can only be read, and a copy of it becomes the account's own", async ({ page, account }) => {
  await signInAsRoot(page, account);
  await expect(page).toHaveURL(/\/console\/home/);
  const place = '/iam/policies/arn:aws:iam::aws:policy/IAMReadOnlyAccess';
  await page.goto(place);
  await expect(page.getByTestId('edit-policy')).toHaveCount(0);
  await expect(page.getByTestId('delete-policy-button')).toHaveCount(0);
  await page.goto(`${place}?section=permissions&action=edit`);
  await expect(page.getByTestId('read-only')).toBeVisible();
  await page.goto(`${place}?action=delete`);
  await expect(page.getByTestId('cannot-delete')).toBeVisible();
  await page.goto(place);
  await page.getByTestId('import-copy').click();
  await expect(page.getByTestId('policy-document')).toHaveValue(/iam:List\*/);
  await toReview(page, '2020');
  await page.getByTestId('policy-name').fill('MyReadOnly');
  await page.getByTestId('create').click();
  await expect(page.getByText('The policy MyReadOnly has been created.')).toBeVisible();
  const answer = await page.goto('/iam/policies/create?import=arn:aws:iam::aws:policy/Nonsense');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('textbox', { name: 'JSON' }), 'the form is there all the same').toBeVisible();
});
