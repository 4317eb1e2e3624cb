// The operator's outbox on an installation with a mail server: what that refuses is a dead letter with its reason, sent
// again or discarded; and how every mail looks.
import { mailServer, type MailServer } from '../fixtures/mail-server';
import { expect, expectAccessible, picture, test, ROOT_PASSWORD } from '../fixtures/test';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SUBJECT = 'Understudy Password Assistance';
const binary = process.env.UNDERSTUDY_BINARY ?? 'understudy';

interface House {
  url: string;
  link: string;
  mail: MailServer;
  stop(): Promise<void>;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const socket = createServer().listen(0, '127.0.0.1', () => {
      const address = socket.address();
      socket.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => (child.exitCode === null ? child.on('exit', resolve) : resolve(child.exitCode)));
}

/** An installation of its own whose mail leaves, with an account for each address. */
async function start(emails: string[]): Promise<House> {
  const mail = await mailServer();
  const [port, api] = [await freePort(), await freePort()];
  const data = mkdtempSync(join(tmpdir(), 'understudy-'));
  const url = `http://localhost:${port}`;
  const env = {
    ...process.env,
    DATABASE_URL: undefined,
    UNDERSTUDY_DATA: data,
    UNDERSTUDY_ADDR: `127.0.0.1:${port}`,
    UNDERSTUDY_API_ADDR: `127.0.0.1:${api}`,
    UNDERSTUDY_PUBLIC_URL: url,
    UNDERSTUDY_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    UNDERSTUDY_MAIL_ALLOW: '@example.com',
  };
  const child = spawn(binary, ['serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const link = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const found = /http:\/\/\S+\/operator\?token=\S+/.exec(text);
      if (found) resolve(found[0]);
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  await expect.poll(async () => (await fetch(`${url}/readyz`).catch(() => undefined))?.status).toBe(200);
  for (const email of emails) {
    const words = ['account', 'create', '--email', email, '--name', 'Class of journeys', '--password-stdin', '--json'];
    const made = spawn(binary, words, { env, stdio: ['pipe', 'ignore', 'inherit'] });
    made.stdin.end(`${ROOT_PASSWORD}\n`);
    expect(await ended(made)).toBe(0);
  }
  return {
    url,
    link,
    mail,
    stop: async () => {
      child.kill('SIGTERM');
      await ended(child);
      mail.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

test('a dead letter is sent again, another discarded', async ({ page, browser }) => {
  test.setTimeout(240_000);
  const house = await start(['ann@example.com', 'ben@example.com']);
  try {
    const outbox = `${house.url}/inbox/outbox`;
    house.mail.refused.add('ann@example.com').add('ben@example.com');
    await page.goto(outbox);
    await expect(page.getByTestId('outbox-error'), 'it opens to the operator alone').toBeVisible();

    for (const email of ['ann@example.com', 'ben@example.com']) {
      await page.goto(`${house.url}/signin/forgot-password`);
      await page.getByTestId('recovery-email').fill(email);
      await page.getByTestId('send-recovery').click();
      await expect(page.getByTestId('recovery-sent')).toBeVisible();
    }
    await page.goto(house.link);
    await page.getByTestId('open-operator').click();
    await expect(page).toHaveURL(/\/inbox/);
    await page.getByTestId('to-outbox').click();
    await expect(page.getByTestId('page-title')).toContainText('Outbox');
    const rows = page.getByTestId('outbox-row');
    await expect(async () => {
      await page.getByTestId('refresh').click();
      await expect(rows).toHaveCount(2, { timeout: 1000 });
    }).toPass();
    await expect(rows.first()).toContainText('No such user here');
    await expect(page.getByTestId('tab-failed')).toHaveText('Dead letters (2)');
    await expectAccessible(page);
    await picture(browser, page, 'outbox-dead-letters');

    // What was wrong is put right, and the mail arrives.
    house.mail.refused.delete('ann@example.com');
    await rows.filter({ hasText: 'ann@example.com' }).getByTestId('resend-mail').click();
    await expect(page.getByText('The mail waits for the mail server')).toBeVisible();
    await expect.poll(() => house.mail.taken).toEqual(['ann@example.com']);
    await expect(async () => {
      await page.goto(outbox);
      await expect(rows).toHaveCount(1, { timeout: 1000 });
    }).toPass();

    await rows.getByTestId('discard-mail').click();
    await expect(page.getByText('The mail was discarded.')).toBeVisible();
    await expect(rows).toHaveCount(0);
    await expect(page.getByText('No dead letters')).toBeVisible();
    await expect(page.getByTestId('resend-all')).toBeDisabled();
    await page.getByTestId('tab-queued').click();
    await expect(page.getByText('No mail waits')).toBeVisible();
    await expectAccessible(page);

    // It is not lost: its own page sends it after all.
    house.mail.refused.clear();
    await page.goto(`${house.url}/inbox`);
    const discarded = page.getByTestId('mails-row').filter({ hasText: 'ben@example.com' });
    await expect(discarded.getByTestId('mail-state')).toContainText('Discarded');
    await discarded.getByRole('link', { name: SUBJECT }).click();
    await expect(page.getByTestId('mail-subject')).toContainText(SUBJECT);
    await expectAccessible(page);
    await page.getByTestId('resend-mail').click();
    await expect.poll(() => house.mail.taken).toEqual(['ann@example.com', 'ben@example.com']);
  } finally {
    await house.stop();
  }
});

test('every mail can be read as a page', async ({ page, browser }) => {
  const folder = new URL('../../crates/cloud/src/mail/snapshots/', import.meta.url);
  const mails = readdirSync(fileURLToPath(folder)).filter((name) => name.endsWith('.html'));
  expect(mails.length).toBeGreaterThan(10);
  for (const name of mails) {
    await page.goto(new URL(name, folder).href);
    await expect(page.getByText('Sent by a practice console at')).toBeVisible();
    // A letter is no page: it has no landmarks and no heading.
    await expectAccessible(page, ['region', 'landmark-one-main', 'page-has-heading-one']);
    await picture(browser, page, `mail-${basename(name, '.html')}`);
  }
});
