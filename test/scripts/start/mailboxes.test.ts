/** `npm start` with connected mailboxes: one that statements go out from, one that booking mail is read from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { Har } from '../../../scripts/local/trace.ts';
import { openXlsx } from '../../tools/seen.ts';
import type { Folder } from '../../tools/start-command.ts';
import { newFolder, start } from '../../tools/start-command.ts';

const OFFICE = 'office@blueheron.example';
const SAMPLE = join(import.meta.dirname, '../../../sample');

let folder: Folder;
beforeEach(() => {
  folder = newFolder();
});
afterEach(() => folder.remove());

function traced(name: string): Har['log']['entries'] {
  const har = JSON.parse(folder.read(name).toString()) as Har;
  return har.log.entries;
}

describe('--set "Send from=…"', () => {
  it('sends through a connected account, whose token it refreshes on the way; again: already sent', async () => {
    const args = ['--generate', '2', '--out', folder.at('out'), '--set', `Send from=${OFFICE}`];
    const ended = await start(...args, '--trace', folder.at('run.har'));
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('The statement for May 2026 is sent.');
    expect(ended.stdout).toMatch(new RegExp(`^From +${OFFICE}$`, 'm'));
    expect(ended.stdout).toMatch(new RegExp(`^Renewed +the access to ${OFFICE}, on the way$`, 'm'));
    expect(ended.stdout).not.toMatch(/^Bookings /m);
    expect(folder.summary()).toMatchObject({
      status: 'sent',
      from: OFFICE,
      renewed: [OFFICE],
      bookingMailFrom: null,
    });
    const mail = await simpleParser(folder.read('out/mail/statement-001.eml'));
    expect(mail.from?.value.map(({ address }) => address)).toEqual([OFFICE]);

    const entries = traced('run.har');
    const at = (part: string): number[] =>
      entries.flatMap(({ request }, index) => (request.url.includes(part) ? [index] : []));
    const [refreshed, ...more] = at('https://oauth2.googleapis.com/token');
    const [sent, ...again] = at('messages/send');
    expect([more, again]).toEqual([[], []]);
    expect(refreshed ?? Number.NaN).toBeLessThan(sent ?? Number.NaN);
    expect(entries[refreshed ?? -1]).toMatchObject({
      request: { method: 'POST', postData: { text: 'redacted' } },
      response: { status: 200, content: { text: 'redacted' } },
    });
    expect(folder.read('run.har').toString()).not.toMatch(/ya29\.|1\/\/0|GOCSPX/);

    const second = await start(...args);
    expect(second.code).toBe(0);
    expect(second.stdout).toContain('already sent');
    expect(folder.summary()).toMatchObject({
      status: 'sent',
      alreadySent: true,
      from: OFFICE,
      bookingMailFrom: null,
    });
    expect(folder.files().filter((name) => name.startsWith('mail/'))).toEqual(['mail/statement-001.eml']);
  });

  it.each([
    ['Send from', 'the office'],
    ['Booking mail from', 'a@b@c'],
  ])(
    'an address that is none (%s) is refused with the setting and its cell: exit 1, nothing sent',
    async (key, value) => {
      const out = ['--generate', '1', '--out', folder.at('out'), '--set', `${key}=${value}`];
      const ended = await start(...out);
      expect(ended.code).toBe(1);
      expect(ended.stdout).toMatch(
        new RegExp(`'Purser settings'!B\\d+ \\(${key}\\): “${value}” is neither “built-in” nor`),
      );
      expect(folder.summary()).toMatchObject({ status: 'failed', error: { code: 'settings-invalid' } });
      expect(folder.files().some((name) => name.startsWith('mail/'))).toBe(false);
    },
  );

  it('a setting that there is none of is bad usage: exit 64, and the right one named', async () => {
    const ended = await start('--generate', '1', '--out', folder.at('out'), '--set', `Send form=${OFFICE}`);
    expect(ended).toMatchObject({ code: 64, stdout: '' });
    expect(ended.stderr).toContain('“Send from”');
  });
});

it('--set "Booking mail from=…" reads booking mail from it: each row’s link opens there', async () => {
  const charters = readFileSync(join(SAMPLE, 'charters.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('BH-2026-05-001'));
  folder.write('mail/HB-1.eml', readFileSync(join(SAMPLE, 'mail', mailOf(charters[0] ?? ''))));
  const ended = await start(
    ...['--month', '2026-05', '--out', folder.at('out'), '--no-send'],
    ...['--charters', folder.write('charters.jsonl', charters.join('\n'))],
    ...['--roster', join(SAMPLE, 'roster.jsonl'), '--mail', folder.at('mail')],
    ...['--set', `Booking mail from=${OFFICE}`, '--set', 'Statement recipients=grace@partner.example'],
    ...['--trace', folder.at('run.har'), '--trace-secrets'],
  );
  expect(ended.code).toBe(0);
  expect(ended.stdout).toMatch(new RegExp(`^Bookings +read in ${OFFICE}$`, 'm'));
  expect(folder.summary()).toMatchObject({ from: null, bookingMailFrom: OFFICE });
  const evidence = (await openXlsx(folder.read('out/workbook.xlsx'))).getWorksheet('Purser evidence');
  const row = JSON.stringify(evidence?.getRow(2).values);
  expect(row).toContain('authuser=office%40blueheron.example');
  expect(evidence?.getRow(3).values).toEqual([]);
  const refresh = traced('run.har').find(
    ({ request }) => request.url === 'https://oauth2.googleapis.com/token',
  );
  // Asked for secrets, the trace has them.
  expect(refresh?.request.postData?.text).toContain('refresh_token=1%2F%2F0');
  expect(refresh?.response.content.text).toContain('ya29.');
});

it('a mailbox for booking mail that no search looks into is not said to have been read', async () => {
  const args = ['--generate', '1', '--no-send', '--set', `Booking mail from=${OFFICE}`];
  const ended = await start(...args, '--out', folder.at('out'));
  expect(ended.stdout).not.toMatch(/^Bookings /m);
  expect(folder.summary()).toMatchObject({ status: 'ready', bookingMailFrom: null });
});

it('--trace-secrets without --trace is bad usage', async () => {
  const ended = await start('--out', folder.at('out'), '--trace-secrets');
  expect(ended).toMatchObject({ code: 64 });
  expect(ended.stderr).toContain('--trace FILE.har');
});

/** The sample’s mail about a charter’s first booking. */
function mailOf(charter: string): string {
  const { bookingRefs } = JSON.parse(charter) as { bookingRefs: readonly string[] };
  return `${bookingRefs[0]}.eml`;
}
