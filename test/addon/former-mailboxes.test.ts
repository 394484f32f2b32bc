/** Mailboxes that statements went out from before: their Sent still counts, and their trouble keeps no month. */
import type { RunReport } from '../../src/run/report.ts';
import type { Purser } from '../tools/purser.ts';
import type { Scene } from '../tools/scene.ts';
import { ACCOUNTANT, charter, handMail, OWNER, PARTNERS } from '../tools/scene.ts';
import { codes, rowValues } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

const OFFICE = 'office@harbor.example';
const DOCK = 'dock@harbor.example';
const RECIPIENTS = { 'Statement recipients': PARTNERS.join(', ') };

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const statements = async (): Promise<number> => (await purser.mails('statement')).length;
const refreshes = (): number => purser.trace().filter(({ request }) => request.url.includes('oauth2')).length;
const record = (month = '2026-05'): string => `outbox.statement.${month}.V1`;
const document = () => purser.appsScript().properties('document');
const messageOf = (report: RunReport, code: string): string =>
  report.findings.find((finding) => finding.code === code)?.message ?? '';

/** May went out from the office’s mailbox; then “Send from” was set back. @returns the office’s subject */
async function mayFromOffice(settings: Scene['settings'] = {}): Promise<string> {
  await purser.begin({ settings: { 'Send from': OFFICE, ...settings } });
  await purser.workspace.oauth({});
  const subject = await purser.connect(OFFICE, ['send']);
  expect(purser.send()).toMatchObject({ status: 'sent', from: { address: OFFICE } });
  await purser.setting('Send from', 'built-in');
  return subject;
}

/** What the person says to “Send again?”, and the words of the question before it. */
function asked(button: 'YES' | 'NO'): { report: RunReport; words: string } {
  let words = '';
  const report = purser.send('2026-05', {
    answers: ({ title, message }) => {
      if (title === 'Did it go out?') words = message;
      if (title !== 'Send again?') return null;
      return { button };
    },
  });
  return { report, words };
}

describe('a statement whose outbox record is lost', () => {
  it('is found in Sent of an account that no setting names any more, and not sent again', async () => {
    await mayFromOffice(RECIPIENTS);
    document().delete(record());
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: true, from: { address: OFFICE } });
    expect(await statements()).toBe(1);
  });

  it('and whose mailbox is gone is not sent again while the register says that it was: a person is asked', async () => {
    await mayFromOffice(RECIPIENTS);
    document().delete(record());
    await purser.workspace.revokeByPerson(OFFICE);
    purser.at('2026-06-02', 9);
    const before = rowValues(await purser.tab('Purser register'), 2);
    expect(before.C).toBe('sent');
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'unknown' });
    const { report, words } = asked('NO');
    expect(words).toContain('may have gone out');
    expect(report.error?.message).toContain('the register says that it was sent');
    expect(await statements()).toBe(1);
    expect(rowValues(await purser.tab('Purser register'), 2)).toEqual(before);
    expect(asked('YES').report).toMatchObject({ status: 'sent', alreadySent: false });
    expect(await statements()).toBe(2);
  });
});

describe('trouble with the mailbox that last month’s statement went from', () => {
  it.each<[string, (subject: string) => Promise<void>]>([
    ['its access was revoked', () => purser.workspace.revokeByPerson(OFFICE)],
    [
      'it was disconnected',
      async (subject) => {
        purser.appsScript().properties('user', OWNER.email).delete(`account.${subject}`);
      },
    ],
    ['Google renews no token', () => purser.workspace.oauth({ answer: 'json-500' })],
    [
      'Gmail answers 403',
      async () => {
        // The record says that all was granted; Google knows better.
        const { accessToken } = await purser.workspace.giveTokens(OFFICE, ['openid', 'email']);
        const expiresAt = new Date(purser.clock.now() + 3_600_000).toISOString();
        await purser.connect(OFFICE, ['send'], { accessToken, expiresAt });
      },
    ],
  ])('(%s) does not keep this month, whose recipients the outbox knows', async (_, trouble) => {
    const subject = await mayFromOffice();
    purser.at('2026-07-01');
    await purser.recharter([charter('C-6', { month: '2026-06', date: '2026-06-09' })]);
    await trouble(subject);
    expect(purser.send('2026-06')).toMatchObject({
      status: 'sent',
      to: PARTNERS,
      cc: [ACCOUNTANT],
      from: null,
    });
    expect(await statements()).toBe(2);
  });

  it('is told when it is only for the moment, as worth knowing; one that must be connected again is not', async () => {
    await mayFromOffice();
    purser.at('2026-07-01');
    await purser.workspace.oauth({ answer: 'json-500' });
    const report = purser.preview('2026-06');
    expect(report.findings.filter(({ code }) => code === 'sent-not-searched')).toMatchObject([
      { severity: 'info', about: OFFICE },
    ]);
    await purser.workspace.oauth({});
    await purser.workspace.revokeByPerson(OFFICE);
    expect(codes(purser.preview('2026-06'))).not.toContain('sent-not-searched');
  });

  it('is a warning when the recipients had to come from a mail that was found elsewhere', async () => {
    await mayFromOffice();
    document().delete(record());
    await purser.deliver(handMail('2026-05', { to: 'old@partner.example' }), ['SENT']);
    purser.at('2026-07-01');
    await purser.workspace.oauth({ answer: 'json-500' });
    const report = purser.preview('2026-06');
    expect(report.to).toEqual(['old@partner.example']);
    expect(report.findings.find(({ code }) => code === 'sent-not-searched')?.severity).toBe('warn');
  });

  it('is named when nobody knows whom last month’s statement went to', async () => {
    await purser.begin({ sent: [] });
    await purser.connect(OFFICE, ['send']);
    await purser.workspace.revokeByPerson(OFFICE);
    purser.at('2026-06-01', 9);
    expect(messageOf(purser.preview(), 'no-recipients')).toContain(`${OFFICE} must be connected again`);
  });
});

