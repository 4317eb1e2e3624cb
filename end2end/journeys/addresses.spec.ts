// Old addresses: what tutorials link to leads to the page they mean, and never to another host.
import { expect, signInAsRoot, test } from '../fixtures/test';

test('the addresses of tutorials lead to the pages they mean', async ({ page, account, baseURL }) => {
  await signInAsRoot(page, account);
  await expect(page).toHaveURL(/\/console\/home/);
  for (const [old, place] of [
    ['/iam/home?#/users', '/iam/users'],
    ['/iam/home?region=us-east-1#/users$new?step=details', '/iam/users/create'],
    ['/iam/home#/users/nobody?section=groups', '/iam/users/nobody?section=groups'],
    ['/iam/home#/users/details/nobody?section=permissions', '/iam/users/nobody?section=permissions'],
    ['/iam/home#/users/.', '/iam/users/~.'],
    ['/iam/home#/groups/.', '/iam/groups/~.'],
    ['/iam/home#/groups/details/..', '/iam/groups/~..'],
    ['/iam/home#/policies/arn:aws:iam::aws:policy/ReadOnlyAccess$jsonEditor', '/iam/policies/arn:aws:iam::aws:policy/ReadOnlyAccess$jsonEditor'],
    ['/iam/home?#/policies$new?step=edit', '/iam/policies/create'],
    ['/iam/home#users', '/iam/users'],
    ['/iam/home#security_credential', '/iam/security_credential'],
    ['/iam/home#/identity_providers', '/iam/identity_providers'],
    ['/iam/home#/roles/details/nobody', '/iam/roles/nobody'],
    ['/iam/users$new', '/iam/users$new'],
    ['/iam', '/iam'],
    ['/iam/home#/home', '/iam/home#/home'],
  ]) {
    await page.goto('about:blank');
    await page.goto(old);
    await expect(page).toHaveURL(baseURL + place);
    await expect(page.getByTestId('not-found')).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'Page not found' })).toHaveCount(0);
  }
  await page.goto('/iam/home');
  await expect(page.locator('html')).toHaveAttribute('data-hydrated', 'true');
  await page.evaluate(() => (location.hash = '#/users'));
  await expect(page).toHaveURL(`${baseURL}/iam/users`);
  await page.goto(`${baseURL}//example.com/home#/users`);
  await page.waitForLoadState('networkidle');
  expect(page.url()).toBe(`${baseURL}//example.com/home#/users`);
});
