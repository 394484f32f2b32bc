/** Statements that may be out already: neither a lost record nor a person’s no lets the trigger send them. */
import type { RunReport } from '../../src/run/report.ts';
import type { Purser } from '../tools/purser.ts';
import type { Scene } from '../tools/scene.ts';
import { handMail, OWNER, PARTNERS } from '../tools/scene.ts';
import { rowValues } from '../tools/seen.ts';
import { openPurser } from '../tools/workspace.ts';

const OFFICE = 'office@harbor.example';
const RECORD = 'outbox.statement.2026-05.V1';
const CODE = 'PRSYYPK202605V1';
const RECIPIENTS = { 'Statement recipients': PARTNERS.join(', ') };
const REGISTER = 'Purser register';
const MONTH_ASKED = 'Purser: Send statement';

let purser: Purser;
beforeAll(async () => {
  purser = await openPurser();
});

const statements = async (): Promise<number> => (await purser.mails('statement')).length;
const document = () => purser.appsScript().properties('document');
const row = async (): Promise<Readonly<Record<string, unknown>>> => rowValues(await purser.tab(REGISTER), 2);

/** Nothing but the doubt keeps the trigger: an earlier month went out, and the month is clean. */
async function anEarlierMonth(): Promise<void> {
  await purser.type(REGISTER, 'A3', '2026-03');
  await purser.type(REGISTER, 'B3', '1');
  await purser.type(REGISTER, 'C3', 'sent');
}

/** @returns the office’s subject */
async function byOffice(settings: Readonly<Record<string, string>> = {}, scene: Scene = {}): Promise<string> {
  await purser.begin({ ...scene, settings: { 'Send from': OFFICE, ...settings } });
  await purser.workspace.oauth({});
  return await purser.connect(OFFICE, ['send']);
}

/** Gmail took the mail and its answer got lost. */
async function lostAnswer(): Promise<RunReport> {
  const play = { lost: { status: 502, body: 'Bad Gateway' } };
  await purser.faults({ host: 'gmail.googleapis.com', match: 'messages/send', play });
  const report = purser.send();
  expect(report.status).toBe('unknown');
  await purser.faults();
  return report;
}

async function officeGone(): Promise<void> {
  await purser.workspace.revokeByPerson(OFFICE);
  await purser.setting('Send from', 'built-in');
  purser.at('2026-06-02', 9);
}

/** What the person is asked in turn; the answer to “Send again?”, and NO to what comes after. */
function sending(again: 'YES' | 'NO'): { report: RunReport; asked: readonly string[] } {
  const asked: string[] = [];
  const report = purser.send('2026-05', {
    yes: false,
    answers: ({ title }) => {
      asked.push(title);
      return title === 'Send again?' ? { button: again } : null;
    },
  });
  return { report, asked };
}

describe('a statement that the register does not know whether it is out, its outbox record lost', () => {
  it('is sent by no trigger, and a person is asked', async () => {
    await byOffice();
    await lostAnswer();
    await anEarlierMonth();
    document().delete(RECORD);
    await officeGone();
    const before = await row();
    expect(before.C).toBe('unknown');
    expect(purser.trigger('tick')).toMatchObject({ status: 'unknown' });
    const { report } = sending('NO');
    expect(report).toMatchObject({ status: 'unknown', error: { code: 'send-unknown' } });
    expect(report.error?.message).toContain('the register says that an earlier run could not tell');
    expect(report.error?.message).not.toContain('links to');
    expect(await row()).toEqual(before);
    expect(sending('YES').report.status).toBe('ready');
    expect(await row()).toEqual(before);
    purser.at('2026-06-03', 9);
    expect(purser.trigger('tick')).toMatchObject({ status: 'unknown' });
    expect(await statements()).toBe(1);
    expect(purser.send()).toMatchObject({ status: 'sent', alreadySent: false });
    expect(await statements()).toBe(2);
  });
});

describe('a row that says “sent”', () => {
  it('stays, with all its cells, when a mail without marks raises a doubt; it is still the witness later', async () => {
    await byOffice(RECIPIENTS);
    expect(purser.send().status).toBe('sent');
    const before = await row();
    document().delete(RECORD);
    await officeGone();
    await purser.deliver(handMail('2026-05', { text: CODE }), ['SENT']);
    expect(sending('NO').report.error?.message).toContain('without the marks');
    expect(await row()).toEqual(before);
    expect(sending('YES').report.status).toBe('ready');
    expect(await row()).toEqual(before);
    document().delete(RECORD);
    expect(purser.trigger('monthlyStatement')).toMatchObject({ status: 'unknown' });
    expect(await statements()).toBe(1);
  });

  it.each([
    ['', 'sent'],
    ['V1', 'sent'],
    ['1', 'Sent by hand'],
  ])('typed by a person (version “%s”, “%s”) is asked about', async (version, status) => {
    await purser.begin({ settings: RECIPIENTS });
    await purser.type(REGISTER, 'A2', '2026-05');
    await purser.type(REGISTER, 'B2', version);
    await purser.type(REGISTER, 'C2', status);
    expect(sending('NO')).toMatchObject({
      report: { status: 'unknown' },
      asked: [MONTH_ASKED, 'Did it go out?', 'Send again?'],
    });
    expect(await statements()).toBe(0);
  });
});

