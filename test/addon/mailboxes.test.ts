/** Which mailbox statements go out from, and booking mail is read from: the built-in one, or a connected account’s. */
import type { TracedExchange } from '../../scripts/local/contract.ts';
import { OWN_SCOPES } from '../../src/accounts/own-scopes.ts';
import type { RunReport } from '../../src/run/report.ts';
import type { Purser } from '../tools/purser.ts';
import { handMail, OWNER, PARTNERS } from '../tools/scene.ts';
import { rowValues } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

const OFFICE = 'office@harbor.example';
const GMAIL = 'gmail.googleapis.com';
const SEND = 'messages/send';
const AGENT = 'desk@bookings.example';
const EVIDENCE = 'Purser evidence';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const from = (mail: string, sender: string): string => mail.replace(/^From: .*$/m, `From: ${sender}`);
const officeMail = (month: string, more: Parameters<typeof handMail>[1] = {}): string =>
  from(handMail(month, more), OFFICE);

/** May, with the office’s mailbox connected and chosen, and April’s statement in its Sent alone. @returns its subject */
async function fromOffice(
  settings: Readonly<Record<string, string>> = { 'Send from': OFFICE },
): Promise<string> {
  await purser.begin({ sent: [], settings });
  await purser.deliver(officeMail('2026-04'), ['SENT'], OFFICE);
  return purser.connect(OFFICE, ['send', 'bookings']);
}

const bearerOf = ({ request }: TracedExchange): string | undefined => request.headers.Authorization;
const tokenOf = (subject: string): string => `Bearer ${purser.account(subject).accessToken}`;
const traced = (part: string): TracedExchange[] =>
  purser.trace().filter(({ request }) => request.url.includes(part));
const statements = async (): Promise<number> => (await purser.mails('statement')).length;
/** But the line in the log. */
const writes = (trace: readonly TracedExchange[]): string[] =>
  trace
    .filter(({ request }) => !Buffer.from(request.body).includes('could not be finished'))
    .map(({ request }) => request.url)
    .filter((url) => /:batchUpdate|:append|upload|messages\/send/.test(url));
const outbox = (): { transport: string; transportWhy: string; from: string; state: string } =>
  JSON.parse(purser.appsScript().properties('document').get('outbox.statement.2026-05.V1') ?? 'null');

/** A run, and what it asked for. */
function sent(): { report: RunReport; trace: readonly TracedExchange[] } {
  const before = purser.trace().length;
  const report = purser.send();
  return { report, trace: purser.trace().slice(before) };
}

