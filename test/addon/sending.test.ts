/** Filing and sending when Google fails: at most one mail, and never a guess. */
import { gunzipSync } from 'node:zlib';
import type { Fault } from '../../scripts/local/contract.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Choices, Purser } from '../tools/purser.ts';
import { charter, cleanMonth, handMail, OWNER, PARTNERS } from '../tools/scene.ts';
import { rowValues, visible } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const GMAIL = 'gmail.googleapis.com';
/** Sent's index may lag by so much. */
const A_QUARTER_MS = 15 * 60_000;
const SEND = 'messages/send';
const SHEETS = 'sheets.googleapis.com';
const UPLOAD = '/upload/drive/';
const MONTH_TAB = 'May 2026';
const AUDIT_TAB = 'Audit May 2026';

const answer = (
  status: number,
  body = '<html>Error</html>',
  headers: Record<string, string> = {},
): Fault['play'] => ({
  answer: { status, body, headers },
});
// https://developers.google.com/workspace/gmail/api/guides/handle-errors
const quota = JSON.stringify({
  error: {
    code: 403,
    message: 'Quota exceeded',
    errors: [{ domain: 'usageLimits', reason: 'userRateLimitExceeded' }],
  },
});

const isStatement = (mail: Buffer): boolean => mail.includes('X-Purser-Kind: statement');
const notAgain: Choices['answers'] = ({ title }) => (title === 'Send again?' ? { button: 'NO' } : null);

async function statements(): Promise<number> {
  return (await purser.mails('statement')).length;
}

async function sendWith(...faults: readonly Fault[]): Promise<RunReport> {
  await purser.begin();
  await purser.faults(...faults);
  const report = purser.send();
  await purser.faults();
  return report;
}