describe('“Send again?” YES, then NO to the last question', () => {
  it('leaves the month in doubt: the trigger sends no second copy', async () => {
    await byOffice();
    expect(purser.send().status).toBe('sent');
    document().delete(RECORD);
    await anEarlierMonth();
    await officeGone();
    const { report, asked } = sending('YES');
    expect(report.status).toBe('ready');
    expect(asked).toEqual([MONTH_ASKED, 'Did it go out?', 'Send again?', 'Statement for May 2026']);
    expect(document().has(RECORD)).toBe(false);
    expect(purser.trigger('tick')).toMatchObject({ status: 'unknown' });
    expect(await statements()).toBe(1);
  });

  it('likewise while the outbox says that it is unknown', async () => {
    await byOffice();
    await lostAnswer();
    await anEarlierMonth();
    await officeGone();
    const before = document().get(RECORD);
    expect(sending('YES').report.status).toBe('ready');
    expect(document().get(RECORD)).toBe(before);
    expect((await row()).C).toBe('unknown');
    expect(purser.trigger('tick')).toMatchObject({ status: 'unknown' });
    expect(await statements()).toBe(1);
  });

  it('likewise when the month is held after the first YES', async () => {
    await byOffice(RECIPIENTS, { sent: [] });
    await lostAnswer();
    await anEarlierMonth();
    await officeGone();
    await purser.setting('Statement recipients', '');
    const before = document().get(RECORD);
    expect(sending('YES').report.status).toBe('held');
    expect(document().get(RECORD)).toBe(before);
    expect((await row()).C).toBe('unknown');
  });
});

describe('“Send again?” YES, and YES to the last question', () => {
  it('leaves the month in doubt when Gmail puts the mail off: the trigger sends no second copy', async () => {
    await byOffice();
    await lostAnswer();
    await anEarlierMonth();
    await officeGone();
    const play = { answer: { status: 429, body: '{"error":{"code":429,"message":"Too many"}}' } };
    await purser.faults({ host: 'gmail.googleapis.com', match: 'messages/send', play });
    expect(purser.send()).toMatchObject({ status: 'failed', error: { code: 'service-throttled' } });
    const later = { answer: { ...play.answer, headers: { 'retry-after': '7200' } } };
    await purser.faults({ host: 'gmail.googleapis.com', match: 'messages/send', play: later });
    purser.clock.advance(3_600_000);
    const putOff = purser.send();
    expect(putOff).toMatchObject({ status: 'failed', error: { code: 'mail-quota-spent' } });
    expect(putOff.error?.message).toContain('may be out already');
    expect(putOff.error?.message).not.toContain('leave it to the hourly check');
    expect(purser.send().error?.message).not.toContain('leave it to the hourly check');
    await purser.faults();
    expect(JSON.parse(document().get(RECORD) ?? '{}')).toMatchObject({ state: 'unknown' });
    purser.at('2026-06-03', 9);
    expect(purser.trigger('tick')).toMatchObject({ status: 'unknown' });
    expect(await statements()).toBe(1);
  });
});

describe('what a person is told of a mail that may be out', () => {
  it('is not that it was not found, right after sending: nobody has looked', async () => {
    await byOffice();
    const message = (await lostAnswer()).error?.message;
    expect(message).toContain('Gmail did not answer clearly. Look into Sent of office@harbor.example');
  });

  it('says whose Sent could not be looked into, and why', async () => {
    await byOffice(RECIPIENTS);
    await lostAnswer();
    await officeGone();
    const message = sending('NO').report.error?.message;
    expect(message).toContain(
      `Sent of ${OFFICE} could not be looked into: ${OFFICE} must be connected again.`,
    );
    expect(message).not.toContain('not found');
  });

  it('also of an account that is no longer connected', async () => {
    const subject = await byOffice(RECIPIENTS);
    await lostAnswer();
    purser.appsScript().properties('user', OWNER.email).delete(`account.${subject}`);
    await purser.setting('Send from', 'built-in');
    const message = sending('NO').report.error?.message;
    expect(message).toContain(`Sent of ${OFFICE} could not be looked into: ${OFFICE} is not connected`);
  });

  it('also of the own mailbox of whoever ran Purser before', async () => {
    await purser.begin({ settings: RECIPIENTS });
    const play = { answer: { status: 502, body: 'Bad Gateway' } };
    await purser.faults({ host: 'gmail.googleapis.com', match: 'messages/send', play });
    expect(purser.send().status).toBe('unknown');
    await purser.faults();
    const found = sending('NO').report.error?.message;
    expect(found).toContain('it was not found in Sent. ');
    const record = { ...JSON.parse(document().get(RECORD) ?? ''), from: 'former@harbor.example' };
    document().set(RECORD, JSON.stringify(record));
    const message = sending('NO').report.error?.message;
    expect(message).toContain('Sent of former@harbor.example could not be looked into');
    expect(message).not.toContain('not found');
  });

  it('names the mailbox that a mail without marks is in, not the one nobody could look into', async () => {
    await byOffice(RECIPIENTS);
    await lostAnswer();
    await officeGone();
    await purser.deliver(handMail('2026-05', { text: CODE }), ['SENT']);
    expect(sending('NO').report.error?.message).toContain('is in Sent, but without the marks');
  });
});

describe('a preview', () => {
  it('shows the figures while the mailbox of a doubtful mail can’t be opened for the moment, and says so', async () => {
    await byOffice(RECIPIENTS);
    await lostAnswer();
    await purser.setting('Send from', 'built-in');
    purser.at('2026-06-01', 9);
    await purser.workspace.oauth({ answer: 'json-500' });
    const report = purser.preview();
    expect(report).toMatchObject({ status: 'ready', totals: { charters: 3 } });
    expect(report.findings).toContainEqual(
      expect.objectContaining({ code: 'sent-not-searched', about: OFFICE }),
    );
    expect(purser.send()).toMatchObject({ status: 'failed', error: { code: 'service-unavailable' } });
  });
});