function confirmation(number: number, date = '2026-05-01T00:00:00Z'): string {
  return [
    `From: Harbor Bookings <${AGENT}>`,
    `To: ${OFFICE}`,
    `Subject: Booking confirmation HB-${number}`,
    `Date: ${new Date(date).toUTCString()}`,
    `Message-ID: <hb-${number}@bookings.example>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=UTF-8',
    '',
    `Booking reference: HB-${number}`,
    'Guests: 4',
    'Date: May 9, 2026',
    'Total: $500.00',
    '',
  ].join('\n');
}

describe('a statement from a connected account', () => {
  it('goes out from it, to those whom its last statement went to, and everybody can see so', async () => {
    const subject = await fromOffice();
    let asked = '';
    const report = purser.send('2026-05', {
      answers: ({ title, message }) => {
        if (title.startsWith('Statement for')) asked = message;
        return null;
      },
    });
    expect(report).toMatchObject({ status: 'sent', to: PARTNERS, from: { address: OFFICE } });
    const [mail] = await purser.mails('statement');
    expect(mail?.from).toEqual([OFFICE]);
    expect(traced(SEND).map(bearerOf)).toEqual([tokenOf(subject)]);
    expect(asked).toMatch(
      /^From: office@harbor\.example\. The setting “Send from” \('Purser settings'!B\d+\)/m,
    );
    const dialog = purser.appsScript().shown.at(-1);
    expect(dialog?.kind === 'dialog' ? dialog.html : '').toContain(`From: ${OFFICE}. The setting`);
    expect(outbox()).toMatchObject({ transport: `account:${subject}`, from: OFFICE, state: 'sent' });
    expect(outbox().transportWhy).toContain('“Send from”');
    const row = rowValues(await purser.tab('Purser register'), 2);
    expect(row.Q).toBe(
      `https://mail.google.com/mail/?authuser=office%40harbor.example#sent/${report.messageId}`,
    );
  });

  it('that waits for a person is told about from the built-in mailbox, with where it will go out from', async () => {
    await fromOffice();
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'ready' });
    const [notice] = await purser.mails('notice');
    expect(notice?.from).toEqual([OWNER.email]);
    expect(notice?.text).toContain(`From: ${OFFICE}. The setting “Send from”`);
  });

  it('takes its recipients from the person’s own Sent when that has the newer one, and never oneself', async () => {
    await purser.begin({ sent: [], settings: { 'Send from': OFFICE } });
    await purser.connect(OFFICE, ['send']);
    await purser.deliver(officeMail('2026-04', { to: 'old@partner.example' }), ['SENT'], OFFICE);
    const newer = handMail('2026-04', { to: `${PARTNERS[0]}, ${OFFICE}, ${OWNER.email}` });
    await purser.deliver(newer.replace(/^Date: .*$/m, 'Date: Sun, 03 May 2026 12:00:00 GMT'), ['SENT']);
    expect(purser.preview()).toMatchObject({ status: 'ready', to: [PARTNERS[0]], from: { address: OFFICE } });
  });

  it('next month gives its recipients, when statements go from the built-in mailbox again', async () => {
    await fromOffice();
    expect(sent().report.status).toBe('sent');
    await purser.setting('Send from', 'built-in');
    purser.at('2026-07-01');
    expect(purser.preview('2026-06')).toMatchObject({ to: PARTNERS, from: null });
  });

  it('is not sent again when the setting was changed after an answer that got lost', async () => {
    const subject = await fromOffice();
    await purser.faults({ host: GMAIL, match: SEND, play: { lost: { status: 502, body: 'Bad Gateway' } } });
    expect(sent().report).toMatchObject({ status: 'unknown', from: { address: OFFICE } });
    await purser.faults();
    await purser.setting('Send from', '');
    expect(sent().report).toMatchObject({ status: 'sent', alreadySent: true, from: { address: OFFICE } });
    expect(outbox()).toMatchObject({ transport: `account:${subject}`, from: OFFICE, state: 'sent' });
    expect(await statements()).toBe(1);
  });

  it('is not sent again when it went from the built-in mailbox before, though the records are lost', async () => {
    await purser.begin();
    await purser.connect(OFFICE, ['send']);
    expect(sent().report).toMatchObject({ status: 'sent', from: null });
    purser.appsScript().properties('document').delete('outbox.statement.2026-05.V1');
    await purser.setting('Send from', OFFICE);
    expect(sent().report).toMatchObject({ status: 'sent', alreadySent: true, from: null });
    expect(outbox()).toMatchObject({ transport: 'built-in', from: OWNER.email });
    expect(await statements()).toBe(1);
  });

  it('that may be out stays unknown while its account is gone; a person is told whose Sent to look into', async () => {
    const subject = await fromOffice();
    await purser.faults({ host: GMAIL, match: SEND, times: 1, play: { answer: { status: 500, body: '' } } });
    expect(sent().report.status).toBe('unknown');
    purser.appsScript().properties('user', OWNER.email).delete(`account.${subject}`);
    await purser.setting('Send from', 'built-in');
    let asked = '';
    const report = purser.send('2026-05', {
      answers: ({ title, message }) => {
        if (title !== 'Did it go out?') return null;
        asked = message;
        return { button: 'NO' };
      },
    });
    expect(report).toMatchObject({ status: 'unknown' });
    expect(report.error?.message).toContain(`Sent of ${OFFICE}`);
    expect(asked).toContain(`Look into Sent of ${OFFICE} for`);
    expect(await statements()).toBe(0);
  });
});

