// A user's page: permissions in three ways, another name, the tabs, and today's "Retrieve password". Access keys and the
// console password have journeys of their own (Labs 10 and 18).
import { accountWith } from '../fixtures/clients';
import { type Account, enterAsRoot, expect, expectAccessible, picture, signInAsUser, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { saved } from '../pages/download';
import { chooseLabels } from '../pages/labels';

/** An account with the user tom and what the program adds. */
async function withTom(program = ''): Promise<Account> {
  return (await accountWith(`iam.create_user(UserName="tom")\n${program}`)).account;
}

const FRIENDS = `
iam.create_group(GroupName="Admins")
iam.attach_group_policy(GroupName="Admins", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
iam.create_user(UserName="model")
iam.add_user_to_group(GroupName="Admins", UserName="model")
iam.attach_user_policy(UserName="model", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
iam.put_user_permissions_boundary(UserName="model", PermissionsBoundary="arn:aws:iam::aws:policy/PowerUserAccess")
`;

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('permissions are added in three ways, and each ✕ does what its row came by', async ({ page, browser }) => {
      test.slow();
      const account = await withTom(FRIENDS);
      await enterAsRoot(page, account);
      await page.goto('/iam/users/tom');
      await expect(page.getByTestId('user-policies')).toContainText('No policies');
      await page.getByTestId('add-permissions').click();
      await page.getByTestId('next').click();
      await expect(page.getByTestId('form-errors')).toContainText('Select at least one row');

      // By policies: what is picked stays while the search changes.
      await page.getByTestId('permissions-policies').click();
      const search = async (text: string) => {
        await page.getByTestId('permissions-query').fill(text);
        await page.getByTestId('search-permissions').click();
        await expect(page.getByTestId('permissions-query')).toHaveValue(text);
      };
      const pick = (name: string) => page.getByRole('row').filter({ hasText: name }).getByRole('checkbox').first().check();
      await search('AmazonS3ReadOnlyAccess');
      await expect(page.getByText('Showing 1 result', { exact: true })).toBeVisible();
      await pick('AmazonS3ReadOnlyAccess');
      await search('IAMReadOnlyAccess');
      await expect(page.getByTestId('selected-before')).toContainText('AmazonS3ReadOnlyAccess');
      await pick('IAMReadOnlyAccess');
      if (javaScriptEnabled) {
        await expectAccessible(page);
        await picture(browser, page, 'add-permissions');
      }
      await search('no such policy');
      await expect(page.getByText("We can't find a match.")).toBeVisible();
      await page.getByTestId('next').click();
      await expect(page.getByTestId('permissions-summary')).toContainText('AmazonS3ReadOnlyAccess');
      await expect(page.getByTestId('permissions-summary')).toContainText('IAMReadOnlyAccess');
      await page.getByTestId('previous').click();
      await expect(page.getByTestId('selected-before')).toHaveCount(2);
      await page.getByTestId('next').click();
      await page.getByTestId('confirm-add-permissions').click();
      await expect(page.getByText('Permissions added to tom.')).toBeVisible();
      const rows = page.getByTestId('user-policies-row');
      await expect(rows).toHaveCount(2);
      await expect(rows.first()).toContainText('Attached directly');

      // By a group.
      await page.getByTestId('add-permissions').click();
      await pick('Admins');
      await page.getByTestId('next').click();
      await page.getByTestId('confirm-add-permissions').click();
      await expect(rows.filter({ hasText: 'AdministratorAccess' })).toContainText('Attached from group Admins');

      // As another user has them: only what is missing.
      await page.getByTestId('add-permissions').click();
      await page.getByTestId('permissions-copy').click();
      await page.getByRole('row').filter({ hasText: 'model' }).getByRole('radio').check();
      await page.getByTestId('next').click();
      const summary = page.getByTestId('permissions-summary');
      await expect(summary).toContainText('ReadOnlyAccess');
      await expect(summary).toContainText('Permissions boundary');
      await expect(summary).not.toContainText('Admins');
      await page.getByTestId('confirm-add-permissions').click();
      await expect(page.getByTestId('boundary-arn')).toContainText('PowerUserAccess');
      if (!javaScriptEnabled) return;

      await awake(page);
      await page.getByTestId('detach-amazons3readonlyaccess').click();
      await page.getByRole('dialog', { name: 'Detach policy' }).getByTestId('confirm-detach').first().click();
      await expect(page.getByText('Policy AmazonS3ReadOnlyAccess detached.')).toBeVisible();
      await awake(page);
      await page.getByTestId('leave-admins-administratoraccess').click();
      await page.getByRole('dialog', { name: 'Remove user from group' }).getByTestId('confirm-leave').click();
      await expect(page.getByText('User tom removed from group Admins.')).toBeVisible();
      await expect(rows.filter({ hasText: 'AdministratorAccess' })).toHaveCount(0);
    });
  });
}

test('the eleventh policy is refused, and what was picked is still there', async ({ page }) => {
  const account = await withTom(`
for name in ["ReadOnlyAccess", "PowerUserAccess", "IAMReadOnlyAccess", "IAMFullAccess", "AmazonS3ReadOnlyAccess", "AmazonS3FullAccess",
             "AmazonEC2ReadOnlyAccess", "AmazonEC2FullAccess", "CloudWatchReadOnlyAccess", "CloudWatchFullAccess"]:
    iam.attach_user_policy(UserName="tom", PolicyArn="arn:aws:iam::aws:policy/" + name)
`);
  await enterAsRoot(page, account);
  await page.goto('/iam/users/tom/add-permissions?by=policies');
  await page.getByTestId('permissions-query').fill('AmazonSNSReadOnlyAccess');
  await page.keyboard.press('Enter');
  await page.getByRole('row').filter({ hasText: 'AmazonSNSReadOnlyAccess' }).getByRole('checkbox').check();
  await page.getByTestId('next').click();
  await page.getByTestId('confirm-add-permissions').click();
  await expect(page.getByTestId('problem')).toContainText('Cannot exceed quota for PoliciesPerUser: 10');
  await expect(page.getByTestId('permissions-summary')).toContainText('AmazonSNSReadOnlyAccess');
});