describe('Gmail', () => {
  it.each<readonly [string, Fault['play']]>([
    ['429', answer(429, '{"error":{"code":429,"message":"Too many concurrent requests for user"}}')],
    ['429 that names a time', answer(429, '{}', { 'Retry-After': '7' })],
    ['a quota 403', answer(403, quota)],
  ])('that says %s is asked again, and the statement is sent once', async (_words, play) => {
    const report = await sendWith({ host: GMAIL, match: SEND, times: 2, play });
    expect(report).toMatchObject({ status: 'sent' });
    expect(await statements()).toBe(1);
  });

  it('that stays busy leaves the statement for another run, which sends it', async () => {
    const report = await sendWith({ host: GMAIL, match: SEND, play: answer(429) });
    expect(report).toMatchObject({ status: 'failed', error: { code: 'service-throttled' } });
    expect(await statements()).toBe(0);
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: false });
    expect(await statements()).toBe(1);
  });

  it('that refuses for good says why, and a person may try again', async () => {
    const refused =
      '{"error":{"code":400,"message":"Invalid To header","errors":[{"reason":"invalidArgument"}]}}';
    const report = await sendWith({ host: GMAIL, match: SEND, play: answer(400, refused) });
    expect(report).toMatchObject({ status: 'failed', error: { code: 'google-refused' } });
    expect(report.error?.message).toContain('Invalid To header');
    expect(purser.send()).toMatchObject({ status: 'sent' });
    expect(await statements()).toBe(1);
  });

  it.each<readonly [string, Fault['play']]>([
    ['500', answer(500)],
    ['503', answer(503)],
    ['a reply that breaks off', { halve: true }],
    ['silence', { stall: true }],
    ['a dead connection', { unreachable: true }],
    ['a redirect', answer(302, '', { Location: 'https://accounts.google.com/' })],
  ])(
    'that answers the send with %s leaves it unknown, and it is never sent again by itself',
    async (_words, play) => {
      await purser.begin();
      await purser.faults({ host: GMAIL, match: SEND, play });
      const report = purser.send();
      expect(report).toMatchObject({ status: 'unknown', error: { code: 'send-unknown' } });
      expect(report.error?.message).toContain('PRSYYPK202605V1');
      expect(rowValues(await purser.tab('Purser register'), 2)).toMatchObject({ C: 'unknown' });
      if ((await statements()) > 0) return;
      const tries = (): number =>
        purser
          .trace()
          .filter(({ request }) => request.url.includes(SEND) && isStatement(Buffer.from(request.body)))
          .length;
      expect(purser.send('2026-05', { answers: notAgain })).toMatchObject({ status: 'unknown' });
      expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'unknown' });
      expect(tries()).toBe(1);
    },
  );

  it('that left it unknown is asked again when a person has looked into Sent and says so', async () => {
    await purser.begin();
    await purser.faults({ host: GMAIL, match: SEND, times: 1, play: answer(500) });
    expect(purser.send()).toMatchObject({ status: 'unknown' });
    purser.clock.advance(A_QUARTER_MS);
    let asked = '';
    const report = purser.send('2026-05', {
      answers: ({ title, message }) => {
        if (title === 'Did it go out?') asked = message;
        return null;
      },
    });
    expect(asked).toContain('PRSYYPK202605V1');
    expect(report).toMatchObject({ status: 'sent' });
    expect(await statements()).toBe(1);
  });

  it('that left it unknown is not sent again within a quarter of an hour: Sent may not know of it yet', async () => {
    await purser.begin();
    await purser.faults({ host: GMAIL, match: SEND, times: 1, play: answer(500) });
    expect(purser.send()).toMatchObject({ status: 'unknown' });
    purser.clock.advance(A_QUARTER_MS - 1000);
    const asked: string[] = [];
    const report = purser.send('2026-05', {
      answers: ({ title, message }) => {
        asked.push(title);
        if (title === 'Not yet') expect(message).toContain('quarter of an hour');
        return null;
      },
    });
    expect(report).toMatchObject({ status: 'unknown' });
    expect(asked).toEqual(['Purser: Send statement', 'Did it go out?', 'Not yet']);
    expect(await statements()).toBe(0);
  });

  it('that left it unknown is sent when a person says that it was: nothing goes out again', async () => {
    await purser.begin();
    await purser.faults({ host: GMAIL, match: SEND, times: 1, play: answer(500) });
    expect(purser.send()).toMatchObject({ status: 'unknown' });
    const report = purser.send('2026-05', {
      answers: ({ title }) => (title === 'Did it go out?' ? { button: 'YES' } : null),
    });
    expect(report).toMatchObject({ status: 'sent', alreadySent: true, totals: { reportableCents: 275_000 } });
    expect(rowValues(await purser.tab('Purser register'), 2)).toMatchObject({ C: 'sent', H: 2750 });
    purser.at('2026-06-02');
    expect(purser.trigger('tick')).toBeNull();
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: true });
    expect(await statements()).toBe(0);
  });

  it('that left it unknown changes no tab before a person has answered', async () => {
    await purser.begin();
    await purser.faults({ host: GMAIL, match: SEND, times: 1, play: answer(500) });
    expect(purser.send()).toMatchObject({ status: 'unknown' });
    const { cells } = await purser.tab(MONTH_TAB);
    await purser.recharter([...cleanMonth(), charter('C-later')]);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'unknown' });
    purser.clock.advance(A_QUARTER_MS);
    const from = purser.trace().length;
    let posted = -1;
    const report = purser.send('2026-05', {
      answers: ({ title }) => {
        if (title !== 'Send again?') return null;
        const asked = purser.trace().slice(from);
        posted = asked.filter(({ request }) => request.url.includes(':batchUpdate')).length;
        return { button: 'NO' };
      },
    });
    expect(report).toMatchObject({ status: 'unknown' });
    expect(posted).toBe(0);
    expect((await purser.tab(MONTH_TAB)).cells).toEqual(cells);
    expect(purser.send()).toMatchObject({ status: 'sent', totals: { charters: 4 } });
    expect((await purser.tab(MONTH_TAB)).cells).not.toEqual(cells);
  });

  it('whose reply got lost: the next run finds the mail in Sent, and it is sent, once', async () => {
    await purser.begin();
    await purser.faults({
      host: GMAIL,
      match: SEND,
      play: { lost: { status: 502, body: '<html>Bad Gateway</html>' } },
    });
    expect(purser.send()).toMatchObject({ status: 'unknown' });
    expect(await statements()).toBe(1);
    expect(rowValues(await purser.tab('Purser register'), 2)).toMatchObject({ C: 'unknown' });
    await purser.faults();
    const unknown = rowValues(await purser.tab('Purser register'), 2);
    // Since then somebody has entered another charter; what went out has not changed by that.
    await purser.recharter([...cleanMonth(), charter('C-later')]);
    const report = purser.send();
    expect(report).toMatchObject({
      status: 'sent',
      alreadySent: true,
      statementCode: 'PRSYYPK202605V1',
      totals: { charters: 3, reportableCents: 275_000 },
      to: PARTNERS,
    });
    expect(report.messageId).not.toBeNull();
    expect(await statements()).toBe(1);
    const row = rowValues(await purser.tab('Purser register'), 2);
    expect(row).toMatchObject({ C: 'sent', D: 3, H: 2750, I: 2750, K: 'PRSYYPK202605V1' });
    // The data of these very figures were read when the row says.
    expect(row).toMatchObject({ L: unknown.L, M: unknown.M });
    expect(row.M).toBeDefined();
    expect(report.fingerprint.startsWith(String(row.L))).toBe(true);
    expect((await purser.files()).filter(({ appProperties }) => appProperties.purserStatement)).toHaveLength(
      1,
    );
  });

  it('has the statement in Sent though the records are lost: nothing is sent again', async () => {
    await purser.sent();
    const before = rowValues(await purser.tab('Purser register'), 2);
    purser.appsScript().properties('document').delete('outbox.statement.2026-05.V1');
    purser.clock.advance(3_600_000);
    const report = purser.send();
    expect(report).toMatchObject({
      status: 'sent',
      alreadySent: true,
      statementCode: 'PRSYYPK202605V1',
      totals: null,
    });
    expect(await statements()).toBe(1);
    expect(rowValues(await purser.tab('Purser register'), 2)).toEqual(before);
    const dialog = purser.appsScript().shown.at(-1);
    expect(dialog?.kind === 'dialog' ? dialog.html : '').toContain('no record of the figures');
  });

  it('has the statement in Sent, and nobody knows its figures: the register gets none of today’s', async () => {
    await purser.sent();
    await purser.type('Purser register', 'C2', 'ready');
    purser.appsScript().properties('document').delete('outbox.statement.2026-05.V1');
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: true });
    const row = rowValues(await purser.tab('Purser register'), 2);
    expect(Object.keys(row).sort()).toEqual(['A', 'B', 'C', 'K', 'N', 'Q']);
    expect(row).toMatchObject({ C: 'sent', K: 'PRSYYPK202605V1' });
  });

  it('is not asked when the record can’t be read: nobody can tell', async () => {
    await purser.begin();
    purser.appsScript().properties('document').set('outbox.statement.2026-05.V1', '{"schema":9');
    expect(purser.send()).toMatchObject({ status: 'failed', error: { code: 'outbox-record-unreadable' } });
    expect(await statements()).toBe(0);
  });

  it('refused the permission to send: set up again, nothing sent', async () => {
    const scope = JSON.stringify({
      error: {
        code: 403,
        message: 'Insufficient Permission',
        errors: [{ reason: 'insufficientPermissions' }],
      },
    });
    const report = await sendWith({ host: GMAIL, match: SEND, play: answer(403, scope) });
    expect(report).toMatchObject({ status: 'failed', error: { code: 'google-scope-missing' } });
  });
});

