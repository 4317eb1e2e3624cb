// docs/security.md, "xss_everywhere": markup in every text that an account may hold, and a walk over all pages that show
// it. Nothing of it runs, and no page needs its Content-Security-Policy to be saved.
import type { BrowserContext, Page } from '@playwright/test';
import { boto3, keysOf } from '../fixtures/clients';
import { createAccount, expect, signInAsRoot, test } from '../fixtures/test';

const PAYLOADS = [
  '<script>__pwned()</script>',
  '<img src=x onerror=__pwned()>',
  '<svg onload=__pwned()>',
  '"><img src=x onerror=__pwned()>',
  "'><img src=x onerror=__pwned()>",
  '</script><script>__pwned()</script>',
  '</textarea><img src=x onerror=__pwned()>',
  '</title><img src=x onerror=__pwned()>',
  '--><img src=x onerror=__pwned()>',
  '<iframe srcdoc="<script>parent.__pwned()</script>">',
  '" autofocus onfocus=__pwned() x="',
  '<a href=javascript&colon;__pwned()>x</a>',
];

interface Watch {
  ran: string[];
  violations: string[];
}

/** Counts what runs and what the policy stopped, on every page of the context. */
async function watch(context: BrowserContext): Promise<Watch> {
  const seen: Watch = { ran: [], violations: [] };
  await context.exposeFunction('__pwned', () => seen.ran.push('ran'));
  await context.exposeFunction('__violated', (text: string) => seen.violations.push(text));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      (window as unknown as { __violated(text: string): void }).__violated(`${location.pathname}: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return seen;
}

/** The addresses that a page links to: one for each shape of address, and all that belong to this account. */
function onward(links: string[], origin: string, account: string): string[] {
  const paths = links.map((link) => new URL(link, origin)).filter((url) => url.origin === new URL(origin).origin);
  return paths
    .map((url) => url.pathname + url.search)
    .filter((path) => !/signout|\/download|\/catalogue\/|\/pkg\//.test(path))
    .filter((path) => !path.includes('arn:aws:iam::aws:') || path.includes(account));
}

async function visit(page: Page, path: string): Promise<string[]> {
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBeLessThan(500);
  return page.locator('a[href]').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
}

/** Puts three of the payloads, from `first` on, into every text that takes them; the program prints how many did. */
const seeding = (account: string, first: number): string => `
payloads = ${JSON.stringify(PAYLOADS)}
kept = 0
def tried(call, **members):
    global kept
    try:
        call(**members)
        kept += 1
    except ClientError as error:
        assert error.response["ResponseMetadata"]["HTTPStatusCode"] < 500, error
budgets = boto3.client("budgets", **kw)
loud = dict(kw, config=Config(user_agent=" ".join(payloads)[:480], retries={"max_attempts": 1}))
if ${first} == 0:
    iam.create_user(UserName="ann")
    iam.create_group(GroupName="staff")
for at, text in list(enumerate(payloads))[${first}:${first} + 3]:
    document = json.dumps({"Version": "2012-10-17", "Id": text, "Statement": [{"Sid": text, "Effect": "Allow", "Action": "s3:" + text,
        "Resource": "arn:aws:s3:::" + text, "Condition": {"StringLike": {"aws:" + text: text, "s3:prefix": text}}}]})
    plain = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject",
        "Resource": "arn:aws:s3:::b/" + text, "Condition": {"StringLike": {"s3:prefix": text}}}]})
    for number, doc in enumerate([document, plain]):
        tried(iam.create_policy, PolicyName=f"policy-{at}-{number}", Description=text, PolicyDocument=doc)
        tried(iam.put_user_policy, UserName="ann", PolicyName=f"inline-{at}-{number}", PolicyDocument=doc)
        tried(iam.put_group_policy, GroupName="staff", PolicyName=f"inline-{at}-{number}", PolicyDocument=doc)
    for call, member in [(iam.create_user, "UserName"), (iam.create_group, "GroupName"), (iam.create_account_alias, "AccountAlias"),
                         (iam.create_virtual_mfa_device, "VirtualMFADeviceName")]:
        tried(call, **{member: text})
    tried(iam.create_user, UserName=f"user-{at}", Path="/" + text + "/")
    tried(iam.tag_user, UserName="ann", Tags=[{"Key": text, "Value": text}])
    tried(iam.tag_user, UserName="ann", Tags=[{"Key": f"key-{at}", "Value": text}])
    name = text.replace(":", "").replace("\\\\", "")[:100]
    tried(budgets.create_budget, AccountId="${account}", Budget={"BudgetName": name, "BudgetType": "COST", "TimeUnit": "MONTHLY",
        "BudgetLimit": {"Amount": "10", "Unit": "USD"}}, NotificationsWithSubscribers=[{"Notification": {"NotificationType": "ACTUAL",
        "ComparisonOperator": "GREATER_THAN", "Threshold": 1.0, "ThresholdType": "PERCENTAGE"},
        "Subscribers": [{"SubscriptionType": "EMAIL", "Address": "root@example.com"}]}])
