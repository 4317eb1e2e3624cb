// A user with AmazonS3ReadOnlyAccess opens every page of the console: each shows what may be seen, says in AWS's sentence
// what may not, and nothing breaks.
import { accountWith } from '../fixtures/clients';
import { type Account, enterAsUser, expect, expectAccessible, picture, signInAsUser, test } from '../fixtures/test';
import { awake } from '../pages/add-user';

const PASSWORD = 'Invented-Sam-1!';
const S3 = '/iam/policies/arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess';

/** What a page refuses: the actions, in the page's order, and the status that it answers. */
interface Page {
  refused: string[];
  status?: number;
}

const whole: Page = { refused: [] };
/** A page whose subject may not be read. */
const closed = (...refused: string[]): Page => ({ refused, status: 403 });
/** A page that stands although a part of it may not be read. */
const partly = (...refused: string[]): Page => ({ refused });

/** Every page of `app/src/routes.rs` behind the sign-in, with what this user is refused there. */
const PAGES: Record<string, Page> = {
  '/console/home': whole,
  '/console/home?q=user': whole,
  '/console/services': whole,
  '/console/settings': whole,
  '/service/s3': whole,
  '/inbox': whole,
  '/ui': whole,
  '/no/such/page': { refused: [], status: 404 },
  '/tools/authenticator': whole,
  '/policysim': partly('iam:ListUsers', 'iam:ListGroups'),

  '/iam/home': partly('iam:ListAccountAliases', 'iam:GetAccountSummary', 'iam:GetAccountSummary'),
  '/iam/users': closed('iam:ListUsers'),
  '/iam/users/create': whole,
  '/iam/users/lee': closed('iam:GetUser', 'iam:ListAttachedUserPolicies', 'iam:ListUserPolicies', 'iam:ListGroupsForUser'),
  '/iam/users/sam': closed('iam:GetUser', 'iam:ListAttachedUserPolicies', 'iam:ListUserPolicies', 'iam:ListGroupsForUser'),
  '/iam/users/sam?section=groups': closed('iam:GetUser', 'iam:ListGroupsForUser'),
  '/iam/users/sam?section=tags': closed('iam:GetUser'),
  '/iam/users/sam?section=security_credentials': closed('iam:GetUser', 'iam:GetLoginProfile', 'iam:ListAccessKeys'),
  '/iam/users/sam?section=access_advisor': closed('iam:GetUser'),
  '/iam/users/sam/add-permissions': partly('iam:ListGroups'),
  '/iam/users/sam/create-access-key': whole,
  '/iam/users/sam/mfa': whole,
  '/iam/users/sam/inline': whole,
  '/iam/users/lee/inline/secret': closed('iam:GetUserPolicy'),
  '/iam/groups': closed('iam:ListGroups'),
  '/iam/groups/create': whole,
  '/iam/groups/Staff': closed('iam:GetGroup'),
  '/iam/groups/Staff?section=permissions': closed('iam:GetGroup', 'iam:ListAttachedGroupPolicies', 'iam:ListGroupPolicies'),
  '/iam/groups/Staff/inline': whole,
  '/iam/policies': closed('iam:ListPolicies'),
  '/iam/policies/create': whole,
  [S3]: closed('iam:GetPolicy', 'iam:GetPolicyVersion'),
  [`${S3}?section=policy_usage`]: closed('iam:GetPolicy', 'iam:ListEntitiesForPolicy'),
  [`${S3}?section=policy_versions`]: closed('iam:GetPolicy', 'iam:ListPolicyVersions'),
  '/iam/groups/Staff?section=access_advisor': closed('iam:GetGroup'),
  '/iam/credential_report': closed('iam:GetCredentialReport'),
  '/iam/account_settings': partly('iam:ListAccountAliases', 'iam:GetAccountPasswordPolicy'),
  '/iam/security_credentials': partly('iam:ListMFADevices', 'iam:ListAccessKeys'),
  '/iam/security_credentials/mfa': whole,
  '/iam/security_credentials/sessions': whole,
  '/iam/security_credentials/sign-ins': whole,
  '/iam/compatible_mfa_applications': whole,
  '/iam/no-such-page': { refused: [], status: 404 },

  '/cloudtrail/home': closed('cloudtrail:LookupEvents'),
  '/cloudtrail/events': closed('cloudtrail:LookupEvents'),
  '/cloudtrail/events/00000000-0000-4000-8000-000000000000': closed('cloudtrail:LookupEvents'),

  '/billing/home': closed('ce:GetCostAndUsage'),
  '/billing/ledger': closed('ce:GetCostAndUsage'),
  '/billing/simulator': closed('ce:GetCostAndUsage'),
  '/billing/import': closed('ce:GetCostAndUsage'),
  '/billing/clock': closed('ce:GetCostAndUsage'),
  '/billing/preferences': closed('billing:GetBillingPreferences'),
  '/billing/account': whole,
  '/billing/budgets': closed('budgets:ViewBudget'),
  '/billing/budgets/create': closed('budgets:ViewBudget'),
  '/billing/budgets/Month': closed('budgets:ViewBudget'),
  '/billing/budgets/Month/edit': closed('budgets:ViewBudget'),
  '/costmanagement/home': closed('budgets:ViewBudget'),
};