describe('other mail in Sent', () => {
  const CODE = 'PRSYYPK202605V1';
  const note = (index: number, headers = ''): string =>
    handMail('2026-05', {
      to: `colleague-${index}@harbor.example`,
      subject: headers === '' ? 'The May figures' : 'Re: Harbor Sails revenue statement, May 2026',
      text: `Have a look: ${CODE}`,
    }).replace('MIME-Version', `${headers}MIME-Version`);

  it('that names the month’s code is not its statement', async () => {
    await purser.begin({ sent: [handMail('2026-04'), note(1)] });
    expect(purser.send('2026-05', { answers: notAgain })).toMatchObject({
      status: 'sent',
      alreadySent: false,
    });
    expect(await statements()).toBe(1);
  });

  it('with the month’s subject and code may be its statement: a person is asked', async () => {
    await purser.begin({ sent: [handMail('2026-04'), handMail('2026-05', { text: CODE })] });
    const report = purser.send('2026-05', { answers: notAgain });
    expect(report).toMatchObject({ status: 'unknown', error: { code: 'send-unknown' } });
    expect(report.error?.message).toContain('without the marks');
    expect(await purser.titles()).not.toContain(MONTH_TAB);
    const row = rowValues(await purser.tab('Purser register'), 2);
    expect(row).toMatchObject({ A: '2026-05', C: 'unknown', K: CODE });
    expect(row.H).toBeUndefined();
    expect(await statements()).toBe(0);
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: false });
    expect(await statements()).toBe(1);
  });

  it('neither gives next month its recipients nor hides the statement that it is about', async () => {
    await purser.sent({ settings: { 'Explain changes over': '' } });
    purser.at('2026-07-01');
    await purser.recharter([...cleanMonth(), charter('C-june', { month: '2026-06', date: '2026-06-09' })]);
    for (let index = 1; index <= 12; index++)
      await purser.deliver(note(index, 'In-Reply-To: <x@harbor.example>\n'), ['SENT']);
    await purser.deliver(note(13), ['SENT']);
    expect(purser.preview('2026-06')).toMatchObject({ status: 'ready', to: PARTNERS, findings: [] });
  });

  it('is known by the setting’s subject, also one that begins like an answer', async () => {
    const subject = 'Heron: revenue statement, April 2026';
    await purser.begin({
      sent: [
        handMail('2026-04', { subject }),
        handMail('2026-04', { subject: `Re: ${subject}`, to: 'x@y.example' }),
      ],
      settings: { 'Statement subject': 'Heron: revenue statement, {{month}}' },
    });
    expect(purser.preview()).toMatchObject({ status: 'ready', to: PARTNERS, findings: [] });
  });
});

