// Lab 10.5 to 10.7: a key is rotated, users manage their own keys as far as a policy lets them, and root's key is warned of.
import { accountWith, boto3, keysOf } from '../fixtures/clients';
import { enterAsRoot, expect, expectAccessible, picture, signInAsUser, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { saved } from '../pages/download';
import { chooseLabels } from '../pages/labels';
import { identity, SECURITY, withTom } from '../pages/tom';

const OWN = '/iam/security_credentials';
const PASSWORD = 'Invented-Tom-Pass-1!';

test('Lab 10.5: a key is rotated without a moment in which none works', async ({ page }) => {
  const account = await withTom();
  const made = await boto3('key = iam.create_access_key(UserName="tom")["AccessKey"]\nprint(json.dumps([key["AccessKeyId"], key["SecretAccessKey"]]))', keysOf(account));
  const [firstId, firstSecret] = JSON.parse(made.out);
  await enterAsRoot(page, account);
  await chooseLabels(page, 'current');
  await page.goto('/iam/users/tom/create-access-key');
  await page.getByTestId('use-cli').check();
  await page.getByTestId('confirmed').check();
  await page.getByTestId('next').click();
  await page.getByTestId('description').fill('second');
  await page.getByTestId('submit-key').click();
  await awake(page);
  const file = await saved(page, 'download-key-cli');
  const [, id, secret] = file.text.split('\n')[1].split(',');
  const [first, second] = [{ id: firstId, secret: firstSecret }, { id, secret }];
  expect((await identity(first)).err).toBe('');
  expect((await identity(second)).err).toBe('');
  await page.goto(SECURITY);
  await awake(page);
  const row = page.getByTestId('access-keys-row').filter({ hasText: firstId });
  await row.getByTestId('key-actions').click();
  await page.getByRole('menuitem', { name: 'Deactivate', exact: true }).click();
  await page.getByRole('dialog', { name: 'Deactivate' }).getByTestId('confirm-switch').click();
  await expect(row.getByTestId('key-status')).toContainText('Inactive');
  expect((await identity(first)).err).toContain('The security token included in the request is invalid');
  expect((await identity(second)).err).toBe('');
  await awake(page);
  await row.getByTestId('key-actions').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: `Delete ${firstId}?` });
  await dialog.getByTestId('confirmation').fill(firstId);
  await dialog.getByTestId('confirm-delete').click();
  await expect(page.getByTestId('access-keys-row')).toHaveCount(1);
  expect((await identity(second)).err).toBe('');
});

test('Lab 10.6: own keys with permission, and nobody else\'s', async ({ page }) => {
  const { account } = await accountWith(`
for name in ["tom", "ann"]:
    iam.create_user(UserName=name)
iam.create_login_profile(UserName="tom", Password="${PASSWORD}")
iam.put_user_policy(UserName="tom", PolicyName="own", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [{
    "Effect": "Allow", "Action": ["iam:*AccessKey*", "iam:GetUser"], "Resource": "arn:aws:iam::*:user/\${aws:username}"}]}))
print("{}")`);
  await signInAsUser(page, account.id, 'tom', PASSWORD);
  await expect(page).toHaveURL(/\/console\/home/);
  await page.goto(OWN);
  await awake(page);
  await expect(page.getByText('You have no access keys.')).toBeVisible();
  await page.getByTestId('create-access-key').click();
  await expect(page.getByTestId('new-access-key-id')).toBeVisible();
  const file = await saved(page, 'download-key');
  const [id, secret] = file.text.split('\n')[1].split(',');
  await page.getByTestId('close-new-key').click();
  expect((await identity({ id, secret })).err).toBe('');
  await page.goto(OWN);
  await awake(page);
  await page.getByTestId('switch-key').click();
  await page.getByTestId('confirm-switch').click();
  await expect(page.getByTestId('key-status')).toContainText('Inactive');
  await awake(page);
  await page.getByTestId('delete-key').click();
  await page.getByTestId('confirm-delete').click();
  await expect(page.getByText('You have no access keys.')).toBeVisible();
  await page.goto('/iam/users/ann?section=security_credentials');
  await expect(page.getByTestId('access-denied').first()).toContainText('user/tom is not authorized to perform: iam:');
  await expect(page.getByText('AKIA')).toHaveCount(0);
});

for (const era of ['2020', 'current'] as const) {
  test(`Lab 10.7 with the labels of ${era}: root is warned, and its key is rootkey.csv`, async ({ page, account, browser }) => {
    await enterAsRoot(page, account);
    await chooseLabels(page, era);
    await page.goto(OWN);
    if (era === '2020') {
      await page.getByTestId('continue-to-credentials').click();
      await page.getByTestId('accordion-keys').locator('summary').click();
    }
    await awake(page);
    await page.getByTestId('create-access-key').click();
    const warning = page.getByRole('dialog', { name: era === '2020' ? 'Create New Access Key' : 'Alternatives to root user access keys' });
    await expect(warning.getByTestId('root-key-warning')).toBeVisible();
    await expectAccessible(page);
    await picture(browser, page, `root-key-warning-${era}`);
    await warning.getByTestId('root-key-understood').check();
    await warning.getByTestId('create-root-key').click();
    await expect(page.getByTestId('new-access-key-id')).toBeVisible();
    await awake(page);
    const file = await saved(page, 'download-key');
    expect(file.name).toBe('rootkey.csv');
    const [id, secret] =
      era === '2020'
        ? (/^AWSAccessKeyId=(\S+)\nAWSSecretKey=(\S+)\n$/.exec(file.text)?.slice(1) ?? [])
        : (/^\ufeffAccess key ID,Secret access key\n([^,]+),(\S+)\n$/.exec(file.text)?.slice(1) ?? []);
    const who = await identity({ id, secret });
    expect(who.out).toContain(':root');
    await page.getByTestId('close-new-key').click();
    await page.goto(`${OWN}?continue=1&section=keys`);
    await awake(page);
    if (era === '2020') {
      await page.getByTestId('delete-key').click();
      await page.getByTestId('confirm-delete').click();
    } else {
      await page.getByTestId('key-actions').click();
      await page.getByRole('menuitem', { name: 'Deactivate', exact: true }).click();
      await page.getByTestId('confirm-switch').click();
      await expect(page.getByTestId('key-status')).toContainText('Inactive');
      await awake(page);
      await page.getByTestId('key-actions').click();
      await page.getByRole('menuitem', { name: 'Delete' }).click();
      await page.getByTestId('confirmation').fill(id);
      await page.getByTestId('confirm-delete').click();
    }
    await expect(page.getByText('You have no access keys.')).toBeVisible();
    expect((await identity({ id, secret })).err).toContain('InvalidClientTokenId');
  });
}
