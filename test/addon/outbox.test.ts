/** What becomes of mails after their run: those that Gmail put off go out, and those that came back are told of. */
import { refusal } from '../delivery/outbox-scene.ts';
import type { Purser } from '../tools/purser.ts';
import { handMail, OWNER, PARTNERS } from '../tools/scene.ts';
import { rowValues } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const STATEMENT = 'outbox.statement.2026-05.V1';
const GMAIL = { host: 'gmail.googleapis.com', match: 'messages/send' };
const outbox = () => JSON.parse(purser.appsScript().properties('document').get(STATEMENT) ?? 'null');
const subjects = async (kind: string) => (await purser.mails(kind)).map(({ subject }) => subject);
const sends = () => purser.trace().filter(({ request }) => request.url.includes('messages/send')).length;

/** With it the month is not the first, so that the clock may send it. */
async function anEarlierMonth(): Promise<void> {
  await purser.type('Purser register', 'A3', '2026-03');
  await purser.type('Purser register', 'B3', '1');
  await purser.type('Purser register', 'C3', 'sent');
}

async function sendingLimit(until: string): Promise<void> {
  const said = refusal(
    429,
    'rateLimitExceeded',
    `User-rate limit exceeded.  Retry after ${until} (Mail sending)`,
  );
  if (typeof said === 'string') throw new Error('a refusal is an answer');
  const headers = { Date: new Date(purser.clock.now()).toUTCString() };
  await purser.faults({
    ...GMAIL,
    play: { answer: { status: 429, body: JSON.stringify(said.body), headers } },
  });
}

describe('a statement that did not reach somebody', () => {
  it('is told of once, with the reason, and the record says whom it did not reach', async () => {
    await purser.sent();
    const [mail] = await purser.mails('statement');
    const failed = PARTNERS[1];
    await purser.deliver(
      [
        'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
        `To: ${OWNER.email}`,
        `X-Failed-Recipients: ${failed}`,
        'Subject: Delivery Status Notification (Failure)',
        'Message-ID: <bounce@mx.google.com>',
        `References: ${String(mail?.headers.get('message-id'))}`,
        'Content-Type: text/plain; charset=UTF-8',
        '',
        `** Address not found ** Your message wasn't delivered to ${failed}.`,
        '',
      ].join('\n'),
      ['INBOX'],
    );
    purser.clock.advance(3_600_000);
    purser.trigger('tick');
    const [notice, ...others] = await purser.mails('notice');
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ to: [OWNER.email], subject: `Purser: a mail did not reach ${failed}` });
    expect(notice?.text).toContain('Address not found');
    expect(outbox()).toMatchObject({ state: 'sent' });
    const states = outbox().recipients.map((one: { address: string; state: string }) => [
      one.address,
      one.state,
    ]);
    expect(Object.fromEntries(states)).toMatchObject({ [PARTNERS[0]]: 'accepted', [failed]: 'bounced' });
    purser.clock.advance(86_400_000);
    purser.trigger('tick');
    expect(await purser.mails('notice')).toHaveLength(1);
    expect(await purser.mails('statement')).toHaveLength(1);
  });
});

describe('Gmail’s limit for the day', () => {
  it('leaves a statement queued, says until when, asks Gmail no more before that, and sends it then', async () => {
    await purser.begin();
    await sendingLimit('2026-06-01T20:00:00.000Z');
    const report = purser.send();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'mail-quota-spent' } });
    expect(report.error?.message).toContain('2026-06-01 20:00 UTC');
    expect(outbox()).toMatchObject({ state: 'queued', notBefore: '2026-06-01T20:00:00.000Z' });
    await purser.faults();
    const before = sends();
    expect(purser.send()).toMatchObject({ status: 'failed', error: { code: 'mail-quota-spent' } });
    expect(sends()).toBe(before);
    purser.at('2026-06-01', 17);
    expect(purser.send()).toMatchObject({ status: 'sent' });
    expect(await purser.mails('statement')).toHaveLength(1);
  });

  it('keeps a notice until Gmail takes mail again', async () => {
    await purser.begin();
    await sendingLimit('2026-06-01T20:00:00.000Z');
    purser.trigger('monthlyStatement');
    expect(await subjects('notice')).toEqual([]);
    await purser.faults();
    purser.at('2026-06-01', 15);
    purser.trigger('tick');
    expect(await subjects('notice')).toEqual([]);
    purser.at('2026-06-01', 17);
    purser.trigger('tick');
    expect(await subjects('notice')).toEqual(['Purser: May 2026 is ready to be sent']);
    purser.at('2026-06-01', 18);
    purser.trigger('tick');
    expect(await subjects('notice')).toHaveLength(1);
  });
});

