// Lab 10.1 to 10.5: access keys made, used, made inactive and deleted, with the dialogs of 2020 and of today.
import { enterAsRoot, expect, expectAccessible, picture, signInAsRoot, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { saved } from '../pages/download';
import { chooseLabels } from '../pages/labels';
import { identity, SECURITY, withTom } from '../pages/tom';

test('Lab 10 in 2020: a key is made, used, made inactive and active, and deleted', async ({ page, browser }) => {
  const account = await withTom();
  await signInAsRoot(page, account);
  await page.goto(SECURITY);
  await awake(page);
  await page.getByTestId('create-access-key').click();
  const dialog = page.getByRole('dialog', { name: 'Create access key' });
  await expect(dialog).toContainText('This is the only time that the secret access keys can be viewed or downloaded.');
  await expectAccessible(page);
  await picture(browser, page, 'access-key-2020');
  const file = await saved(page, 'download-key');
  expect(file.name).toBe('accessKeys.csv');
  const [header, line] = file.text.split('\n');
  expect(header).toBe('Access key ID,Secret access key');
  const [id, secret] = line.split(',');
  const importable = await saved(page, 'download-key-cli');
  expect(importable.text.split('\n')[0]).toBe('User Name,Access key ID,Secret access key');
  await dialog.getByTestId('close-new-key').click();
  const keys = { id, secret };

  await page.goto(SECURITY);
  expect(await page.content()).not.toContain(secret);
  const key = page.getByTestId('access-keys-row').filter({ hasText: id });
  await expect(key).toContainText('N/A');
  await expect(key.getByTestId('key-status')).toContainText('Active');
  const works = await identity(keys);
  expect(works.err).toBe('');
  await page.reload();
  await expect(key).toContainText(/with sts in/);

  await awake(page);
  await key.getByTestId('switch-key').click();
  await page.getByRole('dialog', { name: 'Make inactive' }).getByTestId('confirm-switch').click();
  await expect(key.getByTestId('key-status')).toContainText('Inactive');
  expect((await identity(keys)).err).toContain('The security token included in the request is invalid');
  await awake(page);
  await key.getByTestId('switch-key').click();
  await page.getByRole('dialog', { name: 'Make active' }).getByTestId('confirm-switch').click();
  await expect(key.getByTestId('key-status')).toContainText('Active');
  expect((await identity(keys)).err).toBe('');

  // A third key is refused.
  await page.getByTestId('create-access-key').click();
  await expect(dialog).toBeVisible();
  await page.goto(SECURITY);
  await expect(page.getByTestId('access-keys-row')).toHaveCount(2);
  await expect(page.getByTestId('create-access-key')).toHaveAttribute('title', 'Cannot exceed quota for AccessKeysPerUser: 2');

  await awake(page);
  await key.getByTestId('delete-key').click();
  await page.getByRole('dialog', { name: 'Delete access key' }).getByTestId('confirm-delete').click();
  await expect(page.getByText(`Access key ${id} deleted.`)).toBeVisible();
  await expect(page.getByTestId('access-keys-row')).toHaveCount(1);
  expect((await identity(keys)).err).toContain('InvalidClientTokenId');
});

test('Lab 10 today: three steps, a description, and a key that must be inactive before it is deleted', async ({ page, browser }) => {
  const account = await withTom();
  await enterAsRoot(page, account);
  await chooseLabels(page, 'current');
  await page.goto(SECURITY);
  await awake(page);
  await page.getByTestId('create-access-key').click();
  await expect(page.getByTestId('step-title')).toHaveText('Access key best practices & alternatives');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('use-case-error')).toBeVisible();
  await expect(page.getByTestId('confirmation-field-error')).toBeVisible();
  await expectAccessible(page);
  await page.getByTestId('use-cli').check();
  await page.getByTestId('confirmed').check();
  await picture(browser, page, 'access-key-practices');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('step-title')).toHaveText('Set description tag');
  await page.getByTestId('description').fill('<laptop>');
  await page.getByTestId('submit-key').click();
  await expect(page.getByTestId('description-field-error')).toContainText('A description can hold only');
  await expect(page.getByTestId('description')).toHaveValue('<laptop>');
  await page.getByTestId('description').fill('laptop');
  await page.getByTestId('submit-key').click();
  await expect(page.getByTestId('step-title')).toHaveText('Retrieve access keys');
  await expectAccessible(page);
  const file = await saved(page, 'download-key');
  expect(file.name).toBe('tom_accessKeys.csv');
  expect(file.text.startsWith('\u{feff}Access key ID,Secret access key\n')).toBe(true);
  const id = file.text.split('\n')[1].split(',')[0];
  await page.getByTestId('key-done').click();
  const key = page.getByTestId('access-keys-row').filter({ hasText: id });
  await expect(key).toContainText('laptop');
  await expect(page.getByTestId('value-access-key-1')).toContainText(`${id} - Active`);

  await awake(page);
  const menu = async (name: string) => {
    await key.getByTestId('key-actions').click();
    return page.getByRole('menuitem', { name });
  };
  await expect(await menu('Delete')).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('menuitem', { name: 'Deactivate', exact: true }).click();
  await page.getByRole('dialog', { name: 'Deactivate' }).getByTestId('confirm-switch').click();
  await expect(key.getByTestId('key-status')).toContainText('Inactive');
  await awake(page);
  await (await menu('Delete')).click();
  const dialog = page.getByRole('dialog', { name: `Delete ${id}?` });
  await expect(dialog.getByTestId('confirm-delete')).toBeDisabled();
  await dialog.getByTestId('confirmation').fill(id);
  await dialog.getByTestId('confirm-delete').click();
  await expect(page.getByTestId('access-keys')).toContainText('This user has no access keys.');
});