describe('a mail of this very month that nobody is sure of', () => {
  it('still stops the run while its mailbox can’t be looked into for the moment', async () => {
    await purser.begin({ settings: { 'Send from': OFFICE } });
    await purser.workspace.oauth({});
    await purser.connect(OFFICE, ['send']);
    const play = { lost: { status: 502, body: 'Bad Gateway' } };
    await purser.faults({ host: 'gmail.googleapis.com', match: 'messages/send', play });
    expect(purser.send().status).toBe('unknown');
    await purser.faults();
    await purser.setting('Send from', 'built-in');
    purser.at('2026-06-01', 9);
    await purser.workspace.oauth({ answer: 'json-500' });
    expect(purser.send()).toMatchObject({ status: 'failed', error: { code: 'service-unavailable' } });
    await purser.workspace.oauth({});
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: true });
    expect(await statements()).toBe(1);
  });
});

describe('whoever got the last statement', () => {
  it('gets this one, too: the owner, when it goes from the office', async () => {
    await purser.begin({ sent: [], settings: { 'Send from': OFFICE } });
    await purser.connect(OFFICE, ['send']);
    const april = handMail('2026-04', { to: OWNER.email }).replace(/^From: .*$/m, `From: ${OFFICE}`);
    await purser.deliver(april, ['SENT'], OFFICE);
    const report = purser.send();
    expect(report).toMatchObject({ status: 'sent', to: [OWNER.email], cc: [ACCOUNTANT] });
    expect(codes(report)).not.toContain('recipients-changed');
  });

  it('and is left out only as the sender, which is said', async () => {
    await purser.begin({ sent: [] });
    await purser.connect(OFFICE, ['send']);
    const april = handMail('2026-04', { to: OWNER.email, text: 'PRSYYPK202604V1' });
    await purser.deliver(april.replace(/^From: .*$/m, `From: ${OFFICE}`), ['SENT'], OFFICE);
    const report = purser.preview();
    expect(report.to).toEqual([ACCOUNTANT]);
    expect(messageOf(report, 'recipients-changed')).toContain(
      `no longer ${OWNER.email}, which it goes out from`,
    );
  });
});

describe('a mail with last month’s very subject that a connected account’s owner wrote to somebody', () => {
  const BANK = 'bank@elsewhere.example';
  const toBank = (from: string): string =>
    handMail('2026-04', { to: BANK })
      .replace(/^From: .*$/m, `From: ${from}`)
      .replace(/^Cc: .*\n/m, '')
      .replace('<hand-', '<bank-')
      .replace(/^Date: .*$/m, 'Date: Sun, 10 May 2026 00:00:00 GMT');

  it('gives nobody this month’s statement when statements do not go from there, however new it is', async () => {
    await purser.begin();
    await purser.connect(DOCK, ['send']);
    await purser.deliver(toBank(DOCK), ['SENT'], DOCK);
    expect(purser.send()).toMatchObject({ status: 'sent', to: PARTNERS, cc: [ACCOUNTANT] });
  });

  it('does not become the statement because nothing else is found: a person enters the recipients', async () => {
    await purser.begin({ sent: [] });
    await purser.connect(DOCK, ['send']);
    await purser.deliver(toBank(DOCK), ['SENT'], DOCK);
    const report = purser.preview();
    expect(report.to).not.toContain(BANK);
    expect(messageOf(report, 'no-recipients')).toMatch(
      /by its code, or, in your own Sent and in that which the statement goes out from, by the subject/,
    );
  });

  it('counts in the mailbox that the statement goes from, as a statement that was sent by hand', async () => {
    await purser.begin({ sent: [], settings: { 'Send from': DOCK } });
    await purser.connect(DOCK, ['send']);
    await purser.deliver(toBank(DOCK), ['SENT'], DOCK);
    expect(purser.preview().to).toEqual([BANK]);
  });
});

