// Lab 6: the wizard whole, its validation, and what its CSV is good for.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aws, CLIS, newHome } from '../fixtures/clients';
import { createAccount, expect, expectAccessible, origins, picture, signInAsRoot, signInAsUser, test } from '../fixtures/test';
import { AddUser, awake } from '../pages/add-user';
import { reach, type } from '../pages/keyboard';

const HEADER = 'User name,Password,Access key ID,Secret access key,Console login link';

for (const [servers, origin] of origins()) {
  test.describe(`through ${servers}`, () => {
    test.use({ baseURL: origin });

    test('an administrator with an inline group, from the empty list to the CSV in the real CLI', async ({ page, account, browser, baseURL }) => {
      test.slow();
      const served = new Set<string | undefined>();
      page.on('response', (answer) => served.add(answer.headers()['x-served-by']));
      const look = async (name: string) => {
        if (servers === 'one server') await picture(browser, page, name);
      };
      await signInAsRoot(page, account);
      await page.goto('/iam/users');
      await expect(page.getByTestId('no-users')).toBeVisible();
      await look('users-empty');

      const wizard = new AddUser(page);
      await wizard.open();
      await expectAccessible(page);
      await look('wizard-1-details');
      await wizard.details(['ElonAdmin'], { keys: true, console: true });
      await wizard.next('Set permissions');
      await wizard.createGroup('Admins', 'AdministratorAccess');
      await expectAccessible(page);
      await look('wizard-2-permissions');
      await wizard.next('Add tags (optional)');
      await page.getByTestId('add-tag').click();
      await page.getByTestId('tag-key-1').fill('Department');
      await page.getByTestId('tag-value-1').fill('AWS');
      await page.getByTestId('add-tag').click();
      await page.getByTestId('tag-key-2').fill('Job');
      await page.getByTestId('tag-value-2').fill('Instructor');
      await expect(page.getByTestId('tags-left')).toHaveText('You can add 48 more tags.');
      await look('wizard-3-tags');
      await wizard.next('Review');
      await expect(page.getByTestId('review-details')).toContainText('Programmatic access and AWS Management Console access');
      await expect(page.getByTestId('review-details')).toContainText('Permissions boundary is not set');
      await expect(page.getByTestId('review-permissions')).toContainText('The user shown above will be added to the following groups.');
      await expect(page.getByTestId('review-permissions')).toContainText('IAMUserChangePassword');
      await expect(page.getByTestId('review-tags')).toContainText('The new user will receive the following tags');
      await expectAccessible(page);
      await look('wizard-4-review');
      await page.getByTestId('previous').click();
      await expect(page.getByTestId('tag-value-2')).toHaveValue('Instructor');
      await page.getByTestId('next').click();
      await page.getByTestId('next').click();
      await expect(page.getByText('You successfully created the users shown below.')).toBeVisible();
      await expectAccessible(page);
      await look('wizard-5-success');

      const csv = await wizard.download();
      const [header, line, rest] = csv.split('\n');
      expect(header).toBe(HEADER);
      expect(rest).toBe('');
      const [name, password, keyId, secret, link] = line.split(',');
      expect([name, keyId.slice(0, 4), secret.length]).toEqual(['ElonAdmin', 'AKIA', 40]);
      expect(link).toBe(`${baseURL}/signin/${account.id}/console`);
      const draft = decodeURIComponent((await page.getByTestId('email-elonadmin').getAttribute('href')) ?? '');
      expect(draft).toMatch(/^mailto:\?subject=Welcome to Understudy&body=Hello,/);
      for (const told of [`ending in ${account.id.slice(-4)}`, 'User name: ElonAdmin', link]) expect(draft).toContain(told);
      for (const hidden of [password, secret]) expect(draft).not.toContain(hidden);
      expect(await page.content()).not.toContain(`value="${secret}"`);

      const home = newHome();
      writeFileSync(join(home, 'credentials.csv'), csv);
      const imported = await aws(CLIS.v2, ['configure', 'import', '--csv', `file://${join(home, 'credentials.csv')}`], undefined, home);
      expect(imported.err + imported.out).toContain('Successfully imported 1 profile(s)');
      const listed = await aws(CLIS.v2, ['iam', 'list-groups-for-user', '--user-name', 'ElonAdmin', '--profile', 'ElonAdmin'], undefined, home);
      expect(listed.err).toBe('');
      expect(JSON.parse(listed.out).Groups[0].GroupName).toBe('Admins');

      await page.getByTestId('close-wizard').click();
      const row = page.getByRole('row').filter({ hasText: 'ElonAdmin' });
      await expect(row).toContainText('Admins');
      await expect(row).toContainText('Today');
      expect(await page.content()).not.toContain(secret);
      await look('users-list');
      await expectAccessible(page);
      await page.goto('/iam/users/ElonAdmin');
      await expect(page.getByTestId('user-summary')).toContainText(`arn:aws:iam::${account.id}:user/ElonAdmin`);
      await look('user-permissions');
      await expectAccessible(page);
      expect(await page.content()).not.toContain(secret);

      // Lab 7, with the password of the CSV: forced to change it, then let in.
      await page.context().clearCookies();
      await signInAsUser(page, account.id, 'ElonAdmin', password);
      await expect(page.getByRole('heading', { name: 'You must change your password to continue' })).toBeVisible();
      await expectAccessible(page);
      await look('forced-reset');
      await page.getByTestId('old-password').fill(password);
      await page.getByTestId('new-password').fill('Chosen-By-Elon-1!');
      await page.getByTestId('confirm-password').fill('Chosen-By-Elon-1!');
      await page.getByTestId('confirm-change').click();
      await expect(page).toHaveURL(/\/console\/home/);
      await expect(page.locator('header')).toContainText(`ElonAdmin @ ${account.id.replace(/(\d{4})(?=\d)/g, '$1-')}`);
      await page.goto('/iam/users');
      await expect(page.getByRole('row').filter({ hasText: 'ElonAdmin' })).toBeVisible();
      expect(served.size).toBe(servers === 'one server' ? 1 : 2);
    });
  });
}