/** An account with the user sam, who may read S3 and nothing else; and things of IAM and of billing not for sam's eyes. */
async function furnished(): Promise<Account> {
  const made = await accountWith(
    `
for name in ("sam", "lee"):
    iam.create_user(UserName=name)
iam.create_login_profile(UserName="sam", Password="${PASSWORD}", PasswordResetRequired=False)
iam.attach_user_policy(UserName="sam", PolicyArn="arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess")
iam.create_group(GroupName="Staff")
iam.add_user_to_group(GroupName="Staff", UserName="lee")
document = json.dumps({"Version": "2012-10-17", "Statement": {"Sid": "Canary", "Effect": "Allow", "Action": "sqs:*", "Resource": "*"}})
iam.put_user_policy(UserName="lee", PolicyName="secret", PolicyDocument=document)
budgets = boto3.client("budgets", **kw)
budgets.create_budget(
    AccountId=sts.get_caller_identity()["Account"],
    Budget={"BudgetName": "Month", "BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": {"Amount": "4242.42", "Unit": "USD"}},
)
`,
  );
  return made.account;
}

test('a user with AmazonS3ReadOnlyAccess opens every page of the console', async ({ page, browser }) => {
  test.slow();
  const account = await furnished();
  const failed: string[] = [];
  page.on('response', (answer) => {
    if (answer.status() >= 500) failed.push(`${answer.status()} ${answer.url()}`);
  });
  page.on('requestfailed', (request) => {
    // A page that is left while something of it still travels is no failure.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') failed.push(`${request.failure()?.errorText} ${request.url()}`);
  });
  await signInAsUser(page, account.id, 'sam', PASSWORD);
  await expect(page).toHaveURL(/\/console\/home/);

  const arn = `arn:aws:iam::${account.id}:user/sam`;
  const sentence = new RegExp(`^User: ${arn} is not authorized to perform: (\\S+) on resource: .+ (because .+|with an explicit deny in .+)$`);
  for (const [path, { refused, status = 200 }] of Object.entries(PAGES)) {
    await test.step(path, async () => {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(status);
      await awake(page);
      await expect(page.getByTestId('search-input'), `${path}: the top bar`).toBeVisible();
      await expect(page.getByTestId('account-menu'), `${path}: the account's menu`).toBeVisible();
      const section = path.split('/')[1];
      if (section === 'iam' || section === 'billing') {
        const navigation = page.getByTestId('side-navigation');
        await expect(navigation.getByRole('link', { name: section === 'iam' ? 'Users' : 'Budgets' }), `${path}: navigation`).toBeVisible();
      }
      await expect(page.getByRole('heading').first(), path).toBeVisible();
      const told = page.getByTestId('denied-sentence');
      await expect(told, path).toHaveCount(refused.length);
      const actions: string[] = [];
      for (const text of await told.allTextContents()) {
        expect(text, path).toMatch(sentence);
        const action = sentence.exec(text)?.[1] ?? '';
        actions.push(action);
        // Root has not opened billing to IAM users; everything else no policy allows.
        const why = section === 'billing' || section === 'costmanagement'
          ? 'because the root user has not activated IAM access to billing information'
          : `because no identity-based policy allows the ${action} action`;
        expect(text, path).toContain(why);
      }
      expect(actions, path).toEqual(refused);
      await expect(page.getByTestId('problem'), `${path}: anything but a refusal`).toHaveCount(0);
      // What was refused is nowhere in the page, not even where nobody looks.
      const source = await page.content();
      const shown = ['Canary', '4242.42'].filter((secret) => source.includes(secret));
      expect(shown, `${path}: of what was refused`).toEqual([]);
    });
  }
  expect(failed, 'answers of 500 and more, and requests that failed').toEqual([]);

  for (const [path, name] of [['/iam/home', 'dashboard'], ['/iam/users/lee', 'user'], ['/billing/budgets', 'budgets']]) {
    await page.goto(path);
    await awake(page);
    await expectAccessible(page);
    await picture(browser, page, `read-only-${name}`);
  }
});

test('the page of an own action stands, and says at the end that it may not be done', async ({ page }) => {
  const account = await furnished();
  await enterAsUser(page, account.id, 'sam', PASSWORD);
  await page.goto('/iam/users/sam/create-access-key');
  await awake(page);
  const denied = page.getByTestId('denied-sentence').filter({ hasText: 'iam:CreateAccessKey' });
  await expect(denied).toHaveCount(0);
  await page.getByRole('radio').first().check();
  await page.getByTestId('confirmed').check();
  await page.getByTestId('next').click();
  await page.getByTestId('submit-key').click();
  await expect(denied).toBeVisible();
  await expect(page.getByTestId('side-navigation')).toBeVisible();
});
