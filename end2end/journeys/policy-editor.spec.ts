// The JSON editor of policies: it completes from AWS's own lists, marks what is wrong where it is, counts, lets go of the
// keyboard, and is a text area where no scripts run.
import type { Page } from '@playwright/test';
import { accountWith } from '../fixtures/clients';
import { type Account, enterAsRoot, expect, expectAccessible, picture, signInAsRoot, test } from '../fixtures/test';
import { awake } from '../pages/add-user';
import { allowing } from '../pages/own-policy';
import { editorOf, writePolicy } from '../pages/policy-editor';

const EMPTY_ACTION = `{
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": [],
            "Resource": "*"
        }
    ]
}`;

async function open(page: Page, account: Account, path = '/iam/policies/create?editor=json'): Promise<void> {
  await signInAsRoot(page, account);
  await expect(page).toHaveURL(/\/console\/home/);
  await page.goto(path);
  await awake(page);
  await expect(editorOf(page)).toBeVisible();
}

/** Puts the cursor behind the `column`th character of a line, both from 1, by keyboard alone. */
async function cursorTo(page: Page, line: number, column: number): Promise<void> {
  await editorOf(page).press('ControlOrMeta+Home');
  for (let step = 1; step < line; step += 1) await page.keyboard.press('ArrowDown');
  for (let step = 0; step < column; step += 1) await page.keyboard.press('ArrowRight');
}

const options = (page: Page) => page.getByRole('option');
const chosen = (page: Page) => page.getByRole('option', { selected: true });

test('actions, members, resources and condition keys are completed from the catalogue', async ({ page, account, browser }) => {
  await open(page, account);
  const document = page.getByTestId('policy-document');
  await expect(document, 'the text area goes with the form, unseen').toBeHidden();
  await writePolicy(page, 'policy-document', EMPTY_ACTION);
  await cursorTo(page, 6, '            "Action": ['.length);
  await page.keyboard.type('"s3');
  await expect(options(page).filter({ hasText: 'Amazon S3' }).first()).toBeVisible();
  await page.keyboard.type(':Get');
  await expect(options(page).filter({ hasText: 's3:GetBucketAcl' })).toContainText('Read');
  // The list is moved through from the editor, by aria-activedescendant; axe knows that of comboboxes only, which have one line.
  await expectAccessible(page, ['scrollable-region-focusable']);
  await picture(browser, page, 'policy-editor-completion');
  await page.keyboard.type('ObjectAc');
  await expect(chosen(page)).toContainText('s3:GetObjectAcl');
  await page.keyboard.press('Enter');
  await expect(document).toHaveValue(EMPTY_ACTION.replace('[]', '["s3:GetObjectAcl"]'));

  // The resources of what the statement says; each of their parts is a field to fill in.
  await cursorTo(page, 7, '            "Resource": "'.length);
  await page.keyboard.press('Delete');
  await page.keyboard.type('arn');
  await expect(chosen(page)).toContainText('arn:aws:s3:::${BucketName}/${ObjectName}');
  await page.keyboard.press('Enter');
  await page.keyboard.type('bills');
  await page.keyboard.press('Tab');
  await page.keyboard.type('2020');
  await expect(document).toHaveValue(/"Resource": "arn:aws:s3:::bills\/2020"/);

  await page.keyboard.press('End');
  await page.keyboard.type(',\n"Cond');
  await expect(chosen(page)).toContainText('Condition');
  await page.keyboard.press('Enter');
  await page.keyboard.type('"StringEq');
  await expect(chosen(page)).toContainText('StringEquals');
  await page.keyboard.press('Enter');
  await page.keyboard.type('"s3:prefi');
  await expect(chosen(page)).toContainText('s3:prefix');
  await page.keyboard.press('Enter');
  await page.keyboard.type('"2020');
  const written = JSON.parse(await document.inputValue());
  expect(written.Statement).toEqual([
    { Effect: 'Allow', Action: ['s3:GetObjectAcl'], Resource: 'arn:aws:s3:::bills/2020', Condition: { StringEquals: { 's3:prefix': '2020' } } },
  ]);
  await page.getByTestId('next').click();
  await expect(page.getByTestId('step-title')).toHaveText('Add tags (optional)');
});