describe('several accounts whose tokens are due', () => {
  it('are renewed in one round, and keep the run for a minute at most when Google does not answer', async () => {
    await purser.begin();
    await purser.workspace.oauth({});
    await purser.connect(OFFICE, ['send']);
    await purser.connect(DOCK, ['send']);
    purser.at('2026-06-01', 9);
    const rounds = purser.appsScript().counts.rounds;
    expect(purser.preview().status).toBe('ready');
    expect(refreshes()).toBe(2);
    const together = purser.appsScript().counts.rounds - rounds;
    purser.at('2026-06-01', 12);
    // Silence is UrlFetchApp’s minute; a second one would follow.
    await purser.faults({ host: 'oauth2', play: { stall: true } });
    const startedMs = purser.clock.now();
    expect(purser.preview().status).toBe('ready');
    expect(purser.clock.now() - startedMs).toBeLessThan(90_000);
    await purser.faults();
    expect(together).toBeLessThanOrEqual(8);
  });

  it('that are not connected for sending are not asked at all', async () => {
    await purser.begin();
    await purser.connect(OFFICE, ['bookings']);
    purser.at('2026-06-01', 9);
    expect(purser.preview().status).toBe('ready');
    expect(refreshes()).toBe(0);
  });
});

describe('a preview', () => {
  it('shows the figures when “Send from” can’t be used, and what keeps the statement', async () => {
    await purser.begin({ settings: { 'Send from': OFFICE } });
    await purser.connect(OFFICE, ['send']);
    await purser.workspace.revokeByPerson(OFFICE);
    purser.at('2026-06-01', 9);
    const report = purser.preview();
    expect(report).toMatchObject({ status: 'held', totals: { charters: 3 } });
    expect(messageOf(report, 'sender-unreachable')).toMatch(
      /must be connected again.*“Send from”.*Connected accounts…/,
    );
    expect(purser.send()).toMatchObject({ status: 'failed', error: { code: 'account-expired' } });
  });

  it('names an address that is no account', async () => {
    await purser.begin({ settings: { 'Send from': 'offfice@harbor.example' } });
    const report = purser.preview();
    expect(report).toMatchObject({ status: 'held', totals: { charters: 3 } });
    expect(messageOf(report, 'sender-unreachable')).toContain('which is no connected account');
  });

  it('shows them when the booking mailbox can’t be opened, too', async () => {
    await purser.begin({ settings: { 'Booking mail from': OFFICE, 'Booking agent': 'desk@agent.example' } });
    const report = purser.preview();
    expect(report).toMatchObject({ status: 'held', totals: { charters: 3 } });
    expect(messageOf(report, 'evidence-incomplete')).toContain('which is no connected account');
  });
});

describe('“Booking mail from” while no booking mail is searched for', () => {
  it('keeps no statement, and nobody is told that mail could not be read', async () => {
    await purser.begin({ settings: { 'Booking mail from': OFFICE } });
    expect(purser.send().status).toBe('sent');
    purser.trigger('tick');
    expect(await purser.mails('notice')).toEqual([]);
  });
});

describe('a row of booking mail that a person changed', () => {
  const AGENT = 'desk@bookings.example';
  const confirmation = [
    `From: Harbor Bookings <${AGENT}>`,
    `To: ${OFFICE}`,
    'Subject: Booking confirmation HB-9001',
    'Date: Fri, 01 May 2026 00:00:00 GMT',
    'Message-ID: <hb-9001@bookings.example>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    '',
    'Booking reference: HB-9001',
    'Guests: 4',
    'Date: May 9, 2026',
    'Total: $500.00',
    '',
  ].join('\n');
  const changedWords = (report: RunReport): string => messageOf(report, 'evidence-changed');

  it('after booking mail is read from another mailbox is not asked for there; which has it is said', async () => {
    await purser.begin({ settings: { 'Booking mail from': OFFICE, 'Booking agent': AGENT } });
    await purser.connect(OFFICE, ['bookings']);
    purser.at('2026-05-20', 2);
    await purser.deliver(confirmation, ['INBOX'], OFFICE);
    purser.at('2026-05-20', 3);
    purser.trigger('tick');
    await purser.type('Purser evidence', 'G2', '40');
    await purser.setting('Booking mail from', 'built-in');
    const before = purser.trace().length;
    const report = purser.preview();
    expect(changedWords(report)).toContain(
      `Its mail is in ${OFFICE}, and booking mail is read from the built-in`,
    );
    expect(changedWords(report)).not.toContain('no longer in Gmail');
    const asked = purser.trace().slice(before);
    expect(asked.filter(({ request }) => request.url.includes('format=full'))).toEqual([]);
    await purser.setting('Booking mail from', OFFICE);
    expect(changedWords(purser.preview())).toContain('its mail was read again');
  });
});
