import type { CheckedMonth, FindingView, MailView } from '../../src/sidebar/month/contract.ts';
import type { Purser } from '../tools/purser.ts';
import type { Scene } from '../tools/scene.ts';
import { ACCOUNTANT, charter, cleanMonth, OWNER, PARTNERS } from '../tools/scene.ts';
import { findCell, rowValues, sha256 } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';
import type { Calls } from './sidebar-calls.ts';
import { resultOf, sidebarOf } from './sidebar-calls.ts';

let purser: Purser;
let call: Calls;
beforeAll(async () => {
  purser = await openPurser();
  call = sidebarOf(purser);
});
afterEach(() => purser.appsScript().direct(null));

const MONTH = '2026-05';
const held: Scene = { charters: [...cleanMonth(), charter('C-short', { revenueTotal: 900 })] };

const check = (): CheckedMonth => resultOf(call('sidebarCheck', MONTH));
const prepare = (): CheckedMonth => resultOf(call('sidebarPrepare', MONTH));
const statements = async (): Promise<number> => (await purser.mails('statement')).length;

function mailOf({ mail }: CheckedMonth): MailView & { readonly sha256: string } {
  if (mail === null || mail.sha256 === null) throw new Error('There is no mail with a file.');
  return { ...mail, sha256: mail.sha256 };
}

function firstOf(findings: readonly FindingView[]): FindingView {
  const [first] = findings;
  if (first === undefined) throw new Error('There is no finding.');
  return first;
}

function certified(from: CheckedMonth, more: { readonly name?: string; readonly sendNow?: boolean } = {}) {
  const { sha256, seal } = mailOf(from);
  return { sha256, seal, name: OWNER.name, sendNow: true, ...more };
}

async function lines(): Promise<unknown[]> {
  const tab = await purser.tab('Purser log');
  return Object.entries(tab.cells).flatMap(([name, { value }]) =>
    /^C([2-9]|\d\d)$/.test(name) ? [value] : [],
  );
}

it('a clean month is checked without a trace, prepared, looked at, certified and sent, once', async () => {
  await purser.begin();
  const before = await purser.tabs();
  const checked = check();
  expect(checked).toMatchObject({
    status: 'ready',
    alreadySent: false,
    error: null,
    view: {
      state: 'ready',
      stateWords: 'Nothing is open. The month can be prepared.',
      figures: { guests: 24 },
    },
    mail: { sha256: null, from: OWNER.email, dropped: [], voided: null },
  });
  expect(await purser.tabs()).toEqual(before);

  const ready = prepare();
  const mail = mailOf(ready);
  expect(ready).toMatchObject({
    status: 'ready',
    view: { state: 'ready', stateWords: 'Nothing is open. It waits for a person to certify it.' },
  });
  expect(mail.recipients).toEqual([
    { address: PARTNERS[0], kind: 'to', isNew: false },
    { address: PARTNERS[1], kind: 'to', isNew: false },
    { address: ACCOUNTANT, kind: 'cc', isNew: false },
  ]);
  expect(await statements()).toBe(0);
  expect((await purser.files()).filter(({ name }) => name.startsWith('statement-'))).toEqual([]);

  const sent = resultOf(call('sidebarSend', MONTH, certified(ready)));
  expect(sent).toMatchObject({
    status: 'sent',
    alreadySent: false,
    mail: null,
    error: null,
    view: { state: 'sent' },
  });
  const [out] = await purser.mails('statement');
  expect(out?.text.trim()).toBe(mail.text.trim());
  expect(out?.subject).toBe(mail.subject);
  expect(sha256(out?.attachments[0]?.bytes ?? new Uint8Array())).toBe(mail.sha256);
  expect(out?.attachments[0]?.name).toBe(mail.fileName);

  const again = resultOf(call('sidebarSend', MONTH, certified(ready)));
  expect(again).toMatchObject({ status: 'sent', alreadySent: true });
  expect(prepare()).toMatchObject({ status: 'sent', alreadySent: true, mail: null, bridge: null });
  expect(check()).toMatchObject({ status: 'sent', alreadySent: true, mail: null, view: { state: 'sent' } });
  expect(await statements()).toBe(1);
  expect((await lines()).filter((line) => String(line).includes('is sent, to'))).toHaveLength(1);
});

it('what a check found stays to be seen, though nothing is written', async () => {
  await purser.begin(held);
  const checked = check();
  expect(checked).toMatchObject({ status: 'held', mail: null, view: { state: 'held' } });
  const shown = resultOf(call('sidebarView', MONTH));
  expect(shown).toEqual(checked.view);
  expect(rowValues(await purser.tab('Purser register'), 2)).toEqual({});
});