describe('Drive', () => {
  const filed = async (): Promise<readonly string[]> =>
    (await purser.files())
      .filter(({ appProperties }) => appProperties.purserStatement)
      .map(({ name }) => name);

  it('that keeps other bytes than were sent: nothing is sent', async () => {
    const body = JSON.stringify({ id: '1x', name: 'n', mimeType: 'x/y', sha256Checksum: '0'.repeat(64) });
    const report = await sendWith({ host: 'www.googleapis.com', match: UPLOAD, play: answer(200, body) });
    expect(report).toMatchObject({ status: 'failed', error: { code: 'file-checksum-differs' } });
    expect(await statements()).toBe(0);
    expect(purser.send()).toMatchObject({ status: 'sent' });
  });

  it('whose reply got lost is asked again by the next run, and no twin is left', async () => {
    const report = await sendWith({
      host: 'www.googleapis.com',
      match: UPLOAD,
      times: 1,
      play: { lost: { status: 500, body: '{}' } },
    });
    expect(report).toMatchObject({ status: 'failed', error: { code: 'service-unavailable' } });
    expect(await statements()).toBe(0);
    expect(await filed()).toHaveLength(1);
    expect(purser.send()).toMatchObject({ status: 'sent' });
    expect(await filed()).toEqual(['statement-2026-05-PRSYYPK202605V1.xlsx']);
  });

  it('replaces the draft of a run that got no further, with the newer figures', async () => {
    await purser.begin();
    await purser.faults({ host: GMAIL, match: SEND, play: answer(429) });
    purser.send();
    await purser.faults();
    await purser.recharter([...cleanMonth(), charter('C-more')]);
    const report = purser.send();
    expect(report).toMatchObject({ status: 'sent', totals: { reportableCents: 375_000 } });
    const files = (await purser.files()).filter(({ appProperties }) => appProperties.purserStatement);
    expect(files).toHaveLength(1);
    expect(files[0]?.sha256Checksum).toBe(report.sha256);
    expect(files[0]?.description).toContain('Reportable $3,750.00');
  });

  it('folders that the user renamed and moved are used as they are', async () => {
    await purser.begin();
    const folders = (await purser.files()).filter(({ createdByApp }) => createdByApp);
    expect(purser.send()).toMatchObject({ status: 'sent' });
    const after = (await purser.files()).filter(({ bytes, createdByApp }) => createdByApp && bytes === null);
    expect(after.map(({ id }) => id)).toEqual(folders.map(({ id }) => id));
  });
});

