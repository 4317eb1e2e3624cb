// Policies: the list of all managed ones, a policy's page with all its tabs, attaching and detaching from there.
import { accountWith } from '../fixtures/clients';
import { type Account, enterAsRoot, expect, expectAccessible, picture, signInAsRoot, signInAsUser, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { chooseLabels } from '../pages/labels';

const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const PASSWORD = 'Invented-Kim-1!';

/** An account with the users kim (a password, no policy) and lee, bounded by ReadOnlyAccess, and the group Staff. */
async function furnished(): Promise<Account> {
  const made = await accountWith(
    `
for name in ("kim", "lee"):
    iam.create_user(UserName=name)
iam.create_login_profile(UserName="kim", Password="${PASSWORD}", PasswordResetRequired=False)
iam.put_user_permissions_boundary(UserName="lee", PermissionsBoundary="${READ_ONLY}")
iam.create_group(GroupName="Staff")
`,
  );
  return made.account;
}

for (const era of ['2020', 'current'] as const) {
  test(`the list finds, narrows, sorts and turns pages, under labels of ${era}`, async ({ page, account, browser }) => {
    await enterAsRoot(page, account);
    await chooseLabels(page, era);
    await page.goto('/iam/policies');
    await awake(page);
    const rows = page.getByTestId('policies-row');
    await expect(rows).toHaveCount(20);
    await expect(page.getByTestId('policy-actions')).toHaveText(era === '2020' ? 'Policy actions' : 'Actions');
    await expect(page.getByText(era === '2020' ? 'Showing 1594 results' : '(1594)')).toBeVisible();
    await expectAccessible(page);
    await picture(browser, page, `policies-${era}`);

    await page.getByTestId('pagination').getByRole('link', { name: 'Page 2', exact: true }).click();
    await expect(page).toHaveURL(/page=2/);
    await expect(rows).toHaveCount(20);
    await page.getByRole('link', { name: 'Policy name' }).click();
    await expect(page.getByRole('columnheader', { name: 'Policy name' })).toHaveAttribute('aria-sort', 'descending');

    await page.goto('/iam/policies');
    await awake(page);
    await page.getByTestId('policy-type').click();
    await page.getByRole('menuitem', { name: 'AWS managed - job function' }).click();
    await expect(rows).toHaveCount(15);
    await expect(page.getByTestId('pagination'), 'one page needs no arrows').toHaveCount(0);
    await awake(page);
    await page.getByTestId('policy-type').click();
    await page.getByRole('menuitem', { name: 'Customer managed' }).click();
    await expect(page.getByTestId('no-policies')).toBeVisible();

    await page.goto('/iam/policies?query=no-such-policy');
    await expect(page.getByText("We can't find a match.")).toBeVisible();
    await page.getByRole('link', { name: 'Clear filter' }).last().click();
    await expect(rows).toHaveCount(20);
    const find = page.getByTestId('find-policies');
    await find.fill('AdministratorAccess');
    await find.press('Enter');
    await expect(rows.first()).toContainText('AdministratorAccess');
    await expect(rows.first()).toContainText('Allows all actions of all services.');
  });

  test(`a policy's page shows what it says, under labels of ${era}`, async ({ page, account, browser }) => {
    await enterAsRoot(page, account);
    await chooseLabels(page, era);
    await page.goto('/iam/policies?query=AmazonS3FullAccess');
    await page.getByTestId('policy-amazons3fullaccess').click();
    await awake(page);
    await expect(page.getByTestId('page-title')).toHaveText(era === '2020' ? 'Summary' : 'AmazonS3FullAccess');
    await expect(page.getByTestId('policy-summary')).toContainText('arn:aws:iam::aws:policy/AmazonS3FullAccess');
    await expect(page.getByTestId('creation-time')).not.toBeEmpty();
    await expect(page.getByTestId('tab-policy_usage')).toHaveText(era === '2020' ? 'Policy usage' : 'Entities attached');
    await expect(page.getByTestId('allow-row')).toHaveCount(2);
    await expect(page.getByTestId('allow-row').first()).toContainText('Full access');
    await expect(page.getByTestId('remaining-names')).toBeHidden();
    await page.getByText(/^Show remaining \d+$/).click();
    await expect(page.getByTestId('remaining-names')).toContainText('IAM');
    await expectAccessible(page);
    await picture(browser, page, `policy-${era}`);

    await page.getByTestId('tab-json').click();
    await expect(page.getByTestId('policy-json')).toContainText('"s3:*"');
    await expectAccessible(page);
    await picture(browser, page, `policy-json-${era}`);
    await page.getByTestId('tab-tags').click();
    await expect(page.getByText('AWS managed policies cannot be tagged.')).toBeVisible();
    await page.getByTestId('tab-policy_versions').click();
    await expect(page.getByTestId('policy-versions-row')).toHaveCount(1);
    await expectAccessible(page);
    await page.getByTestId('policy-versions-row').getByRole('link').click();
    await expect(page.getByTestId('policy-json')).toBeVisible();
  });
}

test("the tutorials' addresses lead to the policy", async ({ page, account }) => {
  await signInAsRoot(page, account);
  await expect(page).toHaveURL(/\/console\/home/);
  for (const [place, shows] of [
    [`${READ_ONLY}$jsonEditor`, 'policy-json'],
    [`${READ_ONLY}$serviceLevelSummary`, 'allow'],
    [`${READ_ONLY}?section=policy_usage`, 'attached-entities'],
    [`details/${encodeURIComponent(READ_ONLY)}?section=entities_attached`, 'attached-entities'],
    ['arn:aws:iam::aws:policy/job-function/Billing', 'allow'],
  ]) {
    await page.goto('/console/home');
    await page.goto(`/iam/home?x=${encodeURIComponent(place)}#/policies/${place}`);
    await expect(page.getByTestId(shows), place).toBeVisible();
  }
  const answer = await page.goto('/iam/policies/arn:aws:iam::aws:policy/Nonsense');
  expect(answer?.status()).toBe(404);
  await expect(page.getByTestId('no-such-policy')).toContainText('arn:aws:iam::aws:policy/Nonsense was not found.');
});

for (const scripts of [true, false]) {
  test.describe(`with JavaScript ${scripts ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: scripts });

    test('a policy is attached to several and detached again', async ({ page, browser }) => {
      const account = await furnished();
      await signInAsRoot(page, account);
      const ready = async () => {
        if (scripts) await awake(page);
      };
      await page.goto('/iam/policies?query=ReadOnlyAccess');
      await ready();
      await page.getByRole('radio', { name: 'Select ReadOnlyAccess', exact: true }).check();
      await page.getByTestId('policy-actions').click();
      await page.getByRole('menuitem', { name: 'Attach', exact: true }).click();
      await expect(page.getByTestId('entities-row')).toHaveCount(3);
      await ready();
      if (scripts) {
        await expect(page.getByTestId('confirm-attach')).toBeDisabled();
        await expectAccessible(page);
        await picture(browser, page, 'attach-policy');
      }
      await page.getByTestId('entity-type').click();
      await page.getByRole('menuitem', { name: 'Groups' }).click();
      await expect(page.getByTestId('entities-row')).toHaveCount(1);
      await page.goto(`/iam/policies/${READ_ONLY}?section=policy_usage&action=attach&query=nobody`);
      await expect(page.getByText("We can't find a match.")).toBeVisible();
      await page.goto(`/iam/policies/${READ_ONLY}?section=policy_usage&action=attach`);
      await ready();
      await page.getByRole('checkbox', { name: 'Select user kim' }).check();
      await page.getByRole('checkbox', { name: 'Select group Staff' }).check();
      await page.getByTestId('confirm-attach').click();
      await expect(page.getByText(/Policy ReadOnlyAccess attached to .*user kim/)).toBeVisible();
      await expect(page.getByTestId('attached-entities-row')).toHaveCount(2);
      await expect(page.getByTestId('bounded-entities-row')).toHaveText(/lee/);
      await ready();
      if (scripts) {
        await expectAccessible(page);
        await picture(browser, page, 'policy-usage');
      }

      await page.getByRole('checkbox', { name: 'Select user kim' }).check();
      await page.getByTestId('detach-policy').click();
      await expect(page.getByTestId('entities-to-detach')).toHaveText('user kim');
      await ready();
      if (scripts) await expectAccessible(page);
      await page.getByTestId('confirm-detach').click();
      await expect(page.getByText('Policy ReadOnlyAccess detached from user kim.')).toBeVisible();
      await expect(page.getByTestId('attached-entities-row')).toHaveCount(1);
      await page.goto('/iam/policies?sort=used-as&down=true');
      await expect(page.getByTestId('policies-row').first()).toContainText('Permissions policy (1) and Boundary (1)');
    });

    test('a policy of a service-linked role cannot be attached, and says why', async ({ page, account }) => {
      await enterAsRoot(page, account);
      await page.goto('/iam/policies?query=AWSSupportServiceRolePolicy');
      await page.getByTestId('policy-awssupportservicerolepolicy').click();
      await expect(page.getByTestId('not-attachable')).toContainText('only its service can attach it');
      await page.getByTestId('tab-policy_usage').click();
      await expect(page.getByTestId('no-entities')).toBeVisible();
      await expect(page.getByTestId('attach-policy')).toHaveAttribute('aria-disabled', 'true');
      await page.goto(`${new URL(page.url()).pathname}?section=policy_usage&action=attach`);
      await expect(page.getByTestId('cannot-attach')).toBeVisible();
    });
  });
}

test('deleting is refused with its reason', async ({ page, account }) => {
  await enterAsRoot(page, account);
  await page.goto('/iam/policies');
  await awake(page);
  await expect(page.getByTestId('policy-actions')).toBeDisabled();
  await page.getByTestId('policies-row').getByRole('radio').first().check();
  await page.getByTestId('policy-actions').click();
  await page.getByRole('menuitem', { name: 'Delete', exact: true }).click();
  await expect(page.getByTestId('cannot-delete')).toContainText('AWS managed policies cannot be deleted.');
});

test('who may not read policies is told so on each page', async ({ page }) => {
  const account = await furnished();
  await signInAsUser(page, account.id, 'kim', PASSWORD);
  await expect(page).toHaveURL(/\/console\/home/);
  for (const [path, action] of [
    ['/iam/policies', 'iam:ListPolicies'],
    [`/iam/policies/${READ_ONLY}`, 'iam:GetPolicy'],
    [`/iam/policies/${READ_ONLY}?section=policy_usage`, 'iam:ListEntitiesForPolicy'],
    [`/iam/policies/${READ_ONLY}?section=policy_versions`, 'iam:ListPolicyVersions'],
  ]) {
    await page.goto(path);
    await expect(page.getByTestId('denied-sentence').filter({ hasText: `perform: ${action} on` }).first(), path).toBeVisible();
  }
});