it('a held month is looked into, accepted with a reason, and sent', async () => {
  await purser.begin(held);
  const found = firstOf(prepare().view.findings);
  expect(found).toMatchObject({ code: 'revenue-differs', mayAccept: true });
  const refused = call('sidebarAccept', MONTH, { key: found.key, reason: ' ', name: 'Dana' });
  expect(refused).toMatchObject({
    ok: false,
    error: { code: 'acceptance-refused', now: expect.stringContaining('why') },
  });
  const nameless = call('sidebarAccept', MONTH, { key: found.key, reason: 'Paid in cash', name: '' });
  expect(nameless).toMatchObject({ ok: false, error: { code: 'acceptance-refused' } });

  const accept = () =>
    resultOf(call('sidebarAccept', MONTH, { key: found.key, reason: 'Paid in cash', name: 'Dana' }));
  expect(firstOf(accept().findings).accepted).toEqual({ by: 'Dana', reason: 'Paid in cash' });
  // The other tab of the browser still shows it as open.
  accept();
  expect(rowValues(await purser.tab('Purser accepted'), 3)).toEqual({});

  const ready = prepare();
  expect(ready).toMatchObject({ status: 'ready' });
  expect(resultOf(call('sidebarSend', MONTH, certified(ready))).status).toBe('sent');
  expect(await statements()).toBe(1);
});

it('a key that names no finding accepts nothing', async () => {
  await purser.begin();
  for (const key of [
    '',
    '[]',
    '["crew-unknown"]',
    '["no-such-finding",null,null,0]',
    '["region-down",null,null,0]',
    '{"a":1}',
  ]) {
    const answer = call('sidebarAccept', MONTH, { key, reason: 'So be it', name: 'Dana' });
    expect(answer).toMatchObject({ ok: false, error: { code: 'acceptance-refused' } });
  }
  expect(rowValues(await purser.tab('Purser accepted'), 2)).toEqual({});
});

it('a file that has come out otherwise than the one that was looked at is not sent', async () => {
  await purser.begin();
  const ready = prepare();
  await purser.recharter([...cleanMonth(), charter('C-late')]);
  const other = resultOf(call('sidebarSend', MONTH, certified(ready)));
  expect(other).toMatchObject({
    status: 'ready',
    error: { code: 'approval-void', what: expect.stringContaining('otherwise') },
  });
  expect(mailOf(other).sha256).not.toBe(mailOf(ready).sha256);
  expect(mailOf(other).voided).toContain('otherwise');
  expect(await statements()).toBe(0);
  expect(resultOf(call('sidebarSend', MONTH, certified(other))).status).toBe('sent');
});

describe('what was looked at', () => {
  const SETTINGS = { 'Statement recipients': 'partner@partner.example' };

  async function change(from: string, to: string): Promise<void> {
    const { a1 } = findCell(await purser.tab('Purser settings'), from);
    await purser.type('Purser settings', a1, to);
  }

  it('is sent as it was looked at, however long a person has looked', async () => {
    await purser.begin();
    const ready = prepare();
    purser.clock.advance(50 * 60_000 + 7000);
    // The clock, or somebody else, has looked meanwhile.
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'ready' });
    expect(mailOf(prepare())).toEqual(mailOf(ready));
    purser.clock.advance(20 * 3_600_000);
    expect(resultOf(call('sidebarSend', MONTH, certified(ready)))).toMatchObject({
      status: 'sent',
      error: null,
    });
    const [out] = await purser.mails('statement');
    expect(sha256(out?.attachments[0]?.bytes ?? new Uint8Array())).toBe(mailOf(ready).sha256);
    expect(out?.text.trim()).toBe(mailOf(ready).text.trim());
  });

  it('stands under the name that was typed last, though somebody had approved it for later', async () => {
    await purser.begin();
    const ready = prepare();
    for (const name of ['Nora Field', 'Max Osei'])
      expect(resultOf(call('sidebarSend', MONTH, certified(ready, { name, sendNow: false })))).toMatchObject({
        error: null,
        view: { state: 'approved', stateWords: expect.stringContaining(name) },
      });
    const sent = resultOf(call('sidebarSend', MONTH, certified(ready, { name: 'Dana Reed' })));
    expect(sent).toMatchObject({ status: 'sent', error: null });
    expect(sent.view.steps.find(({ step }) => step === 'approved')?.words).toBe('by Dana Reed');
  });

  it('is as of today when it is prepared anew on another day', async () => {
    await purser.begin();
    const ready = prepare();
    purser.at('2026-06-03', 9);
    const anew = prepare();
    expect(anew.view.asOf).toBe('2026-06-03T13:00:00.000Z');
    expect(resultOf(call('sidebarSend', MONTH, certified(ready)))).toMatchObject({
      error: { code: 'approval-void' },
    });
    expect(resultOf(call('sidebarSend', MONTH, certified(anew))).status).toBe('sent');
  });

  it('does not go to others than those who were looked at', async () => {
    await purser.begin({ settings: SETTINGS });
    const ready = prepare();
    await change(SETTINGS['Statement recipients'], 'mallory@elsewhere.example');
    const other = resultOf(call('sidebarSend', MONTH, certified(ready)));
    expect(other).toMatchObject({
      status: 'ready',
      error: { code: 'approval-void', what: expect.stringContaining('who gets it') },
      mail: { recipients: [{ address: 'mallory@elsewhere.example' }] },
    });
    expect(mailOf(other).sha256).toBe(mailOf(ready).sha256);
    expect(await statements()).toBe(0);
    expect(resultOf(call('sidebarSend', MONTH, certified(other))).status).toBe('sent');
  });
});