test('another name: what hangs on the user stays, a taken or broken name is refused', async ({ page }) => {
  const account = await withTom('iam.create_user(UserName="kim")\niam.attach_user_policy(UserName="tom", PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")');
  await enterAsRoot(page, account);
  await page.goto('/iam/users/tom');
  const dialog = page.getByRole('dialog', { name: 'Rename user' });
  const rename = async (name: string) => {
    await awake(page);
    if (!(await dialog.isVisible())) await page.getByTestId('rename-user').click();
    await dialog.getByTestId('new-user-name').fill(name);
    await dialog.getByTestId('confirm-rename').click();
  };
  await rename('a b');
  await expect(dialog.getByTestId('new-user-name-field-error')).toContainText('letters, digits');
  await expect(dialog.getByTestId('new-user-name')).toHaveValue('a b');
  await rename('KIM');
  await expect(dialog).toContainText('User with name KIM already exists.');
  await expectAccessible(page);
  await rename('tim');
  await expect(page.getByText('User tom renamed to tim.')).toBeVisible();
  await expect(page).toHaveURL(/\/iam\/users\/tim$/);
  await expect(page.getByTestId('user-summary')).toContainText(`arn:aws:iam::${account.id}:user/tim`);
  await expect(page.getByTestId('user-policies-row')).toHaveCount(1);
  await rename('..');
  await expect(page.getByTestId('user-summary')).toContainText(`arn:aws:iam::${account.id}:user/..`);
  const gone = await page.goto('/iam/users/tom');
  expect(gone?.status()).toBe(404);
  await expect(page.getByTestId('no-such-user')).toContainText('The user with name tom cannot be found.');
});

test('every tab has an address; groups, tags, and the place of the last accesses', async ({ page, browser }) => {
  const account = await withTom('iam.create_group(GroupName="Ops")');
  await enterAsRoot(page, account);
  await page.goto('/iam/users/tom?section=access_advisor');
  await expect(page.getByTestId('tab-access_advisor')).toHaveText('Access Advisor');
  await expect(page.getByTestId('no-services-allowed'), 'tom has no policies').toBeVisible();
  await expectAccessible(page);
  await page.getByTestId('tab-groups').click();
  await page.getByTestId('add-to-groups').click();
  await awake(page);
  await page.getByRole('row').filter({ hasText: 'Ops' }).getByRole('checkbox').check();
  await page.getByTestId('join-groups').click();
  await expect(page.getByTestId('tab-groups')).toHaveText('Groups (1)');
  await awake(page);
  await page.getByTestId('leave-ops').click();
  await page.getByTestId('confirm-leave').click();
  await expect(page.getByTestId('tab-groups')).toHaveText('Groups (0)');
  await chooseLabels(page, 'current');
  await page.goto('/iam/users/tom?section=access_advisor');
  await expect(page.getByTestId('tab-access_advisor')).toHaveText('Last Accessed');
  await expect(page.getByTestId('page-title')).toHaveText('tom');
  await expect(page.getByTestId('summary-create-key')).toBeVisible();
  await picture(browser, page, 'user-current');
});

test('today the wizard ends with Retrieve password, and asks before it is lost unseen', async ({ page, account, browser }) => {
  await enterAsRoot(page, account);
  await chooseLabels(page, 'current');
  const through = async (name: string) => {
    await page.goto('/iam/users/create');
    await awake(page);
    await expect(page.getByTestId('programmatic-access')).toHaveCount(0);
    await page.getByTestId('user-name-1').fill(name);
    await page.getByLabel('Provide user access to the AWS Management Console').check();
    for (let step = 0; step < 4; step++) await page.getByTestId('next').click();
    await expect(page.getByTestId('step-title')).toHaveText('Retrieve password');
  };
  await through('kim');
  await expect(page.getByTestId('create-success')).toContainText('User created successfully');
  await expect(page.getByTestId('sign-in-details')).toContainText(`/signin/${account.id}/console`);
  await expect(page.locator('.wizard__step--done button'), 'what is done cannot be gone back to').toHaveCount(0);
  await expectAccessible(page);
  await picture(browser, page, 'retrieve-password');
  await page.getByTestId('close-wizard').click();
  const asked = page.getByRole('dialog', { name: 'Continue without viewing or downloading console password' });
  await expect(asked).toBeVisible();
  await asked.getByTestId('stay').click();
  const file = await saved(page, 'download-csv');
  expect(file.name).toBe('kim_credentials.csv');
  const [header, line] = file.text.replace('\u{feff}', '').split('\n');
  expect(header).toBe('User name,Password,Console sign-in URL');
  const draft = decodeURIComponent((await page.getByTestId('email-instructions').getAttribute('href')) ?? '');
  expect(draft).toContain(`ending in ${account.id.slice(-4)}`);
  expect(draft).not.toContain(line.split(',')[1]);
  await page.getByTestId('close-wizard').click();
  await expect(page).toHaveURL(/\/iam\/users$/);

  await through('lee');
  await page.getByTestId('close-wizard').click();
  await asked.getByTestId('continue-unseen').click();
  await expect(page.getByRole('link', { name: 'lee' })).toBeVisible();

  await page.context().clearCookies();
  await signInAsUser(page, account.id, 'kim', line.split(',')[1]);
  await expect(page.getByRole('heading', { name: 'You must change your password to continue' })).toBeVisible();
});