test('what is wrong is marked at its line, and what is dangerous is told', async ({ page, account, browser }) => {
  await open(page, account);
  const counts = page.getByTestId('policy-counts');
  const findings = page.getByTestId('policy-findings').getByRole('listitem');
  await writePolicy(page, 'policy-document', '{\n  "Version": "2012-10-17",\n}');
  await expect(counts).toContainText('Errors: 1');
  await expect(findings).toHaveCount(1);
  await expect(findings).toContainText('Ln 3, Col 1');
  await expect(findings).toContainText('Error: Syntax errors in policy');
  await expect(editorOf(page)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('.cm-lint-marker-error')).toHaveCount(1);
  await expectAccessible(page);

  await writePolicy(page, 'policy-document', allowing('iam:ListUserz', 'iam:PassRole'));
  await expect(counts).toContainText('Errors: 0');
  await expect(counts).toContainText('Warnings: 1');
  await expect(findings.filter({ hasText: 'Warning: ' })).toContainText('Ln 7, Col 9');
  await expect(findings.filter({ hasText: 'Did you mean iam:ListUsers?' })).toHaveCount(1);
  await expect(findings.filter({ hasText: 'Ln 8, Col 9' }).filter({ hasText: 'Security: iam:PassRole for every role' })).toHaveCount(1);
  await expect(editorOf(page)).toHaveAttribute('aria-invalid', 'false');
  await expect(page.locator('.cm-lint-marker-warning')).toHaveCount(2);
  await expectAccessible(page);
  await picture(browser, page, 'policy-editor-findings');

  // A finding leads to its place.
  await findings.filter({ hasText: 'iam:PassRole for every role' }).getByRole('button').click();
  await expect(editorOf(page)).toBeFocused();
  await expect(page.locator('.cm-activeLineGutter').filter({ hasText: /^8$/ })).toHaveCount(1);

  // What could be left out is no more than a suggestion.
  await writePolicy(page, 'policy-document', allowing('s3:GetObject', 's3:Get*'));
  await expect(counts).toContainText('Suggestions: 1');
  await expect(counts).toContainText('Warnings: 0');
  await expect(findings.filter({ hasText: 'Suggestion: The 1 action(s) are redundant' })).toContainText('Ln 7, Col 9');
  await expect(editorOf(page)).toHaveAttribute('aria-invalid', 'false');

  await writePolicy(page, 'policy-document', allowing('s3:Get€'));
  await expect(findings).toContainText('A policy cannot hold the character €');
});

test('a server that has no answer is said in passing, and nothing is held up', async ({ page, account }) => {
  await open(page, account);
  await page.route('**/api/check_policy_document*', (route) => route.abort());
  await page.route('**/catalogue/**', (route) => route.abort());
  await writePolicy(page, 'policy-document', allowing('s3:ListAllMyBuckets'));
  await expect(page.getByTestId('policy-unchecked')).toHaveText('The document could not be checked just now.');
  await page.getByTestId('next').click();
  await expect(page.getByTestId('step-title')).toHaveText('Add tags (optional)');
  await page.getByTestId('previous').click();
  await expect(page.getByTestId('policy-document')).toHaveValue(allowing('s3:ListAllMyBuckets'));
  await expect(editorOf(page)).toContainText('s3:ListAllMyBuckets');
});

test('the keyboard writes, indents and gets out again', async ({ page }) => {
  const { account } = await accountWith('iam.create_user(UserName="tom")');
  await open(page, account, '/iam/users/tom/inline?editor=json');
  const editor = page.getByRole('textbox', { name: 'JSON' });
  await expect(editor).toHaveAccessibleDescription(/to leave the editor, press Esc, then Tab/);
  await page.locator('label[for=policy-document]').click();
  await expect(editor, 'the label leads to the editor').toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('x');
  await expect(page.getByTestId('characters-left')).toContainText('2,047 of 2,048 characters remaining.');
  await page.keyboard.press('Home');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('policy-document')).toHaveValue('    x');
  await expect(editor).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(page.getByTestId('policy-document')).toHaveValue('x');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(editor).not.toBeFocused();
  await editor.focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Shift+Tab');
  await expect(editor, 'backwards too').not.toBeFocused();
});

test('only a page with an editor loads it', async ({ page, account }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  const editors = () => loaded.filter((path) => /\/editor\..*\.js$/.test(path));
  await enterAsRoot(page, account);
  await page.goto('/iam/users', { waitUntil: 'networkidle' });
  expect(editors()).toEqual([]);
  await page.goto('/iam/policies/create?editor=json');
  await expect(editorOf(page)).toBeVisible();
  expect(editors()).toHaveLength(1);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a policy is written in a text area', async ({ page, account }) => {
    await enterAsRoot(page, account);
    await page.goto('/iam/policies/create?editor=json');
    await expect(page.getByTestId('policy-document')).toBeVisible();
    await expect(editorOf(page)).toHaveCount(0);
    await page.getByTestId('policy-document').fill(allowing('s3:ListAllMyBuckets'));
    await page.getByTestId('next').click();
    await expect(page.getByTestId('step-title')).toHaveText('Add tags (optional)');
  });
});