it('approved for later it waits for the clock; looking at it again changes nothing, and another file is not sent', async () => {
  await purser.begin();
  const ready = prepare();
  const approved = resultOf(call('sidebarSend', MONTH, certified(ready, { sendNow: false })));
  expect(approved).toMatchObject({ status: 'ready', view: { state: 'approved' } });
  expect(prepare().view.state).toBe('approved');
  const wrong = resultOf(call('sidebarSend', MONTH, { ...certified(ready), sha256: 'a'.repeat(64) }));
  expect(wrong).toMatchObject({
    status: 'ready',
    error: { code: 'approval-void' },
    view: { state: 'approved' },
  });
  expect(await statements()).toBe(0);
  purser.at('2026-06-01', 8);
  expect(purser.trigger('tick')).toMatchObject({ status: 'sent' });
  expect(await statements()).toBe(1);
});

it('new recipients and those who no longer get it are named beside the others', async () => {
  await purser.begin({ settings: { 'Statement recipients': `new@partner.example, ${PARTNERS[0]}` } });
  const mail = mailOf(prepare());
  expect(mail.recipients).toEqual([
    { address: 'new@partner.example', kind: 'to', isNew: true },
    { address: PARTNERS[0], kind: 'to', isNew: false },
  ]);
  expect(mail.dropped).toEqual([PARTNERS[1], ACCOUNTANT]);
});

it('a tab that a person has written into holds the month, and the sidebar says why', async () => {
  await purser.begin();
  prepare();
  const { a1 } = findCell(await purser.tab('May 2026'), 'C-2026-05-1');
  await purser.type('May 2026', a1, 'Mine');
  const stopped = prepare();
  expect(stopped).toMatchObject({ status: 'held', mail: null });
  const found = stopped.view.findings.find(({ code }) => code === 'tab-edited');
  expect(found).toMatchObject({
    severity: 'block',
    mayAccept: false,
    words: expect.stringContaining('May 2026'),
  });
  expect(resultOf(call('sidebarView', MONTH)).findings).toEqual(stopped.view.findings);
});

it('what fails is told in words, with the month as it is', async () => {
  await purser.begin();
  await purser.faults({
    host: 'dynamodb',
    play: { lost: { status: 400, body: '{"__type":"x#AccessDeniedException"}' } },
  });
  const failed = prepare();
  expect(failed).toMatchObject({ status: 'failed', bridge: null, mail: null, view: { state: 'new' } });
  expect(failed.error?.code).toMatch(/^aws-/);
  expect(failed.error?.what).toMatch(/\w+ \w+/);
  await purser.faults();
  expect((await lines()).join('\n')).toContain('May 2026 could not be finished');
  expect(resultOf(call('sidebarPrepare', '2026-06'))).toMatchObject({
    status: 'failed',
    error: { code: 'month-not-over' },
    view: { state: 'open' },
  });
});

it('a month that is not over can be checked, and can’t go out', async () => {
  await purser.begin({
    charters: [charter('C-june', { month: '2026-06', date: '2026-06-09' })],
    today: '2026-06-20',
    settings: { 'Statement recipients': PARTNERS.join(', ') },
  });
  expect(resultOf(call('sidebarCheck', '2026-06'))).toMatchObject({
    view: { state: 'open' },
    mail: null,
    status: 'ready',
  });
});

it('that a month was sent is told even when the workbook can’t be read any more', async () => {
  await purser.begin();
  const ready = prepare();
  let isOut = false;
  purser.appsScript().direct(({ requests }) => {
    if (isOut && requests.some(({ url }) => url.includes('sheets.googleapis.com')))
      return { fails: 'before' };
    isOut ||= requests.some(({ url }) => url.includes('messages/send'));
    return null;
  });
  const sent = resultOf(call('sidebarSend', MONTH, certified(ready)));
  expect(sent).toMatchObject({
    status: 'sent',
    error: null,
    view: { state: 'sent', stateWords: 'Sent on June 1, 2026 to 3 people.', figures: { guests: 24 } },
  });
});

