// Lab 21: the credential report: made and saved by one button, the same for four hours, made anew on demand; and by the API.
import { CLIS, aws, keysOf } from '../fixtures/clients';
import { createAccount, enterAsRoot, enterAsUser, expect, expectAccessible, picture, test } from '../fixtures/test';
import { saved } from '../pages/download';

const COLUMNS =
  'user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,' +
  'access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,' +
  'access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,' +
  'cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';

test('one button makes and saves the report; another one makes it anew', async ({ page, browser }) => {
  const account = await createAccount(true);
  const keys = keysOf(account);
  const iam = async (...words: string[]) => {
    const done = await aws(CLIS.v1, ['iam', ...words], keys);
    expect(done.code, done.err).toBe(0);
    return done.out;
  };
  await iam('create-user', '--user-name', 'ann');
  await enterAsRoot(page, account);
  await page.goto('/iam/home');
  await page.getByRole('link', { name: 'Credential report' }).click();
  await expect(page.getByTestId('page-title')).toContainText('Credential report');
  await expect(page.getByTestId('report-state')).toContainText('No report was made yet');
  await expect(page.getByTestId('regenerate-report')).toHaveCount(0);
  await expect(page.getByTestId('download-report')).toContainText('Download Report');
  await expectAccessible(page);

  const first = await saved(page, 'download-report');
  expect(first.name).toMatch(/^status_reports_[A-Z][a-z]{2}_[A-Z][a-z]{2}_\d{2}_\d{4}\.csv$/);
  const lines = first.text.trimEnd().split('\n');
  expect(lines[0]).toBe(COLUMNS);
  expect(lines[1]).toContain(`<root_account>,arn:aws:iam::${account.id}:root,`);
  expect(lines[2]).toMatch(/^ann,arn:aws:iam::\d{12}:user\/ann,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00,false,N\/A,N\/A,N\/A,false,/);
  expect(lines).toHaveLength(3);
  await page.waitForTimeout(600);
  await expect(page.locator('html'), 'the page stays and is not loading').not.toHaveAttribute('data-busy');

  await iam('create-user', '--user-name', 'bob');
  expect((await saved(page, 'download-report')).text, 'the same for four hours').toBe(first.text);
  await page.reload();
  await expect(page.getByTestId('report-state')).toContainText('The newest report was made');
  await page.getByTestId('regenerate-report').click();
  await expect(page.getByText('A new credential report was made.')).toBeVisible();
  expect((await saved(page, 'download-report')).text).toContain('\nbob,');
  await picture(browser, page, 'credential-report');
  await expectAccessible(page);

  const answer = JSON.parse(await iam('get-credential-report'));
  expect(answer.ReportFormat).toBe('text/csv');
  expect(Buffer.from(answer.Content, 'base64').toString('utf8')).toContain('\nbob,');
  expect(JSON.parse(await iam('generate-credential-report')).State).toBe('COMPLETE');
});

test('without permission the page says which one is missing', async ({ page }) => {
  const account = await createAccount(true);
  const keys = keysOf(account);
  for (const words of [
    ['create-user', '--user-name', 'eve'],
    ['create-login-profile', '--user-name', 'eve', '--password', 'Invented-Eve-1!'],
  ]) {
    const done = await aws(CLIS.v1, ['iam', ...words], keys);
    expect(done.code, done.err).toBe(0);
  }
  await enterAsUser(page, account.id, 'eve', 'Invented-Eve-1!');
  await page.goto('/iam/credential_report');
  await expect(page.locator('main')).toContainText('iam:GetCredentialReport');
  await expect(page.getByTestId('download-report')).toHaveCount(0);
  await page.goto('/iam/credential_report/download');
  await expect(page, 'the file leads to the page that says why there is none').toHaveURL(/\/iam\/credential_report$/);
});

test('the access advisor: services of the policies, with the day of the last try', async ({ page, browser }) => {
  const account = await createAccount(true);
  const keys = keysOf(account);
  const iam = async (...words: string[]) => {
    const done = await aws(CLIS.v1, ['iam', ...words], keys);
    expect(done.code, done.err).toBe(0);
    return done.out;
  };
  await iam('create-user', '--user-name', 'ann');
  await iam('create-group', '--group-name', 'staff');
  await iam('add-user-to-group', '--user-name', 'ann', '--group-name', 'staff');
  await iam('attach-group-policy', '--group-name', 'staff', '--policy-arn', 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess');
  await iam('attach-user-policy', '--user-name', 'ann', '--policy-arn', 'arn:aws:iam::aws:policy/IAMReadOnlyAccess');
  const made = JSON.parse(await iam('create-access-key', '--user-name', 'ann')).AccessKey;
  const hers = { id: made.AccessKeyId, secret: made.SecretAccessKey };

  await enterAsRoot(page, account);
  await page.goto('/iam/users/ann');
  await page.getByTestId('tab-access_advisor').click();
  const row = (service: string) =>
    page.getByTestId('last-accessed-row').filter({ has: page.getByTestId(`granting-${service}`) });
  await expect(row('iam')).toContainText('Not accessed in the tracking period');
  await expect(row('s3')).toContainText('AmazonS3ReadOnlyAccess');
  await expectAccessible(page);
  expect((await aws(CLIS.v1, ['iam', 'create-user', '--user-name', 'no'], hers)).code, 'a denied try counts').not.toBe(0);
  await page.reload();
  await expect(row('iam')).toContainText('Today');
  await expect(row('s3')).toContainText('Not accessed in the tracking period');
  await expect(page.getByTestId('last-accessed-row').first(), 'what was used last comes first').toContainText('Today');
  await picture(browser, page, 'access-advisor');
  await page.getByTestId('find-services-used').fill('no-such-service');
  await page.getByTestId('find-services-used').press('Enter');
  await expect(page.getByText("We can't find a match.")).toBeVisible();

  await page.goto('/iam/users/ann?section=access_advisor');
  await page.getByTestId('granting-iam').click();
  await expect(page.getByTestId('granting-policies-row')).toHaveCount(1);
  await expect(page.getByTestId('granting-policies-row')).toContainText('IAMReadOnlyAccess');
  await expectAccessible(page);
  await page.getByTestId('all-services').click();
  await expect(row('iam')).toBeVisible();
  await page.goto('/iam/groups/staff?section=access_advisor');
  await expect(row('s3')).toContainText('Not accessed');
  await expect(row('iam'), 'the group allows nothing of IAM').toHaveCount(0);

  const arn = `arn:aws:iam::${account.id}:user/ann`;
  const job = JSON.parse(await iam('generate-service-last-accessed-details', '--arn', arn)).JobId;
  const report = JSON.parse(await iam('get-service-last-accessed-details', '--job-id', job));
  expect(report.JobStatus).toBe('COMPLETED');
  const used = report.ServicesLastAccessed.find((service: { ServiceNamespace: string }) => service.ServiceNamespace === 'iam');
  expect(used.LastAuthenticatedEntity).toBe(arn);
  const other = await aws(CLIS.v1, ['iam', 'get-service-last-accessed-details', '--job-id', job], hers);
  expect(other.err, 'a report is its generator\'s alone').toContain('NoSuchEntity');
});