test('every fault of the first two steps is named and nothing typed is lost', async ({ page, account }) => {
  await signInAsRoot(page, account);
  const wizard = new AddUser(page);
  await wizard.open();
  await page.getByTestId('next').click();
  await expect(page.getByTestId('user-name-field-1')).toContainText(/enter|required/i);
  await expect(page.getByTestId('access-type-error')).toBeVisible();
  for (const name of ['a b', 'a!', 'a'.repeat(65)]) {
    await page.getByTestId('user-name-1').fill(name);
    await page.getByTestId('next').click();
    await expect(page.getByTestId('user-name-field-1-error')).toBeVisible();
  }
  await page.getByTestId('user-name-1').fill('tom');
  await page.getByTestId('add-another-user').click();
  await page.getByTestId('user-name-2').fill('TOM');
  await page.getByLabel('AWS Management Console access').check();
  await page.getByTestId('next').click();
  await expect(page.getByTestId('user-name-field-2-error')).toBeVisible();
  await page.getByTestId('remove-user-2').click();
  await page.getByLabel('Custom password').check();
  await page.getByTestId('custom-password').fill('abc');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('custom-password-field')).toContainText('Password should have a minimum length of 8');
  await expect(page.getByTestId('user-name-1')).toHaveValue('tom');
  for (let users = 1; users < 10; users++) await page.getByTestId('add-another-user').click();
  await expect(page.getByTestId('add-another-user')).toBeDisabled();
});

test('three users in one run make one CSV of three lines; a name that is taken is reported on its row', async ({ page, account }) => {
  await signInAsRoot(page, account);
  const wizard = new AddUser(page);
  await wizard.open();
  await wizard.details(['bob'], { keys: true });
  for (const title of ['Set permissions', 'Add tags (optional)', 'Review']) await wizard.next(title);
  await page.getByTestId('next').click();
  await expect(page.getByTestId('download-csv')).toBeVisible();

  await wizard.open();
  await wizard.details(['ann', 'BOB', 'cid'], { keys: true });
  for (const title of ['Set permissions', 'Add tags (optional)', 'Review']) await wizard.next(title);
  await page.getByTestId('next').click();
  await expect(page.getByTestId('create-partial')).toContainText('1 of 3 users could not be created completely');
  await expect(page.getByTestId('row-failed')).toContainText('User with name BOB already exists.');
  const csv = await wizard.download();
  expect(csv.trim().split('\n').slice(1).map((line) => line.split(',')[0])).toEqual(['ann', 'cid']);
});