describe('while a run goes on', () => {
  it('another execution sees how far it is, that only one goes on, and that it is over', async () => {
    await purser.begin();
    const seen: unknown[] = [];
    for (const round of [1, 4])
      purser
        .appsScript()
        .meanwhile(() => seen.push(resultOf(call('sidebarProgress')), prepare().error?.code), round);
    const ready = prepare();
    expect(ready.status).toBe('ready');
    expect(seen).toEqual([
      expect.objectContaining({
        month: MONTH,
        of: 8,
        since: '2026-06-01T10:00:00.000Z',
        words: expect.stringMatching(/^\w+/),
      }),
      'run-in-progress',
      expect.objectContaining({ month: MONTH, done: expect.any(Number) }),
      'run-in-progress',
    ]);
    expect(resultOf(call('sidebarProgress'))).toBeNull();
    expect(ready.view.running).toBeNull();
  });

  it('booking mail is counted as it is read, and the bar stays when all of it is', async () => {
    const mail = (number: number): Uint8Array =>
      new TextEncoder().encode(
        `From: Bookings <desk@bookings.example>\r\nTo: ${OWNER.email}\r\nSubject: Booking HB-${number}\r\nDate: Fri, 1 May 2026 10:00:00 +0000\r\nMessage-ID: <hb-${number}@bookings.example>\r\n\r\nBooking reference: HB-${number}\r\nGuests: 4\r\n`,
      );
    await purser.begin({
      bookingMail: Array.from({ length: 30 }, (_, index) => mail(100 + index)),
      settings: { 'Booking mail search': 'from:desk@bookings.example' },
    });
    const seen: unknown[] = [];
    for (let round = 0; round < 12; round++)
      purser.appsScript().meanwhile(() => {
        const at = resultOf(call('sidebarProgress'));
        seen.push(at === null ? null : `${at.words}: ${at.done} of ${at.of}`);
      });
    let removed = 0;
    purser.appsScript().direct(({ kind, what }) => {
      if (kind === 'cache' && /^remove.* purser\.progress/.test(what)) removed += 1;
      return null;
    });
    prepare();
    expect(seen).toContain('Reading booking mail: 25 of 30');
    expect(removed).toBe(1);
  });

  it('one that began elsewhere is told by its lease, and never touches the cache', async () => {
    await purser.begin();
    let seen: unknown;
    let shown: unknown;
    const cached: string[] = [];
    purser.appsScript().direct(({ kind, what, execution }) => {
      if (kind === 'cache') cached.push(`${execution} ${what}`);
      return null;
    });
    purser.appsScript().meanwhile(() => {
      seen = resultOf(call('sidebarProgress'));
      shown = resultOf(call('sidebarView', null)).running;
    }, 2);
    expect(purser.send()).toMatchObject({ status: 'sent' });
    purser.appsScript().direct(null);
    expect(seen).toMatchObject({ month: '', words: `A run started by ${OWNER.email} is going on`, done: 0 });
    expect(shown).toEqual(seen);
    // Only the two that looked.
    expect(cached.map((what) => what.replace(/^\d+ /, ''))).toEqual([
      'getAll purser.progress',
      'getAll purser.progress purser.look.2026-05',
    ]);
  });

  it('one that Apps Script has ended is not shown as going on for longer than it could have lived', async () => {
    await purser.begin();
    purser
      .appsScript()
      .direct(({ requests }) =>
        requests.some(({ url }) => url.endsWith(':batchUpdate')) ? { killed: 'before' } : null,
      );
    expect(() => prepare()).toThrow();
    purser.appsScript().direct(null);
    expect(resultOf(call('sidebarProgress'))).toMatchObject({ month: MONTH });
    purser.clock.advance(8 * 60_000);
    expect(resultOf(call('sidebarProgress'))).toBeNull();
    expect(prepare().status).toBe('ready');
  });

  it('a cache that fails costs the bar, not the run', async () => {
    await purser.begin();
    purser.appsScript().direct(({ kind }) => (kind === 'cache' ? { fails: 'before' } : null));
    const ready = prepare();
    expect(ready).toMatchObject({ status: 'ready', view: { state: 'ready', figures: { guests: 24 } } });
    expect(resultOf(call('sidebarSend', MONTH, certified(ready))).status).toBe('sent');
    purser.appsScript().direct(null);
  });
});