boto3.client("iam", **loud).list_users()
try:
    boto3.client("iam", **loud).get_user(UserName="nobody-" + "x")
except ClientError:
    pass
print(kept)
`;

test('nothing that an account holds runs on any page', async ({ browser, page, context }) => {
  test.setTimeout(600_000);
  const account = await createAccount(true);
  let kept = 0;
  for (let first = 0; first < PAYLOADS.length; first += 3) {
    const seeded = await boto3(seeding(account.id, first), keysOf(account));
    expect(seeded.err).toBe('');
    kept += Number(seeded.out);
  }
  // Most names are refused; descriptions, documents and budgets are free, and must be there for the walk to mean anything.
  expect(kept).toBeGreaterThan(40);

  // The variant without escaping: the trap goes off, and with our policy it is the policy that says so.
  const broken = await browser.newContext();
  const alarm = await watch(broken);
  const bare = await broken.newPage();
  const strict = "default-src 'none'; script-src 'nonce-x' 'strict-dynamic'";
  for (const [path, headers] of [['bare', {}], ['guarded', { 'content-security-policy': strict }]] as const) {
    await bare.route(`**/${path}`, (route) => route.fulfill({ contentType: 'text/html', headers, body: `<p>${PAYLOADS[1]}</p>` }));
    await bare.goto(`${process.env.UNDERSTUDY_URL}/${path}`);
    if (path === 'bare') await expect.poll(() => alarm.ran.length).toBeGreaterThan(0);
    else await expect.poll(() => alarm.violations.length).toBeGreaterThan(0);
  }
  await broken.close();

  const seen = await watch(context);
  await signInAsRoot(page, account);
  await expect(page).toHaveURL(/\/console\/home/);
  const typed = PAYLOADS.map((text) => encodeURIComponent(text));
  const open = [
    '/console/home', '/console/services', '/console/settings', '/iam/home', '/iam/users', '/iam/users/ann', '/iam/groups', '/iam/groups/staff',
    '/iam/policies', '/iam/account_settings', '/iam/credential_report', '/iam/security_credentials', '/billing/home', '/billing/account',
    '/billing/budgets', '/billing/ledger', '/billing/simulator', '/billing/import', '/billing/preferences', '/billing/clock', '/cloudtrail/events', '/inbox', '/policysim', '/tools/authenticator', '/ui',
    ...PAYLOADS.map((_, at) => `/iam/policies/arn:aws:iam::${account.id}:policy/policy-${at}-1`),
    ...[typed[1], typed[5], typed[7]].flatMap((text) => [
      `/console/search?q=${text}`, `/iam/users?search=${text}`, `/iam/users/${text}`, `/iam/groups/${text}`, `/billing/budgets/${text}`,
      `/service/${text}`, `/no-such-page/${text}`, `/policysim?users/${text}`, `/policysim/explain?action=${text}&resource=${text}`,
      `/cloudtrail/events?value=${text}`, `/billing/ledger?service=${text}`, `/signin?redirect_uri=/${text}`,
    ]),
  ];
  const known = new Set(open);
  const shapes = new Map<string, number>();
  let shown = 0;
  for (let at = 0; at < open.length && at < 200; at += 1) {
    const links = await visit(page, open[at]);
    shown += (await page.content()).includes('__pwned') ? 1 : 0;
    for (const path of onward(links, process.env.UNDERSTUDY_URL ?? '', account.id)) {
      const shape = path.replace(/[0-9a-f-]{36}|\d+/g, '#').replace(/\?.*/, '').split('/').slice(0, 4).join('/');
      const count = shapes.get(shape) ?? 0;
      if (known.has(path) || count >= 14) continue;
      known.add(path);
      shapes.set(shape, count + 1);
      open.push(path);
    }
  }
  // Islands and menus take up what the page holds.
  await page.goto('/console/home');
  await page.getByRole('searchbox').first().fill(PAYLOADS[1]);
  await page.waitForTimeout(500);
  expect(open.length, 'pages walked').toBeGreaterThan(90);
  expect(shown, 'pages that show what was seeded').toBeGreaterThan(30);
  expect(seen.ran, 'what ran').toEqual([]);
  expect(seen.violations, 'what the policy stopped').toEqual([]);
});
