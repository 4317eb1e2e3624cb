// Lab 12, steps 3 to 6: what policies do. One is attached to a group and bounds a user, an inline one goes with its user,
// a Deny wins over AdministratorAccess, and whom no policy allows anything is refused everything but the sign-in. Of
// step 7: what a refusal leaves as it was.
import { accountWith, keysOf, run } from '../fixtures/clients';
import { enterAsRoot, enterAsUser, expect, expectAccessible, signInAsUser, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { chooseLabels } from '../pages/labels';
import { allowing, arnOf, pageOf, withPolicy } from '../pages/own-policy';
import { openJson, writePolicy } from '../pages/policy-editor';

const PASSWORD = 'Invented-Tom-1!';

for (const era of ['2020', 'current'] as const) {
  test(`an own policy is attached to a group from the list, and bounds a user, under labels of ${era}`, async ({ page }) => {
    const account = await withPolicy('iam:ListUsers');
    await run('iam.create_group(GroupName="Staff")\niam.create_user(UserName="kim")', keysOf(account));
    await enterAsRoot(page, account);
    await chooseLabels(page, era);
    await page.goto('/iam/policies?type=CustomerManaged');
    await awake(page);
    await page.getByRole('radio', { name: 'Select bills-read', exact: true }).check();
    await expect(page.getByTestId('policy-actions')).toHaveText(era === '2020' ? 'Policy actions' : 'Actions');
    await page.getByTestId('policy-actions').click();
    await page.getByRole('menuitem', { name: 'Attach', exact: true }).click();
    await awake(page);
    await page.getByTestId('entity-type').click();
    await page.getByRole('menuitem', { name: 'Groups' }).click();
    await expect(page.getByTestId('entities-row')).toHaveCount(1);
    await awake(page);
    await page.getByRole('checkbox', { name: 'Select group Staff' }).check();
    await expect(page.getByTestId('confirm-attach')).toHaveText('Attach policy');
    await page.getByTestId('confirm-attach').click();
    await expect(page.getByText('Policy bills-read attached to group Staff.')).toBeVisible();

    await page.goto('/iam/users/kim?section=permissions&action=boundary&query=bills-read');
    await awake(page);
    await page.getByRole('radio', { name: 'Select bills-read', exact: true }).check();
    await page.getByTestId('pick-submit').click();
    await expect(page.getByText('Permissions boundary of kim set.')).toBeVisible();
    await expect(page.getByTestId('boundary-arn')).toContainText(arnOf(account, 'bills-read'));
    await page.goto(`${pageOf(account, 'bills-read')}?section=policy_usage`);
    await expect(page.getByTestId('attached-entities-row')).toHaveText(/Staff/);
    await expect(page.getByTestId('bounded-entities-row')).toHaveText(/kim/);
    await page.goto('/iam/policies?type=CustomerManaged');
    await expect(page.getByTestId('policies-row')).toContainText('Permissions policy (1) and Boundary (1)');
  });
}

test('an inline policy is none of the list, and goes with its user', async ({ page }) => {
  const { account } = await accountWith('iam.create_user(UserName="ann")');
  await enterAsRoot(page, account);
  await page.goto('/iam/users/ann');
  await page.getByTestId('add-inline-policy').click();
  await openJson(page);
  await page.getByTestId('policy-name').fill('own');
  await writePolicy(page, 'policy-document', allowing('iam:GetUser'));
  await page.getByTestId('save-policy').click();
  await expect(page.getByText('Policy own created.')).toBeVisible();
  await expect(page.getByTestId('user-policies-row')).toContainText('Inline policy');
  await page.goto('/iam/policies?type=CustomerManaged');
  await expect(page.getByTestId('no-policies')).toBeVisible();
  await page.goto('/iam/users/ann');
  await awake(page);
  await page.getByTestId('delete-user').click();
  await page.getByRole('dialog', { name: 'Delete user' }).getByTestId('confirm-delete').click();
  await expect(page.getByTestId('no-users')).toBeVisible();
  // A user of the same name has nothing of it.
  await run('iam.create_user(UserName="ann")\nassert iam.list_user_policies(UserName="ann")["PolicyNames"] == []', keysOf(account));
});

test('a Deny wins over AdministratorAccess, and only for what it names', async ({ page }) => {
  // The lab denies s3:DeleteObject. An action of IAM stands for it here: the decision is the same one for every service,
  // and IAM is the service whose operations this version runs.
  const deny = { Version: '2012-10-17', Statement: [{ Sid: 'KeepGroups', Effect: 'Deny', Action: 'iam:DeleteGroup', Resource: '*' }] };
  const { account, out } = await accountWith(`
for name in ("Admins", "Old"):
    iam.create_group(GroupName=name)
iam.attach_group_policy(GroupName="Admins", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
iam.create_user(UserName="tom")
iam.create_login_profile(UserName="tom", Password="${PASSWORD}", PasswordResetRequired=False)
iam.add_user_to_group(GroupName="Admins", UserName="tom")
key = iam.create_access_key(UserName="tom")["AccessKey"]
print(key["AccessKeyId"], key["SecretAccessKey"])
`);
  const [id = '', secret = ''] = out.split(' ');
  await enterAsRoot(page, account);
  await page.goto('/iam/groups/Admins?section=permissions');
  await page.getByTestId('add-inline-policy').click();
  await openJson(page);
  await page.getByTestId('policy-name').fill('keep-groups');
  await writePolicy(page, 'policy-document', JSON.stringify(deny, null, 2));
  await page.getByTestId('save-policy').click();
  await expect(page.getByText('Policy keep-groups created.')).toBeVisible();

  await page.context().clearCookies();
  await enterAsUser(page, account.id, 'tom', PASSWORD);
  await page.goto('/iam/groups');
  await awake(page);
  await page.getByRole('checkbox', { name: 'Select Old' }).check();
  await page.getByTestId('group-actions').click();
  await page.getByRole('menuitem', { name: 'Delete Group' }).click();
  await awake(page);
  await page.getByRole('dialog', { name: /^Delete Group/ }).getByRole('button', { name: 'Yes, Delete' }).click();
  await expect(page.getByTestId('not-deleted')).toContainText('Old was not deleted');
  const sentence = 'is not authorized to perform: iam:DeleteGroup on resource: group Old with an explicit deny in an identity-based policy';
  await expect(page.getByTestId('denied-sentence')).toContainText(sentence);
  await expect(page.getByTestId('access-denied')).toContainText('keep-groups');
  await expectAccessible(page);
  await run(
    `
message = refused("AccessDenied", iam.delete_group, GroupName="Old")
assert message.endswith(${JSON.stringify(sentence)}), message
iam.create_group(GroupName="New")
iam.update_group(GroupName="Old", NewGroupName="Older")
`,
    { id, secret },
  );
});

test('whom no policy allows anything signs in and is refused every page', async ({ page }) => {
  const { account } = await accountWith(`
iam.create_user(UserName="tom")
iam.create_login_profile(UserName="tom", Password="${PASSWORD}", PasswordResetRequired=False)
`);
  await signInAsUser(page, account.id, 'tom', PASSWORD);
  await expect(page).toHaveURL(/\/console\/home/);
  for (const path of ['/iam/home', '/iam/users', '/iam/groups', '/iam/policies', '/iam/policies/arn:aws:iam::aws:policy/ReadOnlyAccess', '/iam/account_settings']) {
    await page.goto(path);
    await expect(page.getByTestId('access-denied').first(), path).toBeVisible();
  }
  // A form that nobody had to be allowed to see: sending it is refused, and nothing typed is lost.
  await page.goto('/iam/policies/create?editor=json');
  await writePolicy(page, 'policy-document', allowing('*'));
  await page.getByTestId('next').click();
  await expect(page.getByTestId('step-title')).toHaveText('Add tags (optional)');
  await page.getByTestId('next').click();
  await page.getByTestId('policy-name').fill('mine');
  await page.getByTestId('create').click();
  await expect(page.getByTestId('denied-sentence')).toContainText('is not authorized to perform: iam:CreatePolicy on');
  await expect(page.getByTestId('policy-name')).toHaveValue('mine');
  await expect(page.getByTestId('allow-row').first()).toBeVisible();
});

test('a sixth version that is refused costs none of the five', async ({ page }) => {
  const account = await withPolicy('s3:GetObject', 's3:PutObject', 's3:ListBucket', 's3:DeleteObject', 's3:ListAllMyBuckets');
  const reader = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['iam:Get*', 'iam:List*', 'iam:DeletePolicyVersion'], Resource: '*' }] };
  await run(
    `
iam.create_user(UserName="tom")
iam.create_login_profile(UserName="tom", Password="${PASSWORD}", PasswordResetRequired=False)
iam.put_user_policy(UserName="tom", PolicyName="reader", PolicyDocument=json.dumps(${JSON.stringify(reader)}))
`,
    keysOf(account),
  );
  await enterAsUser(page, account.id, 'tom', PASSWORD);
  await page.goto(`${pageOf(account, 'bills-read')}?section=permissions&action=edit`);
  await writePolicy(page, 'policy-document', allowing('iam:ListUsers'));
  await page.getByTestId('next').click();
  await page.getByTestId('delete-version-v4').check();
  await page.getByTestId('save').click();
  await expect(page.getByTestId('denied-sentence').first()).toContainText('is not authorized to perform: iam:CreatePolicyVersion on');
  await expect(page.getByTestId('delete-version-v4'), 'the choice stays').toBeChecked();
  await expect(page.getByTestId('changes'), 'what was typed stays').toContainText('iam:ListUsers');
  await run(`assert len(iam.list_policy_versions(PolicyArn="${arnOf(account, 'bills-read')}")["Versions"]) == 5`, keysOf(account));
});