test('attaching policies directly finds them in the whole catalogue', async ({ page, account }) => {
  await signInAsRoot(page, account);
  const wizard = new AddUser(page);
  await wizard.open();
  await wizard.details(['reader'], { keys: true });
  await wizard.next('Set permissions');
  await page.getByTestId('permissions-policies').check();
  await page.getByRole('searchbox').fill('AmazonS3ReadOnly');
  await page.getByRole('row').filter({ hasText: 'AmazonS3ReadOnlyAccess' }).getByRole('checkbox').check();
  await wizard.next('Add tags (optional)');
  await wizard.next('Review');
  await expect(page.getByTestId('review-permissions')).toContainText('AmazonS3ReadOnlyAccess');
});

test('Lab 6 by keyboard alone: from the empty list to the CSV', async ({ page, account }) => {
  await signInAsRoot(page, account);
  await page.goto('/iam/users');
  await awake(page);
  const press = async (testid: string, key = 'Enter') => {
    await reach(page, testid);
    await page.keyboard.press(key);
  };
  const step = (title: string) => expect(page.getByTestId('step-title')).toContainText(title);
  await press('add-user');
  await expect(page).toHaveURL(/\/iam\/users\/create/);
  await awake(page);
  await press('next');
  await expect(page.getByTestId('user-name-1'), 'the focus goes to what is wrong').toBeFocused();
  await page.keyboard.type('keyboarder');
  await press('programmatic-access', 'Space');
  await press('console-access', 'Space');
  await press('next');
  await step('Set permissions');

  await press('create-group');
  const dialog = page.getByRole('dialog', { name: 'Create group' });
  await expect(dialog).toBeVisible();
  await type(page, 'group-name', 'Admins');
  await type(page, 'group-policies-filter', 'AdministratorAccess');
  await expect(dialog.getByRole('row').nth(12), 'the search has come').toHaveCount(0);
  await expect(dialog.getByRole('checkbox', { name: 'Select AdministratorAccess', exact: true })).toBeVisible();
  await reach(page, 'Select AdministratorAccess', 'aria-label');
  await page.keyboard.press('Space');
  await press('submit-group');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('row').filter({ hasText: 'Admins' }).getByRole('checkbox')).toBeChecked();
  await press('next');
  await step('Add tags (optional)');
  await press('add-tag');
  await expect(page.getByTestId('tag-key-1')).toBeFocused();
  await page.keyboard.type('Department');
  await type(page, 'tag-value-1', 'AWS');
  await press('next');
  await step('Review');
  await expect(page.getByTestId('review-permissions')).toContainText('Admins');
  await expect(page.getByTestId('review-tags')).toContainText('Department');
  await press('next');
  await expect(page.getByTestId('create-success')).toBeVisible();
  await reach(page, 'download-csv');
  const waiting = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await waiting).suggestedFilename()).toBe('new_user_credentials.csv');
  await press('close-wizard');
  await expect(page.getByRole('row').filter({ hasText: 'keyboarder' })).toContainText('Admins');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('one user by one plain form', async ({ page, account }) => {
    await signInAsRoot(page, account);
    await page.goto('/iam/users/create');
    const form = page.getByTestId('plain-create-user');
    await form.getByTestId('plain-user-name').fill('plain.jane');
    await form.getByLabel('Programmatic access').check();
    await form.getByTestId('plain-create').click();
    await expect(page.getByTestId('csv-text')).toContainText(HEADER);
    await expect(page.getByTestId('csv-text')).toContainText('plain.jane,,AKIA');
    await page.goto('/iam/users');
    await expect(page.getByRole('row').filter({ hasText: 'plain.jane' })).toBeVisible();
  });
});

test('a user without policies is refused everywhere with the same sentence', async ({ page }) => {
  const account = await createAccount(true);
  await signInAsRoot(page, account);
  const wizard = new AddUser(page);
  await wizard.open();
  await wizard.details(['eve'], { console: true, password: 'Invented-Eve-1!', reset: false });
  for (const title of ['Set permissions', 'Add tags (optional)', 'Review']) await wizard.next(title);
  await page.getByTestId('next').click();
  await expect(page.getByTestId('close-wizard')).toBeVisible();
  await page.context().clearCookies();
  await signInAsUser(page, account.id, 'eve', 'Invented-Eve-1!');
  await expect(page).toHaveURL(/\/console\/home/);
  await page.goto('/iam/users');
  const panel = page.getByTestId('access-denied');
  await expect(panel).toContainText(
    `User: arn:aws:iam::${account.id}:user/eve is not authorized to perform: iam:ListUsers on resource: arn:aws:iam::${account.id}:user/ because no identity-based policy allows the iam:ListUsers action`,
  );
  await expectAccessible(page);
});
