// The console around the pages: search, help, what a refusal shows, axe and pictures of the pages no lab visits, and
// that no link leaves the host or leads nowhere.
import { boto3, keysOf } from '../fixtures/clients';
import { type Account, createAccount, enterAsRoot, enterAsUser, expect, expectAccessible, picture, signInAsRoot, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { reach } from '../pages/keyboard';

/** The pages by who sees them; those with a name are pictured. */
const PAGES: Record<string, Record<string, string>> = {
  'before signing in': {
    '/signin?other=1': '',
    '/signin/123456789012/console': '',
    '/signin/help': 'sign-in-help',
    '/signin/signed-out': 'signed-out',
    '/signin/forgot-password': '',
    '/signin/reset-password': '',
    '/signin/reset-password?token=none': '',
    '/billing/signup': '',
    '/inbox': 'inbox-closed',
    '/inbox/outbox': 'outbox-closed',
    '/operator': 'operator',
    '/subscription/confirm': '',
    '/subscription/unsubscribe': '',
    '/no/such/page': 'not-found',
  },
  'of the console': {
    '/console/home': 'console-home',
    '/console/home?q=user': 'search-results',
    '/console/services': '',
    '/console/settings': 'settings',
    '/service/s3': 'not-in-this-version',
    '/billing/home': '',
    '/billing/ledger': '',
    '/billing/simulator': '',
    '/billing/import': '',
    '/billing/preferences': '',
    '/billing/clock': '',
    '/console/events': '',
    '/cloudwatch/alarms': '',
    '/cloudwatch/alarms/create': '',
    '/sns/topics': '',
    '/sns/topics/create': '',
    '/sns/subscriptions': '',
    '/inbox': '',
  },
  'of IAM': {
    '/iam/home': '',
    '/iam/users': '',
    '/iam/users/create': '',
    '/iam/users/kim': '',
    '/iam/users/kim?section=security_credentials': 'user-credentials',
    '/iam/groups': '',
    '/iam/policies': '',
    '/iam/policies/arn:aws:iam::aws:policy/PowerUserAccess': '',
    '/iam/policies/create': '',
    '/iam/account_settings': '',
    '/iam/no-such-page': '',
  },
  'of components': { '/ui': 'gallery' },
};

/** An account with the user kim, who has a password and no policy. */
async function withKim(): Promise<Account> {
  const account = await createAccount(true);
  const made = await boto3(
    `
iam.create_user(UserName="kim")
iam.create_login_profile(UserName="kim", Password="Invented-Kim-1!", PasswordResetRequired=False)
`,
    keysOf(account),
  );
  expect(made.err).toBe('');
  return account;
}

test('the search box finds services and pages by keyboard; Esc closes it', async ({ page, account }) => {
  await signInAsRoot(page, account);
  await expect(page).toHaveURL(/\/console\/home/);
  await awake(page);
  const search = page.getByTestId('search-input');
  const results = page.locator('#console-search-results');
  const find = async (text: string) => {
    await page.keyboard.press('Alt+KeyS');
    await expect(search).toBeFocused();
    await page.keyboard.type(text);
    await expect(results).toBeVisible();
  };
  await find('iam');
  await expect(results.getByRole('option').first()).toContainText('IAM');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/iam\/home/);
  await awake(page);
  await find('users');
  await page.keyboard.press('Escape');
  await expect(results).toBeHidden();
  await expect(search).toHaveValue('');
  await find('user');
  const wanted = results.getByRole('option', { name: /^Users/ });
  for (let presses = 0; presses < 10 && (await wanted.getAttribute('aria-selected')) !== 'true'; presses++) {
    await page.keyboard.press('ArrowDown');
  }
  await expect(search).toHaveAttribute('aria-activedescendant', (await wanted.getAttribute('id')) ?? '');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/iam\/users$/);
  await awake(page);
  await find('no such thing');
  await expect(results).toContainText('No matches');
});

test('the search box finds under the labels of 2020 what is called so on the pages', async ({ page, account }) => {
  await enterAsRoot(page, account);
  await page.goto('/iam/users');
  await awake(page);
  await page.getByTestId('search-input').fill('add user');
  const found = page.getByRole('option', { name: /^Add user/ });
  await expect(found).toBeVisible();
  await found.click();
  await expect(page).toHaveURL(/\/iam\/users\/create/);
});