describe('a run that dies on the way leaves nothing half-written, and the next one ends it', () => {
  const UPDATE = ':batchUpdate';
  // In the order of the run: the hidden copy, its values, the read-back, the showing, the register.
  it.each<readonly [string, Fault, boolean]>([
    ['at the hidden copy', { host: SHEETS, match: `0:batchUpdate`, times: 1, play: answer(500) }, false],
    [
      'after the hidden copy',
      { host: SHEETS, match: `0:batchUpdate`, times: 1, play: { lost: { status: 500, body: '' } } },
      false,
    ],
    ['at filling it', { host: SHEETS, match: 'values:batchUpdate', play: answer(503) }, false],
    ['at reading it back', { host: SHEETS, match: 'UNFORMATTED_VALUE', skip: 1, play: answer(500) }, false],
    ['at showing it', { host: SHEETS, match: `0:batchUpdate`, skip: 1, play: answer(500) }, false],
    ['at showing it, and at tidying up', { host: SHEETS, match: UPDATE, skip: 2, play: answer(500) }, false],
    [
      'after showing it',
      { host: SHEETS, match: `0:batchUpdate`, skip: 1, times: 1, play: { lost: { status: 500, body: '' } } },
      true,
    ],
    [
      'silently, at showing it',
      { host: SHEETS, match: `0:batchUpdate`, skip: 1, times: 1, play: { stall: true } },
      false,
    ],
  ])('%s', async (_words, fault, shown) => {
    await purser.begin();
    const before = visible(await purser.tabs());
    await purser.faults(fault);
    const report = purser.send();
    expect(report).toMatchObject({ status: 'failed' });
    expect(['service-unavailable', 'network-failed', 'time-budget-spent']).toContain(report.error?.code);
    expect(await purser.mails()).toEqual([]);
    expect(visible(await purser.tabs())).toEqual(
      shown ? before.toSpliced(2, 0, MONTH_TAB, AUDIT_TAB) : before,
    );
    await purser.faults();
    expect(purser.send()).toMatchObject({ status: 'sent', findings: [] });
    expect(visible(await purser.tabs())).toEqual(before.toSpliced(2, 0, MONTH_TAB, AUDIT_TAB));
    expect((await purser.tabs()).filter(({ hidden }) => hidden)).toEqual([]);
    expect(await statements()).toBe(1);
  });

  it('while it refreshes a tab: readers see the old one whole until the new one is there', async () => {
    await purser.begin({ charters: [...cleanMonth(), charter('C-old')] });
    purser.send('2026-05', { yes: false });
    const before = await purser.tab(MONTH_TAB);
    await purser.recharter(cleanMonth());
    await purser.faults({ host: SHEETS, match: '0:batchUpdate', skip: 1, play: answer(500) });
    expect(purser.send().status).toBe('failed');
    expect((await purser.tab(MONTH_TAB)).cells).toEqual(before.cells);
    await purser.faults();
    expect(purser.send()).toMatchObject({ status: 'sent', totals: { charters: 3 } });
    expect((await purser.tab(MONTH_TAB)).sheetId).toBe(before.sheetId);
    expect((await purser.tabs()).filter(({ hidden }) => hidden)).toEqual([]);
  });

  it('after the mail went out: the next run writes the register row that is owed, and sends nothing', async () => {
    await purser.begin();
    await purser.faults({ host: SHEETS, match: 'values:batchUpdate', skip: 2, play: answer(500) });
    expect(purser.send()).toMatchObject({ status: 'sent' });
    expect(await statements()).toBe(1);
    expect(rowValues(await purser.tab('Purser register'), 2)).toEqual({});
    await purser.faults();
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: true });
    expect(await statements()).toBe(1);
    const row = rowValues(await purser.tab('Purser register'), 2);
    expect(row).toMatchObject({ A: '2026-05', B: 1, C: 'sent', D: 3, H: 2750, K: 'PRSYYPK202605V1' });
    const asked = purser.trace().length;
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: true });
    expect(purser.trace()).toHaveLength(asked);
  });

  it('after the mail went out: the clock writes the register row too', async () => {
    await purser.begin();
    await purser.faults({ host: SHEETS, match: 'values:batchUpdate', skip: 2, play: answer(500) });
    expect(purser.send()).toMatchObject({ status: 'sent' });
    await purser.faults();
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'sent', alreadySent: true });
    expect(rowValues(await purser.tab('Purser register'), 2)).toMatchObject({ C: 'sent' });
    expect(await statements()).toBe(1);
  });
});