describe('before anything is posted', () => {
  it('an address that is no connected account stops the run, and its cell and the accounts are named', async () => {
    await fromOffice({ 'Send from': 'offfice@harbor.example' });
    const { report, trace } = sent();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'account-unknown' } });
    expect(report.error?.message).toMatch(
      /“Send from” \('Purser settings'!B\d+\) names offfice@harbor\.example, .* Connected: office@harbor\.example\. .*Connected accounts…/,
    );
    expect(writes(trace)).toEqual([]);
    expect(await purser.titles()).not.toContain('May 2026');
  });

  it('an account that must be connected again stops the run, with the way on', async () => {
    const subject = await fromOffice();
    await purser.workspace.revokeByPerson(OFFICE);
    purser.at('2026-06-01', 9);
    const { report, trace } = sent();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'account-expired' } });
    expect(report.error?.message).toMatch(/office@harbor\.example.*“Send from”.*Connected accounts…/);
    expect(writes(trace)).toEqual([]);
    expect(purser.account(subject).dead).not.toBeNull();
    // The next one does not even ask.
    expect(sent().trace.filter(({ request }) => request.url.includes('oauth2.googleapis.com'))).toEqual([]);
    expect(await statements()).toBe(0);
  });

  it('the booking mailbox that must be connected again stops the run as well', async () => {
    await fromOffice({ 'Booking mail from': OFFICE, 'Booking agent': AGENT });
    await purser.workspace.revokeByPerson(OFFICE);
    purser.at('2026-06-01', 9);
    const { report, trace } = sent();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'account-expired' } });
    expect(report.error?.message).toContain('“Booking mail from”');
    expect(writes(trace)).toEqual([]);
  });

  it('a token that is due is refreshed once, for sending and reading', async () => {
    const subject = await fromOffice({
      'Send from': OFFICE,
      'Booking mail from': OFFICE,
      'Booking agent': AGENT,
    });
    const old = tokenOf(subject);
    purser.at('2026-06-01', 9);
    const { report, trace } = sent();
    expect(report.status).toBe('sent');
    const urls = trace.map(({ request }) => request.url);
    const refreshed = urls.flatMap((url, at) => (url.includes('oauth2.googleapis.com/token') ? [at] : []));
    expect(refreshed).toHaveLength(1);
    expect(refreshed[0]).toBeLessThan(urls.findIndex((url) => url.includes(GMAIL)));
    expect(tokenOf(subject)).not.toBe(old);
    expect(trace.map(bearerOf)).not.toContain(old);
  });
});

describe('a token that Gmail refuses', () => {
  // https://developers.google.com/workspace/gmail/api/guides/handle-errors#resolve_a_401_error_invalid_credentials
  const refused = {
    answer: {
      status: 401,
      body: '{"error":{"code":401,"message":"Invalid Credentials","errors":[{"reason":"authError"}]}}',
    },
  };

  it('at the send is renewed once, and the statement goes out once', async () => {
    const subject = await fromOffice();
    const old = tokenOf(subject);
    await purser.faults({ host: GMAIL, match: SEND, times: 1, play: refused });
    expect(sent().report).toMatchObject({ status: 'sent', alreadySent: false });
    expect(traced(SEND).map(bearerOf)).toEqual([old, tokenOf(subject)]);
    expect(tokenOf(subject)).not.toBe(old);
    expect(await statements()).toBe(1);
  });

  it('at the first searches is renewed once for all that were refused with it', async () => {
    const subject = await fromOffice({
      'Send from': OFFICE,
      'Booking mail from': OFFICE,
      'Booking agent': AGENT,
    });
    await purser.connect(OFFICE, ['send', 'bookings'], { accessToken: 'ya29.not-good-any-more' });
    const { report, trace } = sent();
    expect(report).toMatchObject({ status: 'sent', to: PARTNERS });
    const refusedCalls = trace.filter(({ reply }) => 'status' in reply && reply.status === 401);
    expect(refusedCalls.length).toBeGreaterThan(3);
    expect(trace.filter(({ request }) => request.url.includes('oauth2'))).toHaveLength(1);
    expect(purser.account(subject).accessToken).not.toBe('ya29.not-good-any-more');
  });

  it('twice at the send, with a token that was just made, ends the connection; the statement stays unsent', async () => {
    const subject = await fromOffice();
    await purser.faults({ host: GMAIL, match: SEND, times: 2, play: refused });
    const { report } = sent();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'account-expired' } });
    expect(traced(SEND)).toHaveLength(2);
    expect(purser.account(subject)).toMatchObject({ refreshToken: null, dead: { cause: 'refused-by-api' } });
    expect(outbox().state).toBe('queued');
    await purser.connect(OFFICE, ['send']);
    expect(sent().report).toMatchObject({ status: 'sent', alreadySent: false });
    expect(await statements()).toBe(1);
  });

  it.each(['json-500', 'sign-in-again'] as const)(
    'and can’t be renewed (%s) leaves the statement unsent, not in doubt',
    async (trouble) => {
      await fromOffice();
      await purser.faults({ host: GMAIL, match: SEND, times: 1, play: refused });
      await purser.workspace.oauth({ answer: trouble });
      expect(sent().report).toMatchObject({ status: 'failed', from: null });
      expect(outbox().state).toBe('queued');
      expect(await statements()).toBe(0);
      await purser.workspace.oauth({});
      await purser.connect(OFFICE, ['send']);
      expect(sent().report).toMatchObject({ status: 'sent', alreadySent: false });
      expect(await statements()).toBe(1);
    },
    30_000,
  );
});