for (const scripts of [true, false]) {
  test.describe(`with JavaScript ${scripts ? 'on' : 'off'}`, () => {
    test.use({ javaScriptEnabled: scripts });

    test('Find Services leads to the one page that is meant, and lists what is in doubt', async ({ page, account }) => {
      await signInAsRoot(page, account);
      const find = async (text: string) => {
        await page.goto('/console/home');
        const line = page.getByTestId('find-services-card').getByRole('searchbox');
        await line.fill(text);
        await line.press('Enter');
      };
      await find('IAM');
      await expect(page).toHaveURL(/\/iam\/home/);
      await find('user');
      await expect(page.getByTestId('search-result').filter({ hasText: /^Users$/ })).toBeVisible();
      await find('zzzz');
      await expect(page.getByTestId('no-results')).toBeVisible();
    });

    test('help opens beside the page and closes again, by keyboard', async ({ page, account }) => {
      await enterAsRoot(page, account);
      await page.goto('/iam/users');
      if (scripts) await awake(page);
      const panel = page.locator('#help-page');
      await expect(panel).toBeHidden();
      await reach(page, 'help-toggle');
      await page.keyboard.press('Enter');
      await expect(panel).toBeVisible();
      await expect(panel.getByRole('heading', { level: 2 })).not.toBeEmpty();
      if (scripts) await expectAccessible(page);
      const close = panel.getByRole('button', { name: 'Close help panel' });
      for (let presses = 0; presses < 60 && !(await close.evaluate((button) => button === document.activeElement)); presses++) {
        await page.keyboard.press('Tab');
      }
      await page.keyboard.press('Enter');
      await expect(panel).toBeHidden();
    });
  });
}

test('a refusal names who was refused what on which resource, and why', async ({ page, context, browser }) => {
  const account = await withKim();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await enterAsUser(page, account.id, 'kim', 'Invented-Kim-1!');
  await page.goto('/iam/users/kim');
  await awake(page);
  const arn = `arn:aws:iam::${account.id}:user/kim`;
  const panel = page.getByTestId('access-denied').first();
  await expect(panel.getByTestId('denied-sentence')).toHaveText(
    `User: ${arn} is not authorized to perform: iam:GetUser on resource: user kim because no identity-based policy allows the iam:GetUser action`,
  );
  const facts = { User: arn, Action: 'iam:GetUser', Resource: 'user kim', 'Decided by': 'No policy: what no policy allows is denied' };
  for (const [label, value] of Object.entries(facts)) {
    await expect(panel.locator('dt', { hasText: new RegExp(`^${label}$`) }).locator('xpath=following-sibling::dd[1]')).toHaveText(value);
  }
  await expect(panel.locator('dt', { hasText: /^Reason$/ })).toBeVisible();
  await panel.getByTestId('copy-denial').getByRole('button').or(panel.locator('button[data-testid="copy-denial"]')).first().click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(`Action: iam:GetUser`);
  await expectAccessible(page);
  await picture(browser, page, 'access-denied');
  for (const path of ['/iam/home', '/iam/users']) {
    await page.goto(path);
    await expect(page.getByTestId('access-denied').first(), path).toBeVisible();
  }
});

for (const [which, pages] of Object.entries(PAGES)) {
  test(`no link leaves the host or leads nowhere, and axe finds nothing, on pages ${which}`, async ({ page, browser }) => {
    test.slow();
    if (which !== 'before signing in') {
      await signInAsRoot(page, await withKim());
      await expect(page).toHaveURL(/\/console\/home/);
    }
    const found = new Map<string, string>();
    const statuses = new Map<string, number | undefined>();
    for (const [path, name] of Object.entries(pages)) {
      statuses.set(path, (await page.goto(path))?.status());
      if (which !== 'before signing in') await awake(page);
      await expectAccessible(page);
      if (name) await picture(browser, page, name);
      const links = await page.evaluate(() =>
        [...document.querySelectorAll('[href], [src], [action], [formaction]')].flatMap((element) =>
          ['href', 'src', 'action', 'formaction'].flatMap((name) => {
            const value = element.getAttribute(name);
            return value === null || value.startsWith('#') ? [] : [{ to: new URL(value, document.baseURI).href, posts: element.getAttribute('method') === 'post' }];
          }),
        ),
      );
      for (const { to, posts } of links) found.set(posts ? `post:${to}` : to, path);
    }
    const origin = process.env.UNDERSTUDY_URL ?? '';
    const links = [...found.keys()].filter((link) => !link.startsWith('mailto:'));
    expect(links.filter((link) => new URL(link.replace(/^post:/, '')).origin !== origin), 'links that leave the host').toEqual([]);
    const dead: string[] = [];
    for (const link of links.filter((link) => !link.startsWith('post:'))) {
      const answer = await page.request.get(link);
      // A page that is refused has links to itself, in another region.
      const itself = new URL(link).pathname === found.get(link) && answer.status() === statuses.get(found.get(link) ?? '');
      if (!answer.ok() && !itself) dead.push(`${answer.status()} ${link} on ${found.get(link)}`);
    }
    expect(dead, 'links that lead nowhere').toEqual([]);
  });
}
