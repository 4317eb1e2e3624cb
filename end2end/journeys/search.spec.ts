// The search box of the top bar: services, pages, tasks, and what the account has; by keyboard, and without scripts.
import { accountWith } from '../fixtures/clients';
import { type Account, enterAsRoot, expect, expectAccessible, picture, signInAsRoot, signInAsUser, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { chooseLabels } from '../pages/labels';

const PASSWORD = 'Invented-Kim-1!';

/** An account with users, a group and a key to find, and that key's id. */
async function furnished(): Promise<[Account, string]> {
  const made = await accountWith(
    `
for name in ("quentin", "quincy", "kim"):
    iam.create_user(UserName=name)
iam.create_login_profile(UserName="kim", Password="${PASSWORD}", PasswordResetRequired=False)
iam.create_group(GroupName="Quality")
print(iam.create_access_key(UserName="quincy")["AccessKey"]["AccessKeyId"])
`,
  );
  return [made.account, made.out];
}

for (const era of ['2020', 'current'] as const) {
  test(`resources and tasks are found and opened by keyboard, under labels of ${era}`, async ({ page, browser }) => {
    const [account, key] = await furnished();
    await enterAsRoot(page, account);
    await chooseLabels(page, era);
    await page.goto('/console/home');
    await awake(page);
    const search = page.getByTestId('search-input');
    const results = page.locator('#console-search-results');
    const option = (name: RegExp) => results.getByRole('option', { name });
    const find = async (text: string) => {
      await awake(page);
      await page.keyboard.press('Alt+KeyS');
      await expect(search).toBeFocused();
      await page.keyboard.type(text);
    };
    const choose = async (name: RegExp) => {
      await expect(option(name)).toBeVisible();
      for (let presses = 0; presses < 30 && (await option(name).getAttribute('aria-selected')) !== 'true'; presses++) {
        await page.keyboard.press('ArrowDown');
      }
      await page.keyboard.press('Enter');
    };

    await find('qu');
    await expect(option(/^quentin/)).toBeVisible();
    await expect(option(/^quincy/)).toBeVisible();
    await expect(option(/^Quality/)).toContainText('IAM group');
    await expect(results.getByText('Resources', { exact: true })).toBeVisible();
    await expectAccessible(page);
    await picture(browser, page, `search-${era}`);
    await choose(/^quentin/);
    await expect(page).toHaveURL(/\/iam\/users\/quentin$/);

    await find(key.slice(0, 18));
    await expect(option(new RegExp(`^${key}`))).toContainText('Access key of quincy');
    await choose(new RegExp(`^${key}`));
    await expect(page).toHaveURL(/\/iam\/users\/quincy\?section=security_credentials/);

    await find('AmazonS3ReadOnly');
    await choose(/^AmazonS3ReadOnlyAccess/);
    await expect(page).toHaveURL(/\/iam\/policies\/arn:aws:iam::aws:policy\/AmazonS3ReadOnlyAccess$/);

    await find('create user');
    await expect(results.getByText('Tasks', { exact: true })).toBeVisible();
    await choose(era === '2020' ? /^Add user/ : /^Create user Task/);
    await expect(page).toHaveURL(/\/iam\/users\/create/);

    await page.goto('/console/home');
    await find('zzzz');
    await expect(results).toContainText('No matches');
    await page.keyboard.press('Escape');
    await expect(results).toBeHidden();
    await expect(search).toHaveValue('');
  });
}

test('nothing is found that may not be listed', async ({ page }) => {
  const [account, key] = await furnished();
  await signInAsUser(page, account.id, 'kim', PASSWORD);
  await expect(page).toHaveURL(/\/console\/home/);
  await awake(page);
  for (const text of ['quentin', key]) {
    const answered = page.waitForResponse((response) => response.url().includes('/console/search/resources'));
    await page.getByTestId('search-input').fill(text);
    expect(await (await answered).json(), text).toEqual([]);
    await expect(page.locator('#console-search-results')).toContainText('No matches');
  }
  const anonymous = await fetch(`${process.env.UNDERSTUDY_URL}/console/search/resources?q=quentin`);
  expect(anonymous.status, 'without a session').toBe(401);
});

test('a page made for somebody else finds nothing', async ({ page, account }) => {
  await signInAsRoot(page, account);
  await expect(page).toHaveURL(/\/console\/home/);
  const answer = await page.request.get('/console/search/resources?principal=somebody-else&q=Admin');
  expect(answer.ok()).toBe(false);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('the search page lists what was found, by groups', async ({ page }) => {
    const [account] = await furnished();
    await signInAsRoot(page, account);
    await expect(page).toHaveURL(/\/console\/home/);
    const search = page.getByTestId('search-input');
    await search.fill('qu');
    await search.press('Enter');
    const found = page.getByTestId('search-page');
    await expect(found.getByTestId('search-result').filter({ hasText: /^Quality$/ })).toBeVisible();
    await expect(found).toContainText('Resources');
    await found.getByTestId('search-result').filter({ hasText: /^quincy$/ }).click();
    await expect(page).toHaveURL(/\/iam\/users\/quincy$/);
    await page.goto('/console/search?q=group');
    await expect(found).toContainText('Tasks');
    await expect(found.getByTestId('search-result').filter({ hasText: /^Create New Group$/ })).toBeVisible();
  });
});
