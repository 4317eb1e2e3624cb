// How fast the Users page of a full account comes, beside the statement that it asks of the database, and how soon
// a browser can work with it. Each pair is measured by turns in one run; what is told is the median of its ratios.
import { expect, test, type Page } from '@playwright/test';
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signInAsRoot } from '../fixtures/test';

const ROUNDS = 21;
const { AccountId: id, Email: email, Password: password } = JSON.parse(process.env.BENCH_ACCOUNT ?? '{}');
const FOLDER = '../crates/cloud/.sqlx';

const median = (values: number[]): number => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
const percentile = (values: number[], part: number): number =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * part))];

function figure(name: string, value: number, unit: string): void {
  appendFileSync(process.env.BENCH_FIGURES ?? '/dev/stdout', `${name}\t${value.toFixed(2)}\t${unit}\n`);
}

/** The statement of the Users page, as the program prepares it. */
function statement(): string {
  const queries = readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')).query as string);
  const found = queries.filter((query) => query.startsWith('with wanted as'));
  expect(found, 'the statement of the Users page').toHaveLength(1);
  return found[0];
}

/** A session of psql that stays open: times statements as a client on the same machine sees them. */
class Psql {
  private child = spawn('psql', ['-qAt', process.env.DATABASE_URL ?? ''], { stdio: ['pipe', 'pipe', 'inherit'] });
  private heard = '';
  private turn = 0;

  constructor() {
    this.child.stdout.on('data', (chunk) => (this.heard += chunk));
  }

  /** Milliseconds until the whole answer is here. */
  async time(sql: string): Promise<number> {
    const end = `end-of-${this.turn++}`;
    const began = performance.now();
    this.child.stdin.write(`${sql};\n\\echo ${end}\n`);
    while (!this.heard.includes(end)) await new Promise((resolve) => setImmediate(resolve));
    this.heard = '';
    return performance.now() - began;
  }

  close(): void {
    this.child.stdin.end('\\q\n');
  }
}

/** Milliseconds to the first byte of a page, and to its last, by curl. */
async function get(page: Page, path: string, origin = process.env.UNDERSTUDY_URL): Promise<[number, number]> {
  const cookies = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const format = '%{http_code} %{time_pretransfer} %{time_starttransfer} %{time_total}';
  const words = ['-s', '-o', '/dev/null', '-w', format, '-H', `Cookie: ${cookies}`, `${origin}${path}`];
  const [status, ready, first, last] = execFileSync('curl', words).toString().split(' ').map(Number);
  expect(status, path).toBe(200);
  return [(first - ready) * 1000, (last - ready) * 1000];
}

test.beforeEach(async ({ page }) => {
  await signInAsRoot(page, { id, email, mailbox: '' }, password);
  await page.waitForURL(/\/console\/home/);
});

test('the Users page beside its statement', async ({ page }) => {
  const psql = new Psql();
  await psql.time(`select set_config('app.account', '${id}', false)`);
  await psql.time(`prepare users as ${statement()}`);
  const asked = (after: string, limit: number): string =>
    `execute users('${id}', null, 'user-name', false, '', '${after}', ${limit}, null, null, false)`;
  await page.goto('/iam/users');
  const rows = await page.locator('tbody tr').count();
  const last = process.env.BENCH_LAST_NAME ?? '';
  const ratios: number[] = [];
  const times: number[] = [];
  const raw: number[] = [];
  const deep: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const sql = await psql.time(asked('', rows + 1));
    const [first] = await get(page, '/iam/users');
    const [whole] = await get(page, `/iam/users?query=${last}`);
    raw.push(sql);
    times.push(first);
    ratios.push(Math.max(0, first - 3) / sql);
    deep.push(whole / first);
  }
  psql.close();
  figure('users page, rows', rows, 'rows');
  figure('users page, its statement', median(raw), 'ms');
  figure('users page, first byte', median(times), 'ms');
  figure('users page, (first byte - 3 ms) / statement', median(ratios), 'times, goal 3');
  figure('users page, search / first page', median(deep), 'times, goal 2');
});

test('the last page beside the first', async ({ page }) => {
  await page.goto('/iam/users');
  let address = '/iam/users';
  // As a person would: to the end of the list by its own links.
  for (;;) {
    const next = await page.getByRole('link', { name: 'Next page' }).getAttribute('href');
    if (next === null) break;
    address = next;
    await page.goto(address, { waitUntil: 'domcontentloaded' });
  }
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [first] = await get(page, '/iam/users');
    const [last] = await get(page, address);
    ratios.push(last / first);
  }
  figure('users page, last page / first page', median(ratios), 'times, goal 1.3');
});

test('a small account among many beside one alone', async ({ page, browser }) => {
  const open = async (account: string | undefined, baseURL: string | undefined): Promise<Page> => {
    const { AccountId, Email, Password } = JSON.parse(account ?? '{}');
    const context = await browser.newContext({ baseURL });
    const opened = await context.newPage();
    await signInAsRoot(opened, { id: AccountId, email: Email, mailbox: '' }, Password);
    await opened.waitForURL(/\/console\/home/);
    return opened;
  };
  const alone = await open(process.env.BENCH_ALONE, process.env.UNDERSTUDY_URL_ALONE);
  const among = await open(process.env.BENCH_AMONG, process.env.UNDERSTUDY_URL);
  await page.close();
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const [less] = await get(alone, '/iam/users', process.env.UNDERSTUDY_URL_ALONE);
    const [more] = await get(among, '/iam/users');
    ratios.push(more / less);
  }
  figure(`users page of 30 users, among ${process.env.BENCH_ACCOUNTS} accounts / alone`, median(ratios), 'times');
});

test('in the browser', async ({ page }) => {
  const session = await page.context().newCDPSession(page);
  await page.addInitScript(() => {
    const marks = window as unknown as { shift: number; ready: number };
    marks.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) marks.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
    new MutationObserver(() => {
      if (document.documentElement.dataset.hydrated === 'true') marks.ready ||= performance.now();
    }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-hydrated'] });
  });
  const navigations: number[] = [];
  for (let turn = 0; turn < ROUNDS; turn++) {
    const began = performance.now();
    await page.goto(turn % 2 ? '/iam/users' : '/iam/groups', { waitUntil: 'domcontentloaded' });
    navigations.push(performance.now() - began);
  }
  figure('from page to page, 95 of 100', percentile(navigations, 0.95), 'ms, goal 100');
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const hydrations: number[] = [];
  const usable: number[] = [];
  let shift = 0;
  for (let turn = 0; turn < 7; turn++) {
    await page.goto('/iam/users');
    await expect(page.locator('html')).toHaveAttribute('data-hydrated', 'true');
    const seen = await page.evaluate(() => {
      const marks = window as unknown as { shift: number; ready: number };
      const [begun] = performance.getEntriesByName('hydration');
      return { shift: marks.shift, took: marks.ready - begun.startTime, after: marks.ready };
    });
    hydrations.push(seen.took);
    usable.push(seen.after);
    shift = Math.max(shift, seen.shift);
  }
  figure('users page, hydration, processor / 4', median(hydrations), 'ms, goal 60');
  figure('users page, from the address to every script awake, processor / 4', median(usable), 'ms');
  figure('users page, layout shift', shift, 'CLS, goal 0');
});