describe('a notice that a month could not be sent', () => {
  it('is not sent after the statement that waited with it', async () => {
    await purser.begin();
    await anEarlierMonth();
    await sendingLimit('2026-06-01T20:00:00.000Z');
    purser.trigger('monthlyStatement');
    expect(outbox()).toMatchObject({ state: 'queued' });
    const cause = 'outbox.notice.failed.mail-quota-spent.2026-05.2026-06-01';
    const now = new Date(purser.clock.now()).toISOString();
    const link = { label: 'Open the workbook', url: 'https://docs.google.com/spreadsheets/d/1/edit' };
    const { attachments: _file, statement: _figures, ...mail } = outbox();
    const notice = { words: ['May 2026 could not be sent.'], link };
    const record = { ...mail, id: cause, kind: 'notice', changedAt: now, notice };
    purser.appsScript().properties('document').set(cause, JSON.stringify(record));
    await purser.faults();
    purser.at('2026-06-01', 17);
    purser.trigger('tick');
    expect(await purser.mails('statement')).toHaveLength(1);
    expect(await subjects('notice')).toEqual([]);
  });
});

describe('a copy that Gmail refused before a person’s eyes', () => {
  it('is nothing that the owner is mailed of', async () => {
    await purser.sent();
    await purser.faults({ ...GMAIL, play: { answer: { status: 400, body: '{"error":{"code":400}}' } } });
    purser.appsScript().run('sendCopyOf', [], {
      answers: ({ kind, title, buttons }) =>
        kind === 'prompt'
          ? { button: 'OK', text: /month/.test(title) ? '2026-05' : 'bank@bank.example' }
          : { button: buttons.includes('YES') ? 'YES' : 'OK' },
    });
    await purser.faults();
    const copies = [...purser.appsScript().properties('document')].filter(([key]) =>
      key.startsWith('outbox.copy.'),
    );
    expect(copies).toEqual([[expect.anything(), expect.stringContaining('"state":"failed"')]]);
    purser.clock.advance(3_600_000);
    purser.trigger('tick');
    expect(await subjects('notice')).toEqual([]);
  });
});

describe('the register’s row of a mail that was found in Sent later', () => {
  const row = async () => rowValues(await purser.tab('Purser register'), 2);
  const lostAnswer = async (): Promise<void> => {
    await purser.begin();
    await purser.faults({ ...GMAIL, play: { lost: { status: 502, body: 'Bad Gateway' } } });
    expect(purser.send()).toMatchObject({ status: 'unknown' });
    await purser.faults();
    purser.at('2026-06-03', 9);
  };

  it('says when it went out and, where an earlier run wrote it down, of when its figures are', async () => {
    await lostAnswer();
    purser.trigger('tick');
    expect(await row()).toMatchObject({ C: 'sent', M: '2026-06-01 06:00', N: '2026-06-01 06:00' });
  });

  it('says nothing of when its figures were read where nobody wrote it down', async () => {
    await lostAnswer();
    await purser.type('Purser register', 'M2', '');
    purser.trigger('tick');
    expect(await row()).toMatchObject({ C: 'sent', N: '2026-06-01 06:00' });
    expect((await row()).M).toBeUndefined();
  });

  it('says no time of a mail without Purser’s marks, of which a person says that it was the statement', async () => {
    await purser.begin();
    await purser.deliver(handMail('2026-05', { text: 'PRSYYPK202605V1' }), ['SENT']);
    purser.at('2026-06-03', 9);
    const answers = ({ title }: { readonly title: string }) =>
      title === 'Did it go out?' ? { button: 'YES' as const } : null;
    expect(purser.send('2026-05', { answers })).toMatchObject({ status: 'sent' });
    expect((await row()).C).toBe('sent');
    expect((await row()).N).toBeUndefined();
  });

  it('still says when it went out if the run that found it died before it wrote the row', async () => {
    await lostAnswer();
    purser.trigger('tick');
    const { recordedAt: _none, ...record } = outbox();
    expect(record.changedAt).toContain('2026-06-03');
    purser.appsScript().properties('document').set(STATEMENT, JSON.stringify(record));
    await purser.type('Purser register', 'C2', 'unknown');
    await purser.type('Purser register', 'N2', '');
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: true });
    expect(await row()).toMatchObject({ C: 'sent', M: '2026-06-01 06:00', N: '2026-06-01 06:00' });
  });
});

describe('Purser’s own count', () => {
  it('holds a statement back that would be too many people, and says which setting allows more', async () => {
    await purser.begin({ settings: { 'Mail recipients a day': '1' } });
    const report = purser.send();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'too-many-recipients' } });
    expect(report.error?.message).toContain('“Mail recipients a day”');
    expect(sends()).toBe(0);
    await purser.setting('Mail recipients a day', '500');
    expect(purser.send()).toMatchObject({ status: 'sent' });
  });
});
