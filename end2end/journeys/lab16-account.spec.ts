// Lab 16.2: root changes the account's name, its own address and its own password, each with the password typed anew.
import { ROOT_PASSWORD, enterAsRoot, expect, expectAccessible, picture, signInAsRoot, test } from '../fixtures/test';
import { chooseLabels } from '../pages/labels';

const PAGE = '/billing/account';
const NEW = 'Invented-Other-Pass-2!';

for (const era of ['2020', 'current'] as const) {
  test(`Lab 16 with the labels of ${era}: name, address and password`, async ({ page, account, browser, context }) => {
    await enterAsRoot(page, account);
    await chooseLabels(page, era);
    await page.goto(PAGE);
    const settings = page.getByTestId('account-settings');
    await expect(settings).toContainText(era === '2020' ? 'Account Settings' : 'Account details');
    await expect(settings).toContainText(account.email);
    await expectAccessible(page);
    await picture(browser, page, `account-settings-${era}`);

    await page.getByTestId('edit-account-name').click();
    await page.getByTestId('account-name').fill('Renamed <class>');
    await page.getByTestId('save-account-form').click();
    await expect(page.getByTestId('account-name-field-error')).toBeVisible();
    await expect(page.getByTestId('account-name')).toHaveValue('Renamed <class>');
    await expect(page.getByTestId('current-password-field-error')).toBeVisible();
    await expectAccessible(page);
    await page.getByTestId('account-name').fill('Renamed class');
    await page.getByTestId('current-password').fill('Wrong-Password-1!');
    await page.getByTestId('save-account-form').click();
    await expect(page.getByTestId('current-password-field-error')).toContainText('The current password is not right');
    await expect(page.getByTestId('account-name')).toHaveValue('Renamed class');
    await page.getByTestId('current-password').fill(ROOT_PASSWORD);
    await page.getByTestId('save-account-form').click();
    await expect(settings).toContainText('Renamed class');

    const address = `renamed-${account.email}`;
    await page.getByTestId('edit-account-email').click();
    await page.getByTestId('new-email').fill(address);
    await page.getByTestId('current-password').fill(ROOT_PASSWORD);
    await page.getByTestId('save-account-form').click();
    await expect(page.getByText(`We sent a code to ${address}`)).toBeVisible();
    await expect(settings).toContainText(account.email);
    const inbox = await context.newPage();
    await inbox.goto('/inbox');
    await inbox.getByRole('link', { name: /confirm your new email address/ }).first().click();
    const code = /^\s*(\d{6})\s*$/m.exec(await inbox.locator('main').innerText())?.[1] ?? '';
    await page.getByTestId('email-code').fill(code === '000000' ? '000001' : '000000');
    await page.getByTestId('save-account-form').click();
    await expect(page.getByTestId('account-problem')).toContainText('The code is not right');
    await page.getByTestId('email-code').fill(code);
    await page.getByTestId('save-account-form').click();
    await expect(settings).toContainText(address);
    await inbox.goto('/inbox');
    await expect(inbox.getByText('Your Understudy account email address was changed').first()).toBeVisible();
    await inbox.close();

    await page.getByTestId('edit-account-password').click();
    await page.getByTestId('current-password').fill(ROOT_PASSWORD);
    await page.getByTestId('new-password').fill('weak');
    await page.getByTestId('confirm-password').fill('weak');
    await page.getByTestId('save-account-form').click();
    await expect(page.getByTestId('broken-rules')).toContainText('Password should have a minimum length of 8');
    await page.getByTestId('current-password').fill(ROOT_PASSWORD);
    await page.getByTestId('new-password').fill(NEW);
    await page.getByTestId('confirm-password').fill(NEW);
    await page.getByTestId('save-account-form').click();
    await expect(page.getByText('Your password was changed. Your other sessions have ended.')).toBeVisible();
    await context.clearCookies();
    await signInAsRoot(page, { ...account, email: address }, ROOT_PASSWORD);
    await expect(page.getByTestId('main_message')).toBeVisible();
    await signInAsRoot(page, { ...account, email: address }, NEW);
    await expect(page).toHaveURL(/\/console\/home/);
  });
}