it('after the mail went out before the statement day: the next hour writes the register row all the same', async () => {
  await purser.begin({ settings: { 'Statement day': '9' } });
  await purser.faults({ host: SHEETS, match: 'values:batchUpdate', skip: 2, play: answer(500) });
  expect(purser.send()).toMatchObject({ status: 'sent' });
  await purser.faults();
  expect(rowValues(await purser.tab('Purser register'), 2)).toEqual({});
  const busy = { owner: 'x', who: OWNER.email, sinceMs: 0, expiresMs: purser.clock.now() + 60_000 };
  purser.appsScript().properties('document').set('lease.statement', JSON.stringify(busy));
  purser.trigger('tick');
  expect(purser.appsScript().logs.filter(({ text }) => text.includes('trigger-failed'))).toEqual([]);
  purser.at('2026-06-01', 9);
  purser.trigger('tick');
  expect(rowValues(await purser.tab('Purser register'), 2)).toMatchObject({ C: 'sent' });
  expect(await statements()).toBe(1);
});

describe('two at once', () => {
  const lease = (untilMs: number): void => {
    const held = {
      owner: 'other-run',
      who: 'nora@harbor.example',
      sinceMs: purser.clock.now(),
      expiresMs: untilMs,
    };
    purser.appsScript().properties('document').set('lease.statement', JSON.stringify(held));
  };

  it('the second is told who is at it and until when, and does nothing', async () => {
    await purser.begin();
    lease(purser.clock.now() + 150_000);
    const from = purser.trace().length;
    const report = purser.send();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'run-in-progress' } });
    expect(report.error?.message).toMatch(/nora@harbor\.example.*within 3 minutes/);
    expect(purser.trace()).toHaveLength(from);
  });

  it('a run that was killed blocks nobody once its lease is over', async () => {
    await purser.begin();
    lease(purser.clock.now() + 150_000);
    purser.clock.advance(150_000);
    expect(purser.send()).toMatchObject({ status: 'sent' });
    expect(purser.appsScript().properties('document').has('lease.statement')).toBe(false);
  });

  it('another writer of records is waited for, and told about', async () => {
    await purser.begin();
    purser.appsScript().holdLock('script', 60_000);
    expect(purser.send()).toMatchObject({ status: 'failed', error: { code: 'lock-busy' } });
  });
});

describe('another account', () => {
  const OTHER = 'intern@harbor.example';

  it('may not send: it is told whose statements these are', async () => {
    await purser.begin();
    const report = purser.send('2026-05', { as: OTHER });
    expect(report).toMatchObject({ status: 'failed', error: { code: 'not-trigger-owner' } });
    expect(report.error?.message).toContain(OWNER.email);
    expect(await purser.titles()).not.toContain(MONTH_TAB);
    expect(purser.appsScript().properties('document').has('lease.statement')).toBe(false);
  });

  it('may not set up over the owner’s head', async () => {
    await purser.begin();
    const before = purser.appsScript().triggers();
    const report = purser.setUp({ as: OTHER });
    expect(report.problems).toEqual([expect.stringContaining(OWNER.email)]);
    expect(purser.appsScript().triggers()).toEqual(before);
  });

  it('has no trigger that sends', async () => {
    await purser.begin();
    expect(purser.trigger('monthlyStatement', OTHER)).toBeNull();
    expect(await purser.mails()).toEqual([]);
  });
});

it('puts no secret and no token into cells, logs, properties of the document, mail or dialogs', async () => {
  await purser.sent();
  const script = purser.appsScript();
  const everything = JSON.stringify([
    await purser.tabs(),
    script.logs,
    [...script.properties('document')],
    // What the person typed is theirs.
    script.shown.map((shown) => ({ ...shown, answer: null })),
    (await purser.mails()).map(({ text, html, raw }) => [text, html, raw.toString()]),
    (await purser.files()).map((file) => ({
      ...file,
      bytes: (file.mimeType === 'application/gzip'
        ? gunzipSync(file.bytes ?? new Uint8Array())
        : Buffer.from(file.bytes ?? [])
      ).toString('latin1'),
    })),
  ]);
  expect(everything).toContain('PRSYYPK202605V1');
  // Not with toContain, which would print all of it.
  for (const secret of ['local/workspace/secret', 'ya29.local', 'AKIALOCAL']) {
    expect([secret, everything.includes(secret)]).toEqual([secret, false]);
  }
});