describe('booking mail of a connected account', () => {
  const settings = { 'Booking mail from': OFFICE, 'Booking agent': AGENT };

  it('is read from there, and each row’s link opens there', async () => {
    const subject = await fromOffice(settings);
    purser.at('2026-05-20', 1);
    await purser.deliver(confirmation(9001), ['INBOX']);
    purser.at('2026-05-20', 2);
    await purser.deliver(confirmation(9002), ['INBOX'], OFFICE);
    purser.at('2026-06-01', 1);
    purser.trigger('tick');
    const { cells } = await purser.tab(EVIDENCE);
    expect([cells.E2?.input, cells.E3?.input]).toEqual(['HB-9002', undefined]);
    expect(String(cells.O2?.input)).toMatch(
      /^https:\/\/mail\.google\.com\/mail\/\?authuser=office%40harbor\.example#all\/[0-9a-f]+$/,
    );
    expect(new Set(traced('format=full').map(bearerOf))).toEqual(new Set([tokenOf(subject)]));
  });

  it('in another mailbox is read anew from the beginning, and what was read stays', async () => {
    await fromOffice(settings);
    // Longer ago than a search under the old marker would reach back.
    purser.at('2026-01-05', 1);
    await purser.deliver(confirmation(9001, '2026-01-05T06:00:00Z'), ['INBOX']);
    purser.at('2026-05-20', 2);
    await purser.deliver(confirmation(9002), ['INBOX'], OFFICE);
    purser.at('2026-06-01', 1);
    purser.trigger('tick');
    await purser.setting('Booking mail from', 'built-in');
    purser.at('2026-06-02', 1);
    purser.trigger('tick');
    const { cells } = await purser.tab(EVIDENCE);
    expect([cells.E2?.input, cells.E3?.input, cells.E4?.input]).toEqual(['HB-9002', 'HB-9001', undefined]);
    expect(String(cells.O3?.input)).toContain('/mail/u/0/#all/');
  });

  it('of an account that must be connected again is told to the owner, from the built-in mailbox', async () => {
    await fromOffice({ ...settings, 'Send from': OFFICE });
    await purser.workspace.revokeByPerson(OFFICE);
    purser.at('2026-05-20', 9);
    purser.trigger('tick');
    const [about, ...more] = await purser.mails('notice');
    expect(more).toEqual([]);
    expect(about).toMatchObject({ from: [OWNER.email], to: [OWNER.email] });
    expect(about?.subject).toContain('must be connected again');
    expect(about?.text).toContain(`Booking mail in ${OFFICE} can’t be read`);
    expect(about?.text).toContain('Connected accounts…');
  });
});

describe('nothing chosen', () => {
  it('costs nothing: the person’s own address is the built-in mailbox, too', async () => {
    const costs = async (sendFrom: string) => {
      await purser.begin({ settings: { 'Send from': sendFrom } });
      await purser.connect(OFFICE, ['send', 'bookings']);
      const { counts } = purser.appsScript();
      const before = { ...counts };
      expect(purser.send()).toMatchObject({ status: 'sent', from: null });
      return {
        host: counts.host - before.host,
        http: counts.http - before.http,
        rounds: counts.rounds - before.rounds,
      };
    };
    const built = await costs('built-in');
    expect(await costs(OWNER.email.toUpperCase())).toEqual(built);
    expect(built.host).toBeLessThanOrEqual(24);
    expect(outbox()).toMatchObject({ transport: 'built-in', from: OWNER.email });
  });
});

describe('permissions that the owner has granted in part', () => {
  const grantAllBut = (name: string): Promise<void> =>
    purser.workspace.grantScopes(
      OWNER.email,
      OWN_SCOPES.map(({ scope }) => scope).filter((scope) => !scope.endsWith(name)),
    );

  it('without sending: a preview works, a statement is not begun, and what to do is said', async () => {
    await purser.begin();
    await grantAllBut('gmail.send');
    expect(purser.preview()).toMatchObject({ status: 'ready' });
    const { report, trace } = sent();
    expect(report).toMatchObject({ status: 'failed', error: { code: 'authorization-partial' } });
    expect(report.error?.message).toContain('Without Gmail send, no statement can be sent');
    // But for the line in the log.
    expect(new Set(trace.map(({ request }) => new URL(request.url).host))).toEqual(
      new Set(['sheets.googleapis.com']),
    );
    expect(writes(trace)).toEqual([]);
  });

  it('without reading Gmail: Set up… says what will not work', async () => {
    await purser.begin();
    await grantAllBut('gmail.readonly');
    expect(purser.setUp().problems.join(' ')).toContain('Without reading Gmail, no booking mail is read');
    expect(purser.preview()).toMatchObject({ status: 'failed', error: { code: 'authorization-partial' } });
  });
});
